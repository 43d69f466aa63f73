"""Mail of accounts: addresses, domains that receive mail, vacation messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0022"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _key(table: str, column: str, to: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{to}.id", name=f"fk_{table}_{column}_{to}", ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "mail_address",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("site_id", sa.Integer(), _key("mail_address", "site_id", "site"), nullable=False),
        sa.Column("user_id", SERIAL, _key("mail_address", "user_id", "user")),
        sa.Column("local", sa.String(64), nullable=False),
        sa.Column("domain", sa.String(253), nullable=False),
        sa.Column("type", sa.String(1), nullable=False),
        sa.Column("folder", sa.String(255), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mail_address"),
        sa.UniqueConstraint("site_id", "domain", "local", name="uq_mail_address_site_id_domain_local"),
    )
    op.create_index("ix_mail_address_user_id", "mail_address", ["user_id"])
    op.create_table(
        "mail_transport",
        sa.Column("site_id", sa.Integer(), _key("mail_transport", "site_id", "site"), nullable=False),
        sa.Column("domain", sa.String(253), nullable=False),
        sa.Column("receives", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "domain", name="pk_mail_transport"),
    )
    op.create_table(
        "vacation",
        sa.Column("user_id", SERIAL, _key("vacation", "user_id", "user"), nullable=False),
        sa.Column("enabled", sa.Integer(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_vacation"),
    )
