"""The step about a complaint that is wholly or partly about a registered adult social care provider."""

from __future__ import annotations

from feedback_tui.enums import Law, StepKey
from feedback_tui.rules.lifecycle.ask import Ask, Entry, Flag, When
from feedback_tui.rules.lifecycle.step import COMPLAINTS, OPEN, Step

PROVIDER: tuple[Step, ...] = (
    Step(
        key=StepKey.PROVIDER,
        words="The provider’s part",
        past="the provider’s part recorded",
        kinds=COMPLAINTS,
        after=OPEN,
        leads_to=None,
        otherwise="what goes to the provider is settled while it is open",
        beside=True,
        laws=(Law.REGULATIONS_2009,),
        asks=(
            Ask(
                name="asked_on",
                label="Asked on",
                entry=Entry.DATE,
                as_on_page="provider_asked_on",
                help="the complainant, whether details may be sent to the registered provider",
                option_help="When the complainant was asked whether details may be sent.",
                asked_as="when the complainant was asked, and their answer",
            ),
            Ask(
                name="answer_due_on",
                label="Answer due",
                entry=Entry.DATE,
                future=True,
                option_help="When the complainant's answer is due.",
                asked_as="",
            ),
            Ask(
                name="answered_on",
                as_on_page="provider_answered_on",
                label="Answered on",
                entry=Entry.DATE,
                option_help="When the complainant answered.",
                asked_as="",
            ),
            Ask(
                name="agreed",
                label="They agree",
                flag=Flag.MAY_BE_UNKNOWN,
                help="that details are sent to the provider",
                shown=When("answered_on"),
                options=("--agreed/--not-agreed",),
                option_help="Whether they agree that details are sent.",
                asked_as="",
            ),
            Ask(
                name="sent_on",
                as_on_page="provider_sent_on",
                label="Sent on",
                entry=Entry.DATE,
                option_help="When they were sent.",
                asked_as="when details were sent, and to whom",
            ),
            Ask(
                name="sent_to",
                label="Sent to",
                entry=Entry.OPEN,
                vocabulary="providers",
                shown=When("sent_on"),
                option_help="The provider that the details were sent to.",
                asked_as="",
            ),
            Ask(
                name="response_due_on",
                label="Its answer due",
                entry=Entry.DATE,
                future=True,
                option_help="When the provider's answer is due.",
                asked_as="",
            ),
            Ask(
                name="response_on",
                as_on_page="provider_response_on",
                label="Its answer came",
                entry=Entry.DATE,
                option_help="When the provider's answer was received.",
                asked_as="the provider's answer, due and received",
            ),
            Ask(
                name="kept",
                label="The council keeps",
                entry=Entry.WORDS,
                lines=2,
                as_on_page="provider_kept",
                help="which part, as the complainant is told",
                option_help="Which part the council handles itself, as they were told.",
                asked_as="which part the council handles itself, and when they were told",
            ),
            Ask(
                name="told_on",
                as_on_page="provider_told_on",
                label="Told on",
                entry=Entry.DATE,
                option_help="When they were told which part the council handles.",
                asked_as="",
            ),
        ),
        verb="provider:record_provider",
        input="provider:ProviderPart",
        command="provider",
        sentence="Records what goes to a registered provider, and what the council handles itself (2009 Regulations).",
        synonyms="care home agency registered cqc commissioned consent regulation 11",
    ),
)
