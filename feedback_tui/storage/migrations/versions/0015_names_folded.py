"""the names of people as they are compared, to be searched"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE TABLE person_name (person_id INTEGER NOT NULL REFERENCES person (id), "
        "case_id INTEGER NOT NULL REFERENCES feedback_case (id), folded TEXT NOT NULL, PRIMARY KEY (person_id, case_id))"
    )
    op.execute("CREATE INDEX ix_person_name_case_id ON person_name (case_id)")
    # What is searched says more from now on: it is made anew when every table has its columns. See storage.search_index.
    op.execute("DELETE FROM search")
