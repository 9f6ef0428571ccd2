"""when they were told that an aim cannot be kept; redress that is owed, without a look at all of it"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE deadline ADD COLUMN told_on DATE")
    op.execute("CREATE INDEX ix_remedy_owed ON remedy (done_on, due_on, case_id)")
    op.execute(
        "CREATE INDEX ix_event_imported ON event (case_id) WHERE step = 'import' AND to_status = 'closed'"
    )
    op.execute("CREATE INDEX ix_event_redress ON event (case_id) WHERE step = 'redress'")
