"""Alembic's entry: runs on the connection that `engine.store.migrate` hands over and on no other."""

from alembic import context

from engine.store.tables import metadata

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("run `janji db upgrade`: it knows the database")
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, transactional_ddl=True)
context.run_migrations()
