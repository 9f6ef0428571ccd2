"""the Ombudsman that was chosen for a case, a decision in its own words, the day comments on a draft are due"""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE feedback_case ADD COLUMN ombudsman_key VARCHAR(120)")
    op.execute("ALTER TABLE ombudsman_record ADD COLUMN their_decision VARCHAR(120)")
    op.execute("ALTER TABLE ombudsman_record ADD COLUMN draft_due_on DATE")
