"""Runs the migrations on the connection that ``storage.backend.schema`` passes in, in one transaction.

It does not use the models: each migration has its own SQL, which is frozen on release.
"""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
