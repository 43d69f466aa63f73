"""Further domains of a site have document roots, and wait in a journal before they are added or removed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table; domains that sites hold already have the usual document root without a row."""
    op.create_table(
        "addon_domain",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=253), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=64)),
        sa.Column("journal", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_addon_domain_site_id_site"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addon_domain")),
        sa.UniqueConstraint("site_id", "name", name=op.f("uq_addon_domain_site_id_name")),
    )
