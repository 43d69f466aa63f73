"""Certificates, and the authority that issues them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "certificate",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("site_id", sa.Integer()),
        sa.Column("sealed_key", sa.Text(), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.Column("chain", sa.Text()),
        sa.Column("request", sa.Text()),
        sa.Column("hosts", sa.Text(), nullable=False),
        sa.Column("issued_here", sa.Integer(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        _of_site("certificate"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("site_id", name=op.f("uq_certificate_site_id")),
    )
    op.create_index(op.f("ix_certificate_expires"), "certificate", ["expires"])
    op.create_table(
        "certificate_authority",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed_key", sa.Text(), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_authority")),
    )
    op.create_table(
        "certificate_challenge",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("site_id", sa.Integer()),
        sa.Column("host", sa.String(length=253), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("solved", sa.Integer(), nullable=False),
        _of_site("certificate_challenge"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_challenge")),
    )
    op.create_index(op.f("ix_certificate_challenge_site_id"), "certificate_challenge", ["site_id"])
    op.create_table(
        "certificate_mechanism",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("host", sa.String(length=253), nullable=False),
        sa.Column("mechanism", sa.String(length=8), nullable=False),
        _of_site("certificate_mechanism"),
        sa.PrimaryKeyConstraint("site_id", "host", name=op.f("pk_certificate_mechanism")),
    )


def _of_site(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f(f"fk_{table}_site_id_site"), ondelete="CASCADE")
