"""Sentences about what people complain of in adult social care, by topic, for ``prose`` to combine.

Placeholders: {who} and {sub} (my mother, she; for the writer: I, I), {Sub}, {obj} (her, me), {poss} (her, my), {n} (two
to nine), {day}, {month}, {hour}. Every sentence is in the past tense, so that both “I” and “she” fit.
"""

from __future__ import annotations

from typing import Final

EVENTS: Final[dict[str, tuple[str, ...]]] = {
    "home care": (
        "The morning call was meant to come at {hour} and the carer arrived nearly {n} hours late",
        "{Sub} had {n} different carers in one week and none of them had read the notes in the folder",
        "The care package was handed back by the agency with {n} days' notice and nobody arranged another",
        "A double-handed call was done by one carer again on {day}, which was not safe for anyone",
        "The tea-time visit was logged as 45 minutes but the carer left after ten",
        "No one came at all on {day} and {who} spent the night in the chair",
        "We were told that {sub} was on the waiting list for home care and then heard nothing for {n} weeks",
        "The agency changed the times without asking, so that breakfast and lunch came an hour apart",
        "Night-time care was stopped in {month} and a family member of 84 has had to get up {n} times a night since",
        "Medication was left in the blister pack on {n} mornings and no one wrote it down",
        "The key safe was left open after the visit on {day}",
    ),
    "assessment": (
        "The assessment was promised for {month} and was put off {n} times",
        "The social worker spent twenty minutes in the house and did not look upstairs",
        "The form said that {sub} could manage the stairs, which was not what {sub} told the assessor",
        "{Who} was assessed over the telephone although {sub} was deaf and had asked for a visit",
        "Nobody sent us a copy of the assessment until I had asked for it {n} times",
        "The hours were cut after a review that {who} did not know was a review",
        "The assessor spoke only to the neighbour who had opened the door",
        "We asked for a carer's assessment in the same week and it was never booked",
        "The report repeated last year's words, with last year's medicines in it",
        "It took {n} months from the first call to the day that anyone came",
    ),
    "care plan": (
        "The care plan was written without {who} in the room",
        "{Who} had asked for two baths a week and the plan said none",
        "The plan still named a carer who had left in {month}",
        "We received {n} versions of the care plan and no one could say which one was in force",
        "The review that was due in {month} was not held",
        "What was agreed at the meeting on {day} was not in the plan that came by post",
        "The plan left out {poss} insulin, which {sub} had needed for {n} years",
        "The support plan was finished but nothing in it was ever commissioned",
        "The goals in the plan were copied from somebody else, the name was still there",
    ),
    "discharge": (
        "{Who} was sent home from hospital on {day} at {hour} with no care in place",
        "The ward said that the council had not answered {n} calls about the package",
        "{Sub} stayed on the ward for {n} weeks longer than the doctors wanted because no agency could be found",
        "Nobody told the family that the discharge had been brought forward to {day}",
        "The hospital bed and the commode came {n} days after {sub} did",
        "We were told in the corridor that {sub} was going to a care home and had an hour to decide",
        "The case was closed to the social worker as soon as a provider was found and no one followed it up",
        "{Sub} went back into hospital within {n} days of coming home",
        "The discharge letter named a different street and the carers went there",
    ),
    "placement": (
        "We were offered one care home, {n} miles away, and told to take it or leave it",
        "The home said it could meet {poss} needs and gave notice after {n} weeks",
        "The respite stay became permanent and no one asked {obj}",
        "We were not told about the top-up until {who} had moved in",
        "The first home we were shown had been found inadequate by the inspectors in {month}",
        "{Poss} clothes were lost {n} times and somebody else's were in the wardrobe",
        "The placement was ended by email on a {day} evening",
        "Visits were stopped for {n} days without a reason being given",
    ),
    "charging": (
        "The invoice charged for {n} weeks in which {who} was in hospital",
        "We were told that the first six weeks were free and then a bill came for all of them",
        "{Sub} had a reminder for an invoice that had been paid in {month}",
        "The contribution went up by £{n}0 a week without a letter",
        "Debt recovery wrote to {obj} while the query was still open",
        "Care that did not happen on {day} was charged in full",
        "We asked for a breakdown of the invoices {n} times and received the same total without one",
        "The charges were backdated to {month} because nobody ended the old package in the system",
        "{Poss} savings had been under the threshold for {n} months and full cost was still charged",
        "Credit notes and invoices crossed in the post and none of them agreed with each other",
    ),
    "financial assessment": (
        "The financial assessment was asked for in {month} and took {n} months",
        "{Poss} disability expenses were left out although the receipts were sent twice",
        "The officer counted the house although {poss} husband or wife still lived in it",
        "The form came back {n} times, each time with a different question",
        "We were not told that the twelve weeks' property disregard existed",
        "The letter gave one figure on the first page and another on the third",
        "The assessment was made with figures from the year before",
    ),
    "communication": (
        "I left {n} messages for the duty team and none was returned",
        "The social worker was off sick for {n} weeks and the case was given to no one",
        "Letters about {who} went to an address that {sub} left in {month}",
        "We were told on {day} that a manager would ring, and nobody rang",
        "Each person I spoke to asked me to begin again from the start",
        "We found out from the carers, not from the council, that the worker had changed",
        "The email of {day} was answered {n} weeks later with one line that answered a different question",
        "Nobody explained what would happen next or when",
        "{Who} was promised large print and was sent small print {n} times",
    ),
    "quality": (
        "{Who} was found in the same clothes on {day} as on the visit before",
        "Meals were left out of reach and thrown away untouched",
        "{Sub} lost {n} pounds in weight in {month} and nobody weighed {obj}",
        "The call bell was on the floor when I visited at {hour}",
        "The manager said that they were {n} staff short that day",
        "Skin creams that the nurse had ordered were not used for {n} days",
        "{Sub} was spoken over as if {sub} was not in the room",
        "The room smelt, and the bin from {day} was still full",
        "There was a fall on {day} and we were told about it {n} days later",
    ),
    "safeguarding": (
        "I raised a safeguarding concern in {month} and was never told what came of it",
        "The enquiry was closed without anybody speaking to {who}",
        "Money went missing from the purse {n} times and the agency said that it could not look into it",
        "The provider was asked to investigate itself",
        "It took {n} days before anyone visited after the bruise was reported",
        "The meeting on {day} went ahead without the family, whose letter had the wrong date",
    ),
    "equipment": (
        "The ramp was agreed in {month} and was not built in the {n} months since",
        "The stairlift broke and {who} slept downstairs for {n} weeks",
        "The wrong hoist was delivered {n} times",
        "The occupational therapist measured the bathroom and then left the council, and the papers could not be found",
        "We were number {n} on a list that did not move all year",
        "The pendant alarm was tested on {day} and did not ring through",
        "The wheelchair was for a person half {poss} size",
    ),
    "transition": (
        "{Who} turned eighteen in {month} and the support ended on the birthday",
        "Children's services said that adult services had the case, and adult services had never heard of it",
        "The college place was lost because the funding was decided {n} weeks too late",
        "No one came to the transition meeting on {day}, we sat there with the school",
        "We have had {n} transition workers in a year",
        "An opportunity of a flat nearer home was lost while the papers were passed round",
    ),
    "direct payments": (
        "The direct payment came {n} weeks late and the personal assistant could not be paid",
        "The rate did not go up with the minimum wage and two assistants left in {month}",
        "The audit asked for the same receipts {n} times",
        "The account was frozen on {day} without warning",
        "We were told to use an agency whose price is £{n} an hour above the direct payment",
    ),
    "carer": (
        "I have cared for {obj} for {n} years and was refused a sitting service in one sentence",
        "The respite that was agreed for {month} was cancelled on the {day} before",
        "The carer's assessment looked at what {who} needed and not at what I could still do",
        "The day centre closed and the letter offered a telephone number that rang out",
        "We asked for an emergency plan and were sent a leaflet",
    ),
    "conduct": (
        "The worker laughed when {who} could not find the word",
        "I was told to calm down when I asked for the date to be written down",
        "The officer on the telephone hung up on me at {hour} on {day}",
        "The visitor walked in without knocking and would not show a badge",
        "We were spoken to as though we were after money",
        "There was a complete lack of empathy on the day that we needed some",
    ),
}

