"""a refused representative, the provider's part, the written record of an oral complaint, who agreed to a longer time"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TEXT = "TEXT NOT NULL DEFAULT ''"
COLUMNS = {
    "feedback_case": {
        "record_sent_on": "DATE",
        "provider_asked_on": "DATE",
        "provider_answered_on": "DATE",
        "provider_agreed": "BOOLEAN",
        "provider_sent_to": "VARCHAR(120)",
        "provider_sent_on": "DATE",
        "provider_kept": TEXT,
        "provider_told_on": "DATE",
        "provider_response_on": "DATE",
    },
    "party": {"refusal_told_on": "DATE"},
    "extension": {"agreed_by": TEXT, "agreed_on": "DATE", "agreed_how": "VARCHAR(120)"},
}


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for name, kind in columns.items():
            op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
