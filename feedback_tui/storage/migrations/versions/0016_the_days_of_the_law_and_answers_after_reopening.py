"""the working days of the law beside the council's, and what is recorded of a case that was reopened"""

from datetime import date

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

COLUMNS = {
    "feedback_case": {"reopened_on": "DATE"},
    "stage": {"answered_again_on": "DATE"},
}
FIRST, LAST = date(2000, 1, 1), date(2060, 12, 31)
AT_ONCE = 500


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for name, kind in columns.items():
            op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
    connection = op.get_bind()
    compact = " WITHOUT ROWID" if connection.dialect.name == "sqlite" else ""
    op.execute(
        "CREATE TABLE calendar_day (calendar VARCHAR(40) NOT NULL, day DATE NOT NULL, in_law INTEGER NOT NULL, "
        f"for_council INTEGER NOT NULL, PRIMARY KEY (calendar, day)){compact}"
    )
    if not connection.exec_driver_sql("SELECT 1 FROM working_day LIMIT 1").first():
        return  # A register that is being made: who makes it counts its days.
    off = {_day(day): bool(closure) for day, closure in connection.exec_driver_sql("SELECT day, closure FROM day_off")}
    rows, in_law, for_council = [], 0, 0
    for number in range(FIRST.toordinal(), LAST.toordinal() + 1):
        day = date.fromordinal(number)
        if day.weekday() >= 5 or not off.get(day, True):
            continue
        in_law, for_council = in_law + 1, for_council + (day not in off)
        rows.append(f"('england', '{day.isoformat()}', {in_law}, {for_council})")
    for start in range(0, len(rows), AT_ONCE):
        op.execute(f"INSERT INTO calendar_day VALUES {', '.join(rows[start : start + AT_ONCE])}")


def _day(stored: object) -> date:
    return stored if isinstance(stored, date) else date.fromisoformat(str(stored))
