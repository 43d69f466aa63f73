"""Zones and records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0013"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables; every domain that a store holds has its zone by itself."""
    op.create_table(
        "dns_zone",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("site_id", sa.Integer()),
        sa.Column("name", sa.String(length=253), nullable=False),
        sa.Column("address", sa.String(length=45)),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_dns_zone_site_id_site"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dns_zone")),
        sa.UniqueConstraint("name", name=op.f("uq_dns_zone_name")),
    )
    op.create_index(op.f("ix_dns_zone_site_id"), "dns_zone", ["site_id"])
    op.create_table(
        "dns_record",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("zone_id", SERIAL, nullable=False),
        sa.Column("name", sa.String(length=253), nullable=False),
        sa.Column("rr", sa.String(length=8), nullable=False),
        sa.Column("parameter", sa.Text(), nullable=False),
        sa.Column("ttl", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["zone_id"], ["dns_zone.id"], name=op.f("fk_dns_record_zone_id_dns_zone"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dns_record")),
    )
    op.create_index(op.f("ix_dns_record_zone_id"), "dns_record", ["zone_id"])
