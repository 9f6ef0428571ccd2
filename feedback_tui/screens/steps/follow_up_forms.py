"""The forms of what follows: redress, learning, actions; thanks passed on, and the quote for the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from feedback_tui.casework.actor import Actor, StepResult
from feedback_tui.casework.compliments import quote, thank
from feedback_tui.casework.learning import learn, plan_action
from feedback_tui.casework.notes import action_done, remedy_done
from feedback_tui.casework.redress import PAYMENT, redress
from feedback_tui.desk.case.page import CasePage, RemedyView
from feedback_tui.enums import LearningSaid, StepKey
from feedback_tui.models.inputs import follow_up as given
from feedback_tui.models.inputs import stages
from feedback_tui.rules.anonymise import anonymised, names_in
from feedback_tui.rules.dates import short_date
from feedback_tui.rules.lifecycle.ask import NO, YES, Entry
from feedback_tui.rules.procedures import Profile
from feedback_tui.screens.case import case_words
from feedback_tui.screens.steps.step_form import StepForm, day_field, needed_day
from feedback_tui.text import one_line
from feedback_tui.widgets.form import Filled, FormField

NEW = "new"
Words = Mapping[str, str]


def redress_form(page: CasePage, profile: Profile) -> StepForm:
    """Redress: a new one, or what has become of one."""
    there = {f"{row.position}. {_money(row)}": row.position for row in page.remedies}
    approaches = {f"approach {row.position}": row.position for row in page.ombudsman}
    default = f"approach {page.ombudsman[-1].position}" if page.ombudsman and page.ombudsman[-1].decided_on else NO

    def is_new(words: Words) -> bool:
        return words.get("position", NEW) == NEW

    def costs(words: Words) -> bool:
        kind = words["kind"].strip().casefold()
        return kind == PAYMENT or "waive" in kind or "refund" in kind or not is_new(words)

    fields = (
        *(
            (FormField("position", "Which", Entry.CLOSED, NEW, vocabulary=(NEW, *there), help="↓ those on record"),)
            if there
            else ()
        ),
        FormField("kind", "Redress", Entry.OPEN, vocabulary=profile.vocabulary.remedies, help="what puts it right"),
        FormField("amount", "Amount, £", Entry.LINE, shown=costs),
        FormField("text", "What exactly", Entry.LINE),
        FormField("due_on", "By", Entry.DATE, future=True),
        FormField("offered_on", "Offered", Entry.DATE),
        FormField("accepted_on", "Accepted", Entry.DATE),
        FormField("approver", "Approved by", Entry.NAME, shown=costs),
        FormField("budget_code", "Budget code", Entry.LINE, shown=costs),
        FormField("done_on", "Done", Entry.DATE, help="a payment: the day it was paid"),
        FormField("proof", "What shows it", Entry.LINE, shown=lambda words: bool(words["done_on"].strip())),
        *(
            (
                FormField(
                    "ombudsman", "Ombudsman", Entry.CHOICE, default, vocabulary=(NO, *approaches),
                    help="was it agreed with the Ombudsman?", shown=is_new,
                ),
            )
            if approaches
            else ()
        ),
        day_field("Agreed on"),
    )  # fmt: skip

    def build(filled: Filled) -> stages.Input:
        amount: Any = filled.text("amount").replace("£", "").replace(",", "")
        return given.RedressInput(
            on=needed_day(filled, "on"),
            position=there.get(filled.text("position")),
            kind=filled.text("kind"),
            amount=amount,
            text=filled.text("text"),
            due_on=filled.day("due_on"),
            offered_on=filled.day("offered_on"),
            accepted_on=filled.day("accepted_on"),
            approver=filled.text("approver"),
            budget_code=filled.text("budget_code"),
            done_on=filled.day("done_on"),
            proof=filled.text("proof"),
            ombudsman=approaches.get(filled.text("ombudsman")),
        )

    return StepForm(fields, build, redress, {})


def learn_form(page: CasePage, profile: Profile) -> StepForm:
    """What was learned, and what will be done about it."""
    points = {f"{row.position}. {one_line(case_words.about(row), 50)}": row.position for row in page.points}

    def learned(words: Words) -> bool:
        return words["said"] == LearningSaid.RECORDED

    def planned(words: Words) -> bool:
        return bool(words["action"].strip())

    fields = (
        FormField("area", "Area", Entry.OPEN, vocabulary=profile.vocabulary.learning_areas, shown=learned),
        FormField("text", "Learned", Entry.WORDS, lines=3, shown=learned),
        *(
            (FormField("point", "From point", Entry.CLOSED, vocabulary=tuple(points), shown=learned),)
            if len(points) > 1
            else ()
        ),
        FormField(
            "said", "Learning", Entry.CHOICE, LearningSaid.RECORDED,
            vocabulary=tuple(LearningSaid), help="“none” is said, not left out; “awaited” is chased",
        ),
        FormField("action", "Action", Entry.LINE, help="what will be done about it"),
        FormField("owner", "Who does it", Entry.NAME, shown=planned),
        FormField("due_on", "By", Entry.DATE, future=True, shown=planned),
        day_field("On"),
    )  # fmt: skip

    def build(filled: Filled) -> stages.Input:
        only = page.points[0].position if len(page.points) == 1 else None
        said = LearningSaid(filled.text("said"))
        return given.Learned(
            on=needed_day(filled, "on"),
            said=said,
            area=filled.text("area"),
            text=filled.text("text"),
            point=points.get(filled.text("point"), only) if said is LearningSaid.RECORDED else None,
            action=filled.text("action"),
            owner=filled.text("owner"),
            due_on=filled.day("due_on"),
        )

    return StepForm(fields, build, learn, {})


def plan_action_form(page: CasePage, profile: Profile) -> StepForm:
    """An action: a new one, or another owner, date or wording of one."""
    there = {f"{row.position}. {one_line(row.text, 40)}": row.position for row in page.actions if row.done_on is None}
    learning = {f"{row.position}. {one_line(row.text or row.area or '', 40)}": row.position for row in page.learning}
    last = next(reversed(learning), "")
    fields = (
        *((FormField("position", "Which", Entry.CLOSED, NEW, vocabulary=(NEW, *there)),) if there else ()),
        FormField("text", "Action", Entry.LINE, help="what will be done"),
        FormField("owner", "Who does it", Entry.NAME),
        FormField("due_on", "By", Entry.DATE, future=True),
        *(
            (
                FormField(
                    "learning", "From learning", Entry.CLOSED, last, vocabulary=tuple(learning),
                    shown=lambda words: words.get("position", NEW) == NEW,
                ),
            )
            if learning
            else ()
        ),
        day_field("On"),
    )  # fmt: skip

    def build(filled: Filled) -> stages.Input:
        return given.PlannedAction(
            on=needed_day(filled, "on"),
            position=there.get(filled.text("position")),
            text=filled.text("text"),
            owner=filled.text("owner"),
            due_on=filled.day("due_on"),
            learning=learning.get(filled.text("learning")),
        )

    return StepForm(fields, build, plan_action, {})


def finish_form(step: StepKey, page: CasePage, profile: Profile) -> StepForm:
    """An action or redress that was done, and what shows it."""
    owed = (
        {f"{row.position}. {one_line(row.text, 40)}": row.position for row in page.actions if row.done_on is None}
        if step is StepKey.ACTION_DONE
        else {f"{row.position}. {_money(row)}": row.position for row in page.remedies if row.done_on is None}
    )
    fields = (
        FormField("position", "Done", Entry.CLOSED, next(iter(owed), ""), required=True, vocabulary=tuple(owed)),
        day_field("On"),
        FormField("proof", "What shows it", Entry.LINE, help="a document, the date of a training, the receipt"),
    )
    finish = action_done if step is StepKey.ACTION_DONE else remedy_done

    def build(filled: Filled) -> stages.Input:
        return stages.Finished(
            position=owed[filled.text("position")], on=needed_day(filled, "on"), proof=filled.text("proof")
        )

    def verb(actor: Actor, reference: str, done: stages.Finished, seen: int | None = None) -> StepResult:
        return finish(actor, reference, done.position, done.on, seen, done.proof)

    return StepForm(fields, build, verb, {})


def thank_form(page: CasePage, profile: Profile) -> StepForm:
    """A compliment was passed on."""
    fields = (
        day_field("Passed on"),
        FormField("words", "To whom, how", Entry.WORDS, page.recipient_role or "", lines=2),
    )

    def build(filled: Filled) -> stages.Input:
        return given.Thanks(on=needed_day(filled, "on"), words=filled.text("words"))

    return StepForm(fields, build, thank, {})


def quote_form(page: CasePage, profile: Profile) -> StepForm:
    """The words for the report: proposed with the names of the case struck out, to be looked over."""
    names = tuple(person.name for person in page.people if person.name)
    proposed = page.quote or anonymised(page.description, names)
    fields = (
        FormField(
            "text", "Quote", Entry.WORDS, proposed, lines=6,
            help="the names of the case are struck out: look over it for others, of staff, places, days",
        ),
        FormField(
            "no_name", "That is no name", Entry.CHOICE, NO, vocabulary=(NO, YES),
            shown=lambda words: bool(names_in(words["text"], names)),
        ),
    )  # fmt: skip

    def build(filled: Filled) -> stages.Input:
        return given.Quote(text=filled.text("text"), no_name=filled.text("no_name") == YES)

    return StepForm(fields, build, quote, {})


def _money(row: RemedyView) -> str:
    amount = f" £{row.amount_pence / 100:,.2f}" if row.amount_pence is not None else ""
    due = f", by {short_date(row.due_on)}" if row.due_on and not row.done_on else ""
    return f"{row.kind or 'redress'}{amount}{due}"
