"""Alembic's entry: runs the migrations on the connection that the store opened."""

from alembic import context

from apnscp.opcenter.store.schema import load_tables
from apnscp.opcenter.store.tables import sql_metadata

load_tables()

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=sql_metadata,
    render_as_batch=True,
)
context.run_migrations()
