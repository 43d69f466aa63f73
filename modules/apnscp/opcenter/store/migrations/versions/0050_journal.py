"""The journal keeps how callers came in, the envelopes of calls and what they changed."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0040"
branch_labels = None
depends_on = None

COLUMNS = (
    ("gate", sa.String(8)),
    ("key_id", sa.BigInteger()),
    ("session_row", sa.BigInteger()),
    ("told", sa.String(8)),
    ("abort_on", sa.String(16)),
    ("request_size", sa.BigInteger()),
    ("response_size", sa.BigInteger()),
    ("touched", sa.Text()),
    ("changes", sa.Text()),
    ("result", sa.Text()),
    ("request", sa.Text()),
    ("response", sa.Text()),
)


def upgrade() -> None:
    """Add the columns; they stay null in older entries."""
    for name, kind in COLUMNS:
        op.add_column("journal", sa.Column(name, kind))
