"""the day that a case's words were erased, and who looked at a case"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE feedback_case ADD COLUMN erased_on DATE")
    op.create_table(
        "viewing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("officer", sa.String(length=120), nullable=False),
        sa.Column("viewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["feedback_case.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_viewing_case_id", "viewing", ["case_id"], unique=False)
