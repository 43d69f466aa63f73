"""Databases of accounts, their users, and what is granted to these."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _of_site(table: str) -> sa.Column[int]:
    key = sa.ForeignKey("site.id", name=f"fk_{table}_site_id_site", ondelete="CASCADE")
    return sa.Column("site_id", sa.Integer(), key, nullable=False)


def upgrade() -> None:
    op.create_table(
        "database",
        sa.Column("id", SERIAL, nullable=False),
        _of_site("database"),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("charset", sa.String(32)),
        sa.Column("collation_name", sa.String(64)),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_database"),
        sa.UniqueConstraint("kind", "name", name="uq_database_kind_name"),
    )
    op.create_index("ix_database_site_id", "database", ["site_id"])
    op.create_table(
        "database_user",
        sa.Column("id", SERIAL, nullable=False),
        _of_site("database_user"),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("host", sa.String(255), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_database_user"),
        sa.UniqueConstraint("kind", "name", "host", name="uq_database_user_kind_name_host"),
    )
    op.create_index("ix_database_user_site_id", "database_user", ["site_id"])
    user = sa.ForeignKey("database_user.id", name="fk_database_grant_user_id_database_user", ondelete="CASCADE")
    database = sa.ForeignKey("database.id", name="fk_database_grant_database_id_database", ondelete="CASCADE")
    op.create_table(
        "database_grant",
        sa.Column("user_id", SERIAL, user, nullable=False),
        sa.Column("database_id", SERIAL, database, nullable=False),
        sa.Column("privileges", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "database_id", name="pk_database_grant"),
    )
    op.create_index("ix_database_grant_database_id", "database_grant", ["database_id"])
