"""A register in which everything has happened once: the ground that the storage tests and the torture stand on."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from feedback_tui.casework.acknowledge import acknowledge
from feedback_tui.casework.actor import Actor
from feedback_tui.casework.change import allocate, change_procedure, correct_receipt
from feedback_tui.casework.close import close_case, reopen, void, withdraw
from feedback_tui.casework.days_off import change_days_off
from feedback_tui.casework.erase import erase
from feedback_tui.casework.extend import extend
from feedback_tui.casework.hold import hold, resume
from feedback_tui.casework.log import log
from feedback_tui.casework.notes import action_done, note, remedy_done
from feedback_tui.casework.ombudsman import ombudsman
from feedback_tui.casework.provider import record_provider
from feedback_tui.casework.respond import respond_review
from feedback_tui.casework.review import acknowledge_review, refuse_stage, request_review
from feedback_tui.casework.typed_figures import YearFigure, set_figures
from feedback_tui.casework.undo import undo
from feedback_tui.casework.year_texts import add_words
from feedback_tui.enums import (
    ClosingReason,
    Discussion,
    Kind,
    OmbudsmanDecision,
    OtherProcess,
    Outcome,
    YearSection,
)
from feedback_tui.models.inputs.provider import ProviderPart
from feedback_tui.models.inputs.stages import (
    Acknowledgement,
    Allocation,
    Closing,
    DaysOffChange,
    ExtensionInput,
    Finished,
    Hold,
    NewCase,
    Note,
    OmbudsmanStep,
    ProcedureChange,
    Reason,
    ReceiptCorrection,
    Response,
    ReviewRequest,
    StageRefusal,
    Withdrawal,
)
from feedback_tui.rules.profile import profile_text
from feedback_tui.rules.working_days import DayOff
from feedback_tui.storage.register import Register, create_register
from tests.torture.stock_cases import RECEIVED, TODAY, a_complaint, answered, investigated
from tests.torture.stock_of_the_rest import furnish_with_the_rest

__all__ = ["RECEIVED", "TODAY", "actor_on", "an_empty_register", "furnish"]


def actor_on(register: Register, officer: str = "Sam") -> Actor:
    """Sam at work on 30 June 2026, by a clock of a microsecond a look."""
    ticks = itertools.count()
    begin = datetime(2026, 6, 30, 9, tzinfo=UTC)
    return Actor(register, officer, TODAY, now=lambda: begin + timedelta(microseconds=next(ticks)))


def an_empty_register(path: Path) -> Path:
    """An empty Shropshire register at `path`, closed."""
    create_register(str(path), profile_text("shropshire"), "Sam").close()
    return path


def furnish(register: Register) -> None:
    """Takes every step there is, on a handful of cases."""
    sam = actor_on(register)
    first = a_complaint(sam, "Ann Lee", "No carer came on Sunday, and no one rang.")
    acknowledge(sam, first, Acknowledgement(on=date(2026, 4, 22), discussion=Discussion.ACCEPTED, promised_on=TODAY))
    investigated(sam, first, "Jo Marsh", "corporate")
    extend(
        sam,
        first,
        ExtensionInput(
            to=date(2026, 7, 20), reason="Waiting for the records.", told_on=date(2026, 5, 1), agreed=True,
            next_update_on=date(2026, 7, 1),
        ),
    )  # fmt: skip
    answered(sam, first, date(2026, 5, 20))
    action_done(sam, first, Finished(position=1, on=date(2026, 6, 1)))
    remedy_done(sam, first, Finished(position=1, on=date(2026, 6, 2)))
    refuse_stage(
        sam,
        first,
        StageRefusal(reason="Nothing new.", asked_on=date(2026, 6, 2), told_on=date(2026, 6, 2), ombudsman_told=True),
    )
    request_review(sam, first, ReviewRequest(on=date(2026, 6, 3), officer="Pat", investigator="Kim", reason="Unhappy."))
    acknowledge_review(sam, first, Acknowledgement(on=date(2026, 6, 4)))
    respond_review(
        sam, first, Response(on=date(2026, 6, 20), findings=(Outcome.NOT_UPHELD,), outcome=Outcome.NOT_UPHELD)
    )
    ombudsman(sam, first, OmbudsmanStep(received_on=date(2026, 6, 21), their_reference="26 001 234"))
    ombudsman(sam, first, OmbudsmanStep(responded_on=date(2026, 6, 25)))
    ombudsman(sam, first, OmbudsmanStep(decided_on=date(2026, 6, 28), decision=OmbudsmanDecision.UPHELD))
    close_case(sam, first, Closing(on=date(2026, 6, 29), words="All done."))

    second = a_complaint(sam, "Bob Ray", "The bill is wrong.")
    withdraw(sam, second, Withdrawal(on=date(2026, 5, 2), reason="It was put right."))
    reopen(sam, second, Reason(on=date(2026, 5, 4), reason="It was not put right."))
    close_case(sam, second, Closing(on=date(2026, 5, 9), reason=ClosingReason.DUPLICATE, words="See the first."))

    third = a_complaint(sam, "Cy Oak", "Café – ‘naïve’ 日本語 🙂 O'Brien")
    void(sam, third, Reason(on=date(2026, 5, 1), reason="Logged twice."))

    fourth = a_complaint(sam, "Di Fox", "Two visits were missed.")
    correct_receipt(sam, fourth, ReceiptCorrection(received_on=date(2026, 4, 17), reason="The postmark says so."))
    acknowledge(sam, fourth, Acknowledgement(on=date(2026, 4, 21)))
    change_procedure(
        sam, fourth, ProcedureChange(on=date(2026, 4, 22), procedure="statutory-adult", reason="It is about care.")
    )
    investigated(sam, fourth, "Jo Marsh", None)
    record_provider(sam, fourth, ProviderPart(asked_on=date(2026, 4, 23), answer_due_on=date(2026, 5, 7)))
    allocate(sam, fourth, Allocation(on=date(2026, 4, 30), officer="Pat", investigator="Kim", reason="Jo is away."))
    hold(
        sam,
        fourth,
        Hold(
            on=date(2026, 5, 5), process=OtherProcess.SAFEGUARDING, reason="Safeguarding looks first.",
            told_on=date(2026, 5, 5), look_again_on=date(2026, 5, 30),
        ),
    )  # fmt: skip
    undo(sam, fourth)
    hold(
        sam,
        fourth,
        Hold(on=date(2026, 5, 6), process=OtherProcess.SAFEGUARDING, reason="It does.", look_again_on=TODAY),
    )
    resume(sam, fourth, Reason(on=date(2026, 6, 1), reason="It is done."))
    change_days_off(sam, DaysOffChange(added=(DayOff(date(2026, 7, 13), "Day of mourning"),)))
    set_figures(sam, [YearFigure("2021/22", "investigations", "156")])
    add_words(sam, "2025/26", YearSection.RECOMMENDATIONS, "Answer sooner.")

    thanks = log(sam, NewCase(kind=Kind.COMPLIMENT, received_on=RECEIVED, description="Thank you all."))
    comment = log(
        sam, NewCase(kind=Kind.COMMENT, received_on=RECEIVED, customer_name="Ed Ash", description="The ramp.")
    )
    close_case(sam, comment.reference, Closing(on=date(2026, 4, 22), words="He was told."))
    erase(sam, comment.reference, Reason(on=date(2026, 6, 30), reason="He asked for it."))
    note(sam, thanks.reference, Note(on=date(2026, 4, 21), words="Passed on to the team."))
    furnish_with_the_rest(sam, thanks.reference)
