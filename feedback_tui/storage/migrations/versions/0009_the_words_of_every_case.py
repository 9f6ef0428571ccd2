"""the words of every case, to be searched"""

from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # Filled once every table has the columns of this version: see storage.search_index.
        op.execute(
            "CREATE VIRTUAL TABLE search USING fts5(reference, people, words, "
            "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"
        )
    else:
        op.execute(
            "CREATE TABLE search (case_id integer PRIMARY KEY REFERENCES feedback_case (id), reference text NOT NULL, "
            "people text NOT NULL, words text NOT NULL, said tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX ix_search_said ON search USING gin (said)")
    op.execute("CREATE INDEX ix_case_latest ON feedback_case (received_on, id)")
