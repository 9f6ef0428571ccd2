"""The fields of the form for new feedback, and the input built from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from feedback_tui.casework.log import is_late, laws_if
from feedback_tui.enums import Authority, Kind, Role
from feedback_tui.models.inputs.stages import NewCase, PointInput
from feedback_tui.rules.dates import NotADate, typed_date
from feedback_tui.rules.lifecycle.ask import Entry
from feedback_tui.rules.procedures import Profile
from feedback_tui.rules.working_days import WorkingCalendar
from feedback_tui.screens.steps.step_form import category_words, split_category
from feedback_tui.text import one_line
from feedback_tui.widgets.form import Filled, FormField

NOT_SETTLED = "later"
"""The choice that the procedure is not settled yet; the acknowledgement is due in three working days all the same."""
FIRST = "description"
SHOWS = {"subcategory": "category"}
"""The form's field that shows a problem of an input field, where the names differ."""
NO, YES = "no", "yes"
Shown = Callable[[Mapping[str, str]], bool]


def _for(*kinds: Kind) -> Shown:
    return lambda words: words["kind"] in kinds


def _writes_for_another(words: Mapping[str, str]) -> bool:
    role = words["correspondent_role"].strip().casefold()
    return role not in ("", Role.CUSTOMER, Role.ANONYMOUS)


def _asks_consent(words: Mapping[str, str]) -> bool:
    return _writes_for_another(words) and words["authority"].strip().casefold() == Authority.CONSENT_REQUESTED


def intake_fields(profile: Profile, officer: str, today: date, calendar: WorkingCalendar) -> tuple[FormField, ...]:
    """Returns the fields, with the usual kind, channel and procedure and today as the day of receipt."""
    vocabulary, usual = profile.vocabulary, profile.usual
    procedures = [procedure.key for procedure in profile.procedures if Kind.COMPLAINT in procedure.kinds]
    names_provider = {procedure.key for procedure in profile.procedures if procedure.names_provider}
    not_for_social_care = {procedure.key for procedure in profile.procedures if not procedure.adult_social_care}

    def late(words: Mapping[str, str]) -> bool:
        try:
            received = typed_date(words["received_on"], today, calendar)
            happened = typed_date(words["happened_on"], today, calendar)
            return is_late(happened, received, laws_if(profile, words["procedure"], received))
        except NotADate:
            return False

    return (
        FormField("kind", "Kind", Entry.CHOICE, usual.kind, vocabulary=tuple(Kind)),
        FormField(FIRST, "What they say", Entry.WORDS, required=True, lines=3),
        FormField("received_on", "Received", Entry.DATE, "today", required=True),
        FormField("channel", "Channel", Entry.OPEN, usual.channel, vocabulary=vocabulary.channels),
        FormField(
            "procedure",
            "Procedure",
            Entry.CHOICE,
            usual.procedure,
            vocabulary=(*procedures, NOT_SETTLED),
            shown=_for(Kind.COMPLAINT),
        ),
        FormField(
            "adult_social_care",
            "Social care",
            Entry.CHOICE,
            NO,
            vocabulary=(NO, YES),
            shown=lambda words: words["kind"] == Kind.COMPLAINT and words["procedure"] in not_for_social_care,
            help="is any part of it about adult social care? Then it is statutory",
        ),
        FormField("customer_name", "Customer", Entry.NAME, help="who the service is for"),
        FormField(
            "correspondent_role",
            "Sent by",
            Entry.CLOSED,
            Role.CUSTOMER,
            vocabulary=tuple(Role),
            help="customer, family, carer, MP, anonymous … ↓ lists them",
        ),
        FormField("correspondent_name", "Their name", Entry.NAME, shown=_writes_for_another),
        FormField(
            "relationship",
            "To the customer",
            Entry.LINE,
            shown=_writes_for_another,
            help="daughter, executor, neighbour",
        ),
        FormField(
            "authority",
            "By which right",
            Entry.CLOSED,
            vocabulary=tuple(Authority),
            shown=_writes_for_another,
            help="may wait; consent asked for, attorney, lacks capacity … ↓ lists them",
        ),
        FormField(
            "consent_due_on",
            "Consent due back",
            Entry.DATE,
            f"+{usual.consent_days}wd" if usual.consent_days else "",
            future=True,
            shown=_asks_consent,
        ),
        FormField("contact", "Contact", Entry.LINE, help="telephone, email or address"),
        FormField("team", "Team", Entry.OPEN, vocabulary=vocabulary.teams),
        FormField(
            "provider",
            "Provider",
            Entry.OPEN,
            vocabulary=vocabulary.providers,
            shown=lambda words: words["kind"] == Kind.COMPLAINT and words["procedure"] in names_provider,
        ),
        FormField(
            "category",
            "Category",
            Entry.OPEN,
            vocabulary=category_words(profile),
            shown=_for(Kind.COMPLAINT, Kind.CONCERN),
        ),
        FormField("theme", "Theme", Entry.OPEN, vocabulary=vocabulary.themes),
        FormField("summary", "In short", Entry.LINE, help="a few words of yours for the lists; empty: the first words"),
        FormField("wanted", "They want", Entry.LINE, shown=_for(Kind.COMPLAINT, Kind.CONCERN, Kind.ENQUIRY)),
        FormField(
            "happened_on",
            "It happened on",
            Entry.DATE,
            shown=_for(Kind.COMPLAINT),
            help="or the day they learned of it",
        ),
        FormField("late_reason", "Why taken late", Entry.LINE, required=True, shown=late),
        FormField(
            "settled_on",
            "Settled on",
            Entry.DATE,
            shown=_for(Kind.CONCERN),
            help="oral, and satisfied by the end of the next working day",
        ),
        FormField(
            "compliment_source",
            "Where recorded",
            Entry.OPEN,
            vocabulary=vocabulary.compliment_sources,
            shown=_for(Kind.COMPLIMENT),
        ),
        FormField("recipient_role", "Role praised", Entry.LINE, shown=_for(Kind.COMPLIMENT)),
        FormField("officer", "Officer", Entry.NAME, officer, help="who owns the case"),
    )


