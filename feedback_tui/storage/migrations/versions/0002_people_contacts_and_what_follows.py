"""people, contacts, the investigator's half, and what follows"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Added in place: a table that is rebuilt is copied row by row, and these are the largest. A later row may be pointed to
# before it is written, so those keys are looked at when the transaction ends.
LATER = "DEFERRABLE INITIALLY DEFERRED"
TEXT = "TEXT NOT NULL DEFAULT ''"
COLUMNS = {
    "feedback_case": {
        "thanked_on": "DATE",
        "quote": TEXT,
        "system_reference": "VARCHAR(60)",
        "duplicate_of_id": f"INTEGER REFERENCES feedback_case (id) {LATER}",
        "safeguarding_on": "DATE",
        "restricted_to": "VARCHAR(400)",
        "joint_with": "VARCHAR(400)",
        "joint_lead": "VARCHAR(120)",
        "joint_signatory": "VARCHAR(120)",
        "sharing_consent_on": "DATE",
    },
    "person": {
        "preferred_contact": "VARCHAR(120)",
        "safe_contact": TEXT,
        "interpreter": TEXT,
        "adjustments": TEXT,
        "died_on": "DATE",
        "same_as_id": f"INTEGER REFERENCES person (id) {LATER}",
        "persistence": "VARCHAR(40)",
        "persistence_on": "DATE",
        "persistence_reason": TEXT,
        "persistence_review_on": "DATE",
    },
    "party": {"authority_words": TEXT, "relationship": TEXT, "may_be_told": TEXT, "ended_on": "DATE"},
    "stage": {
        "draft_received_on": "DATE",
        "draft_checked_on": "DATE",
        "draft_checked_by": "VARCHAR(120)",
        "signed_off_on": "DATE",
        "signed_off_by": "VARCHAR(120)",
    },
    "action": {"learning_position": "INTEGER", "proof": TEXT},
    "learning": {"point_position": "INTEGER"},
    "ombudsman_record": {
        "first_contact_on": "DATE",
        "query_on": "DATE",
        "query_due_on": "DATE",
        "query_answered_on": "DATE",
        "documents": TEXT,
        "draft_decision_on": "DATE",
        "draft_answered_on": "DATE",
        "category": "VARCHAR(120)",
        "summary": TEXT,
        "agreed": TEXT,
        "complied_on": "DATE",
    },
    "remedy": {
        "text": TEXT,
        "ombudsman_id": f"INTEGER REFERENCES ombudsman_record (id) {LATER}",
        "offered_on": "DATE",
        "accepted_on": "DATE",
        "approver": "VARCHAR(120)",
        "budget_code": "VARCHAR(60)",
        "proof": TEXT,
    },
    "deadline": {"party_id": "INTEGER REFERENCES party (id)"},
}


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for name, kind in columns.items():
            op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
            if "REFERENCES" in kind:
                op.create_index(op.f(f"ix_{table}_{name}"), table, [name])
    _of_a_case(
        "contact",
        sa.Column("contacted_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("channel", _text(120), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("letter", _text(120), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"]),
    )
    op.create_index(op.f("ix_contact_party_id"), "contact", ["party_id"])
    _of_a_case(
        "chase",
        sa.Column("stage_number", sa.Integer(), nullable=False),
        sa.Column("chased_on", sa.Date(), nullable=False),
        sa.Column("investigator", _text(120), nullable=True),
        sa.Column("escalated_to", _text(120), nullable=True),
        sa.Column("why_late", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
    )
    _of_a_case(
        "attachment",
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
    )


def _text(length: int) -> sa.String:
    return sa.String(length=length)


def _of_a_case(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["case_id"], ["feedback_case.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f(f"ix_{name}_case_id"), name, ["case_id"])
