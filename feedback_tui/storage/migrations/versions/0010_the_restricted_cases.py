"""which cases are restricted, without a look at every case"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE INDEX ix_case_restricted ON feedback_case (restricted_to) WHERE restricted_to IS NOT NULL"
    )