def _authority(role: str, chosen: str) -> Authority | None:
    """Returns the chosen authority. Without a choice, that of an MP or councillor acting for a constituent, who need no
    written consent; None for any other role."""
    if chosen:
        return Authority(chosen)
    if role == Role.COUNCILLOR:
        return Authority.COUNCILLOR_FOR_CONSTITUENT
    return Authority.MP_FOR_CONSTITUENT if role == Role.MP else None


def new_case(filled: Filled) -> NewCase:
    """Returns the verb's input. Raises ValidationError."""
    category, subcategory = split_category(filled.text("category"))
    role = filled.text("correspondent_role")
    procedure = filled.text("procedure")
    customer = one_line(filled.text("customer_name"))
    received_on = filled.day("received_on")
    assert received_on is not None
    return NewCase(
        kind=Kind(filled.text("kind")),
        received_on=received_on,
        channel=filled.text("channel"),
        procedure=procedure if procedure and procedure != NOT_SETTLED else None,
        adult_social_care=filled.text("adult_social_care") == YES,
        description=filled.text("description"),
        summary=filled.text("summary"),
        wanted=filled.text("wanted"),
        customer_name=customer,
        correspondent_name=customer if role == Role.CUSTOMER else filled.text("correspondent_name"),
        correspondent_role=Role(role) if role else None,
        relationship=one_line(filled.text("relationship")),
        authority=_authority(role, filled.text("authority")),
        consent_due_on=filled.day("consent_due_on"),
        contact=filled.text("contact"),
        happened_on=filled.day("happened_on"),
        late_reason=filled.text("late_reason"),
        points=(
            PointInput(
                team=filled.text("team"),
                provider=filled.text("provider"),
                category=category,
                subcategory=subcategory,
                theme=filled.text("theme"),
            ),
        ),
        officer=filled.text("officer"),
        compliment_source=filled.text("compliment_source"),
        recipient_role=filled.text("recipient_role"),
        settled_on=filled.day("settled_on"),
    )
