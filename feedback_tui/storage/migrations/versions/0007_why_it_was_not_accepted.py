"""why a complaint was not accepted, and to whom one was passed on"""

from alembic import op

revision = "0007"
down_revision = "0004"
branch_labels = None
depends_on = None

COLUMNS = {"not_accepted": "VARCHAR(40)", "refusal_told_on": "DATE", "passed_on_to": "VARCHAR(120)"}


def upgrade() -> None:
    for name, kind in COLUMNS.items():
        op.execute(f"ALTER TABLE feedback_case ADD COLUMN {name} {kind}")