ABOUT_ANOTHER: Final = frozenset({"carer", "quality"})
"""Topics whose sentences are always about somebody else."""

KEYWORDS: Final[tuple[tuple[str, str], ...]] = (
    ("financial assessment", "financial assessment"),
    ("direct payment", "direct payments"),
    ("assessment", "assessment"),
    ("care plan", "care plan"),
    ("support plan", "care plan"),
    ("discharge", "discharge"),
    ("residential", "placement"),
    ("placement", "placement"),
    ("charg", "charging"),
    ("invoice", "charging"),
    ("decision", "discharge"),
    ("communicat", "communication"),
    ("informed", "communication"),
    ("delay", "assessment"),
    ("quality", "quality"),
    ("safeguard", "safeguarding"),
    ("equipment", "equipment"),
    ("adaptation", "equipment"),
    ("transition", "transition"),
    ("adulthood", "transition"),
    ("carer", "carer"),
    ("respite", "carer"),
    ("conduct", "conduct"),
    ("attitude", "conduct"),
    ("home", "home care"),
)


def topic_of(theme: str) -> str:
    """Returns the topic for a theme or category of any council: ``Care needs assessment`` is ``assessment``.

    Returns ``communication`` for an unknown theme.
    """
    plain = theme.casefold()
    return next((topic for word, topic in KEYWORDS if word in plain), "communication")
