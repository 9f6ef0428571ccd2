"""Runs the migrations on the connection that ``storage.backend.schema`` hands over, in its one transaction.

It knows nothing of the models: what a migration does is written in its own file, and stays as it was released.
"""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
