"""Converts a register row to table rows: those that the verbs would have left, step by step."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from string import Formatter

from feedback_tui.casework.importing.row_to_deadlines import Counting, Dues, columns, fixed, reply_owed
from feedback_tui.enums import DeadlineKind, Kind, LearningSaid, OmbudsmanStatus, Part, Status, StepKey
from feedback_tui.models.case import Case, ComplaintPoint, Stage, StageFinding
from feedback_tui.models.deadline import Deadline, Extension
from feedback_tui.models.ombudsman import OmbudsmanRecord
from feedback_tui.models.people import Party, Person
from feedback_tui.models.redress import Action, Learning, Remedy
from feedback_tui.models.register_row import STAGE_COLUMNS, PointRow, RegisterRow
from feedback_tui.rules.case_summary import first_words
from feedback_tui.rules.findings import implied_finding
from feedback_tui.rules.lifecycle.lifecycle import PAST
from feedback_tui.rules.lifecycle.step import words_at
from feedback_tui.rules.procedures import Procedure, Profile, Version
from feedback_tui.rules.working_days import WorkingCalendar
from feedback_tui.storage.bulk.new_rows import NewCaseEvent, NewRows, Ready

NOTHING_SAID = (PointRow(),)
MADE_EVERY = 10
"""How many cases are prepared between two reports of progress."""


@dataclass(frozen=True)
class Import:
    """What all cases of an import share: profile, days off, officer, day and time."""

    profile: Profile
    calendar: WorkingCalendar
    officer: str
    today: date
    now: datetime


class CaseMaker:
    """Converts register rows to the table rows and the event of each case."""

    def __init__(self, about: Import, rows: NewRows) -> None:
        self._about, self._rows = about, rows
        self._counting = Counting(about.calendar)
        self._under: dict[tuple[str | None, date], tuple[Procedure | None, Version | None]] = {}

    def make(self, rows: Iterable[RegisterRow], made: Callable[[int], None] | None = None) -> Ready:
        """Returns the cases of these rows. `made` is called regularly with how many are ready."""
        for number, row in enumerate(rows):
            self._add(row)
            if made is not None and number % MADE_EVERY == MADE_EVERY - 1:
                made(number + 1)
        return self._rows.take()

    def _add(self, row: RegisterRow) -> None:
        procedure, version = self._procedure(row)
        case_id = self._rows.add(
            Case,
            None,
            reference=row.reference,
            reference_key=row.reference.casefold(),
            version=1,
            changed_at=self._about.now,
            kind=row.kind,
            status=_status(row),
            stage_number=row.last_stage.number,
            procedure=row.procedure,
            procedure_version=version.version if version else None,
            received_on=row.received_on,
            channel=row.channel,
            summary=row.summary or first_words(row.description),
            description=row.description,
            officer=self._about.officer,
            acknowledged_on=row.acknowledged_on,
            acknowledged_by=row.channel if row.acknowledged_on else None,
            learning_said=_learning_said(row),
            closed_on=row.closed_on,
            closing_reason=row.closing_reason,
            compliment_source=row.compliment_source,
            recipient_role=row.recipient_role,
        )
        self._add_stages(row, case_id, version)
        self._add_points(row, case_id)
        self._add_people(row, case_id)
        dues = self._counting.dues(row, procedure, version)
        self._add_extension(row, case_id, dues)
        self._add_what_follows(row, case_id, dues)
        self._add_ombudsman(row, case_id, version, dues)
        for due in dues.deadlines:
            due.case_id = case_id
            self._rows.add(Deadline, case_id, **columns(due))
        self._rows.record(case_id, NewCaseEvent(StepKey.IMPORT, self._about.today, _status(row), _steps(row)))

    def _procedure(self, row: RegisterRow) -> tuple[Procedure | None, Version | None]:
        key = (row.procedure, row.received_on)
        found = self._under.get(key)
        if found is None:
            procedure = self._about.profile.procedure(row.procedure) if row.procedure else None
            found = self._under[key] = (procedure, procedure.version_on(row.received_on) if procedure else None)
        return found

    def _add_stages(self, row: RegisterRow, case_id: int, version: Version | None) -> None:
        def taken(stage: int, since: date, until: date | None) -> int | None:
            closures = version is None or version.answers_count_closures(stage)
            return self._about.calendar.counting(closures=closures).between(since, until) if until else None

        under = {"procedure": row.procedure, "procedure_version": version.version if version else None}
        handled = row.investigation_started_on or row.review_requested_on
        self._rows.add(
            Stage,
            case_id,
            case_id=case_id,
            number=1,
            **under,
            started_on=row.received_on,
            investigation_started_on=row.investigation_started_on,
            investigator=row.investigating_officer,
            officer=self._about.officer if handled else None,
            responded_on=row.responded_on,
            response_channel=row.channel if row.responded_on else None,
            **({"answered_again_on": row.answered_again_on} if row.answered_again_on else {}),
            outcome=row.outcome,
            working_days_taken=taken(1, row.received_on, row.responded_on),
            **({"skipped_on": row.stage_1_skipped_on} if row.stage_1_skipped_on else {}),
        )
        for stage in STAGE_COLUMNS[1:]:
            asked, answered = getattr(row, stage.began), getattr(row, stage.answered)
            if asked is None:
                continue
            again = row.review_answered_again_on if stage.number == 2 else None
            skipped = getattr(row, stage.skipped) if stage.skipped else None
            self._rows.add(
                Stage,
                case_id,
                case_id=case_id,
                number=stage.number,
                **under,
                started_on=asked,
                responded_on=answered,
                **({"answered_again_on": again} if again else {}),
                response_channel=row.channel if answered else None,
                outcome=getattr(row, stage.outcome),
                working_days_taken=taken(stage.number, asked, answered),
                **({"skipped_on": skipped} if skipped else {}),
            )

    def _add_points(self, row: RegisterRow, case_id: int) -> None:
        points = row.points or NOTHING_SAID
        # With several points the outcome does not tell their findings; implied_finding then returns None.
        answered = row.kind is Kind.COMPLAINT and row.responded_on is not None
        implied = implied_finding(len(points), row.outcome) if answered else None
        later = [stage for stage in STAGE_COLUMNS[1:] if getattr(row, stage.answered)]
        implied_later = {stage.number: implied_finding(len(points), getattr(row, stage.outcome)) for stage in later}
        for position, point in enumerate(points, start=1):
            self._rows.add(
                ComplaintPoint,
                case_id,
                case_id=case_id,
                position=position,
                team=point.team,
                provider=point.provider,
                category=point.category,
                subcategory=point.subcategory,
                theme=point.theme,
                finding=point.finding or implied,
            )
            for stage in STAGE_COLUMNS[1:]:
                found = getattr(point, stage.finding) or implied_later.get(stage.number)
                if found is not None:
                    at = {"stage_number": stage.number, "point_position": position}
                    self._rows.add(StageFinding, case_id, case_id=case_id, **at, finding=found)

    def _add_people(self, row: RegisterRow, case_id: int) -> None:
        customer = self._person(row.customer_name, case_id)
        if customer is not None:
            self._rows.add(Party, case_id, case_id=case_id, person_id=customer, position=1, part=Part.CUSTOMER)
        if row.correspondent_name or row.correspondent_role:
            same = row.correspondent_name == row.customer_name
            writer = customer if same else self._person(row.correspondent_name, case_id)
            self._rows.add(
                Party,
                case_id,
                case_id=case_id,
                person_id=writer,
                position=2,
                part=Part.COMPLAINANT,
                role=row.correspondent_role,
            )

    def _person(self, name: str, case_id: int) -> int | None:
        return self._rows.add(Person, case_id, name=name) if name else None

    def _add_extension(self, row: RegisterRow, case_id: int, dues: Dues) -> None:
        if row.extended_to is None:
            return
        self._rows.add(
            Extension,
            case_id,
            case_id=case_id,
            stage_number=1,
            # Without a counted date for the response, the extension has no former date.
            extended_from=dues.extended_from or row.extended_to,
            extended_to=row.extended_to,
            reason=row.extension_reason,
            told_on=row.extension_told_on,
            officer=self._about.officer,
        )

    def _add_what_follows(self, row: RegisterRow, case_id: int, dues: Dues) -> None:
        for position, remedy in enumerate(row.remedies, start=1):
            self._rows.add(
                Remedy, case_id, case_id=case_id, position=position, kind=remedy.kind, amount_pence=remedy.amount_pence
            )
        for position, learned in enumerate(row.learning, start=1):
            self._rows.add(Learning, case_id, case_id=case_id, position=position, area=learned.area, text=learned.text)
        agreed_on = row.responded_on or row.received_on
        # As in a response: if there is one point of learning, the actions belong to it.
        about = 1 if len(row.learning) == 1 else None
        for position, action in enumerate(row.actions, start=1):
            action_id = self._rows.add(
                Action, case_id, case_id=case_id, position=position, learning_position=about, **action._asdict()
            )
            if action.due_on is not None:
                due = fixed(DeadlineKind.ACTION, action.due_on, agreed_on, "action agreed", action.done_on)
                due.action_id = action_id
                dues.deadlines.append(due)

    def _add_ombudsman(self, row: RegisterRow, case_id: int, version: Version | None, dues: Dues) -> None:
        if row.ombudsman_received_on is None and row.ombudsman_decision is None:
            return
        reply = reply_owed(row, version)
        status = OmbudsmanStatus.REPLIED if row.ombudsman_responded_on else OmbudsmanStatus.WITH_OMBUDSMAN
        record_id = self._rows.add(
            OmbudsmanRecord,
            case_id,
            case_id=case_id,
            position=1,
            status=OmbudsmanStatus.DECIDED if row.ombudsman_decision else status,
            received_on=row.ombudsman_received_on,
            due_on=reply.due_on if reply else None,
            responded_on=row.ombudsman_responded_on,
            decided_on=row.ombudsman_decided_on,
            decision=row.ombudsman_decision,
        )
        if reply is not None:
            reply.ombudsman_id = record_id
            dues.deadlines.append(reply)


def _status(row: RegisterRow) -> Status:
    if row.closed_on is not None:
        return Status.CLOSED
    last = row.last_stage
    if last.number > 1 and getattr(row, last.answered) is None:
        return Status.IN_REVIEW
    if last.number > 1 or row.responded_on is not None:
        return Status.RESPONSE_SENT
    if row.investigation_started_on is not None:
        return Status.INVESTIGATING
    return Status.ACKNOWLEDGED if row.acknowledged_on is not None else Status.LOGGED


def _learning_said(row: RegisterRow) -> LearningSaid | None:
    if row.learning:
        return LearningSaid.RECORDED
    return LearningSaid.AWAITED if row.kind is Kind.COMPLAINT and row.responded_on is not None else None


def _steps(row: RegisterRow) -> dict[str, object]:
    """Returns what was done and when for the timeline, as ``acknowledged 2024-04-04``, sorted by date."""
    steps = (
        (PAST[StepKey.LOG], row.received_on),
        (PAST[StepKey.ACKNOWLEDGE], row.acknowledged_on),
        (PAST[StepKey.INVESTIGATE], row.investigation_started_on),
        (PAST[StepKey.EXTEND], row.extension_told_on),
        (PAST[StepKey.RESPOND], row.responded_on),
        ("further response sent", row.answered_again_on),
        (PAST[StepKey.REQUEST_REVIEW], row.review_requested_on),
        (PAST[StepKey.RESPOND_REVIEW], row.review_responded_on),
        ("further Stage 2 response sent", row.review_answered_again_on),
        (PAST[StepKey.SKIP_STAGE], row.stage_1_skipped_on),
        (PAST[StepKey.SKIP_STAGE], row.stage_2_skipped_on),
        (words_at(PAST[StepKey.REQUEST_REVIEW], 3), row.stage_3_requested_on),
        (words_at(PAST[StepKey.RESPOND_REVIEW], 3), row.stage_3_responded_on),
        ("Ombudsman wrote", row.ombudsman_received_on),
        ("Ombudsman answered", row.ombudsman_responded_on),
        ("Ombudsman decided", row.ombudsman_decided_on),
        (PAST[StepKey.CLOSE], row.closed_on),
    )
    done = [(day, step) for step, day in steps if day is not None]
    return {"steps": [f"{step} {day.isoformat()}" for day, step in sorted(done, key=_on)]}


_on: Callable[[tuple[date, str]], date] = itemgetter(0)


def highest_numbers(pattern: str, rows: Iterable[RegisterRow]) -> dict[int, int]:
    """Returns the highest number in each year among references with the council's pattern."""
    parts = {"year": r"(?P<year>\d\d)", "number": r"(?P<number>\d{1,9})"}
    shape = "".join(re.escape(text) + parts.get(name or "", "") for text, name, _, _ in Formatter().parse(pattern))
    follows = re.compile(shape, re.IGNORECASE | re.ASCII)
    highest: dict[int, int] = {}
    for row in rows:
        if (found := follows.fullmatch(row.reference)) is not None:
            year = 2000 + int(found["year"])
            highest[year] = max(highest.get(year, 0), int(found["number"]))
    return highest
