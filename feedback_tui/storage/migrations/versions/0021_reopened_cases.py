"""the year finds the cases that were reopened without reading every event"""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE INDEX ix_event_reopened ON event (case_id) WHERE step = 'reopen'")
