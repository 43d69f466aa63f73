"""The tables of this room: jobs, and where their output goes."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, String, Table, Text

from apnscp.opcenter.store.tables import Serial, sql_metadata

cron_job_table = Table(
    "cron_job",
    sql_metadata,
    Column("id", Serial, primary_key=True),
    Column("user_id", ForeignKey("user.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("minute", String(128), nullable=False),
    Column("hour", String(128), nullable=False),
    Column("day_of_month", String(128), nullable=False),
    Column("month", String(128), nullable=False),
    Column("day_of_week", String(128), nullable=False),
    Column("cmd", Text, nullable=False),
    Column("disabled", Boolean, nullable=False, default=False),
)
"""Jobs in the order in which they were added; one with a macro such as @daily has it as its minute and nothing else."""

cron_mailto_table = Table(
    "cron_mailto",
    sql_metadata,
    Column("user_id", ForeignKey("user.id", ondelete="CASCADE"), primary_key=True),
    Column("address", Text, nullable=False),
)
"""Where the output of a user's jobs is sent."""
