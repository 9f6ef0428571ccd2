"""the mark “do not destroy”: since when, why, and when it is looked at again"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE feedback_case ADD COLUMN kept_since DATE")
    op.execute("ALTER TABLE feedback_case ADD COLUMN kept_for TEXT NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE feedback_case ADD COLUMN keeping_review_on DATE")
