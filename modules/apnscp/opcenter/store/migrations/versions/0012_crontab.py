"""Users have jobs that run by the clock."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    fields = ("minute", "hour", "day_of_month", "month", "day_of_week")
    op.create_table(
        "cron_job",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("user_id", SERIAL, nullable=False),
        *(sa.Column(name, sa.String(length=128), nullable=False) for name in fields),
        sa.Column("cmd", sa.Text(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_cron_job_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cron_job")),
    )
    op.create_index(op.f("ix_cron_job_user_id"), "cron_job", ["user_id"])
    op.create_table(
        "cron_mailto",
        sa.Column("user_id", SERIAL, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_cron_mailto_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_cron_mailto")),
    )
