"""Sessions remember who opened them for their user."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nobody knows it of older sessions."""
    op.add_column("session", sa.Column("sent_by", sa.String(300)))
