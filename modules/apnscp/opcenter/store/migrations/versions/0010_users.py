"""Users have limits of their own, and one table says which services they may not use."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0002"


def upgrade() -> None:
    """Carry services that were switched off in the properties of a user over to the table of denials."""
    op.create_table(
        "user_quota",
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("blocks", sa.BigInteger(), nullable=False),
        sa.Column("inodes", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_user_quota_user_id_user"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_user_quota")),
    )
    connection = op.get_bind()
    for user_id, raw in connection.execute(sa.text('SELECT id, properties FROM "user"')).all():
        properties = json.loads(raw)
        services = properties.pop("services", None)
        if services is not None:
            _carry(connection, user_id, properties, [name for name, on in services.items() if not on])


def _carry(connection: sa.Connection, user_id: int, properties: dict[str, str], denied: list[str]) -> None:
    held = set(connection.execute(sa.text("SELECT service FROM denial WHERE user_id = :id"), {"id": user_id}).scalars())
    for service in sorted({"crontab" if name == "cron" else name for name in denied} - held):
        connection.execute(sa.text("INSERT INTO denial VALUES (:id, :service)"), {"id": user_id, "service": service})
    text = json.dumps(properties)
    connection.execute(sa.text('UPDATE "user" SET properties = :text WHERE id = :id'), {"text": text, "id": user_id})
