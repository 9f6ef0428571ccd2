"""the days of stages with records and panels, stages skipped by agreement, and who has a part in a stage"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

TEXT = "TEXT NOT NULL DEFAULT ''"
COLUMNS = {
    "ask_by": "DATE",
    "skipped_on": "DATE",
    "skip_agreed_by": TEXT,
    "skip_reason": TEXT,
    "record_agreed_on": "DATE",
    "panel_held_on": "DATE",
    "report_received_on": "DATE",
}


def upgrade() -> None:
    for name, kind in COLUMNS.items():
        op.execute(f"ALTER TABLE stage ADD COLUMN {name} {kind}")
    op.create_table(
        "stage_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("stage_number", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("named_on", sa.Date(), nullable=False),
        sa.Column("independent", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["feedback_case.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "stage_number", "part", "position"),
    )
