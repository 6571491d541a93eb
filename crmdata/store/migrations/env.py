"""Alembic's entry: runs on the connection, and in the transaction, of `crmdata.store.db.schema`."""

from alembic import context

from crmdata.store.models import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
