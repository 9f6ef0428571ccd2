"""a further stage that was asked for and refused"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

COLUMNS = {
    "next_stage_asked_on": "DATE",
    "next_stage_refused_on": "DATE",
    "next_stage_refusal": "TEXT NOT NULL DEFAULT ''",
}


def upgrade() -> None:
    for name, kind in COLUMNS.items():
        op.execute(f"ALTER TABLE stage ADD COLUMN {name} {kind}")
