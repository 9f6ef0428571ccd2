"""The words of the Wigan register: its report's examples in our own short wording, and invented people.

The report's sections 9 (Ombudsman), 10 (learning) and 11 (compliments) give the examples; nobody named here exists.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Decided:
    """One case of section 9.3: whose team it was, what was complained about, what was decided and agreed."""

    team: str
    complaint: str
    decision: str
    remedy: str = ""
    amount: str = ""
    action: str = ""
    within_days: int = 0


DECIDED = (
    Decided(
        "Provider Management and Market Development",
        "A niece complains about the care of her late uncle in a care home, about poor communication with the family, "
        "and that the home would not have him back after hospital.",
        "upheld",
        "apology;payment",
        ";2000.00",
        "Send the Ombudsman evidence that the service improvements were made",
        61,
    ),
    Decided(
        "Community Accommodation Support Services (Finance)",
        "A widow complains of six weeks' care home fees for a time when her husband was in hospital, and then in a "
        "nursing placement that the NHS paid for.",
        "upheld",
        "charge waived or refunded",
        "",
        "Take five days off the outstanding charges",
        28,
    ),
    Decided(
        "Transfer of Care Hub",
        "A daughter complains about moves between wards and being made to leave the hospital, and of an invoice for a "
        "care home placement that she did not know was charged for.",
        "passed to PHSO",
    ),
    Decided(
        "Leigh Locality",
        "The social care and the financial assessment came late; without the delay the respite stay would have been "
        "funded from its first day.",
        "upheld",
        "apology;charge waived or refunded",
        "",
        "Refund the top-up for the respite stay and the twelve weeks' disregard",
        28,
    ),
)
LEARNING = {
    "record keeping": (
        "What is discussed with the person and the family is written down on the day, or it cannot be shown",
        "Case records are the evidence when a complaint is answered, and are kept with that in mind",
    ),
    "correct information held on systems": (
        "Address, telephone number and next of kin are checked at every contact before a letter goes out",
    ),
    "charges for care whilst in hospital": (
        "Care homes are asked to tell families what a stay in hospital costs, and the fact sheets were redone",
    ),
    "communication": (
        "Most complaints grow from poor communication: the team keeps people told of where their case stands",
        "Training on customer service and on answering complaints",
    ),
    "right information at the right time": (
        "Fact sheets and web pages on charging are rewritten, and the front door gives them at the first contact",
    ),
}
ACTIONS = (
    "Put it in the complaints and compliments update to staff",
    "Item on the agenda of the care home forum",
    "Add it to the recording tool kit",
    "Rewrite the fact sheet",
    "Quality visit to the provider",
)
# Section 11: team, role praised, who sent it, where it was recorded, what it says.
COMPLIMENTS = (
    (
        "Early Intervention and Prevention",
        "Duty worker",
        "colleague",
        "sent direct",
        "Your advice to callers keeps work off the duty desk, and with admin beside you the day runs smoothly.",
    ),
    (
        "Innovation and Partnership",
        "Project officer",
        "colleague",
        "sent direct",
        "Your work with the two students was shown to the board. It will pay off in the years to come.",
    ),
    (
        "Leigh Locality",
        "Social worker",
        "family",
        "Mosaic",
        "For a year you have been the family's link: respectful, efficient, easy to reach. Your plan keeps Dad at "
        "home, he goes to the day centre, and Mum gets some rest.",
    ),
    (
        "Wigan Locality",
        "Social worker",
        "family",
        "Mosaic",
        "The meeting was productive and you explained what comes next so well that our minds are at rest.",
    ),
    (
        "Community Accommodation Support Services (Finance)",
        "Finance officer",
        "customer",
        "sent direct",
        "Your email was more than anyone could ask: careful, patient, with a solution, and sent as plain email 🙏🌻",
    ),
    (
        "Ashton Locality",
        "Social worker",
        "family",
        "Mosaic",
        "Mum dreaded the assessment and had a lovely afternoon. You let the talk flow, came back to what was missed, "
        "and got her to the doctor.",
    ),
)
PROVIDERS = ("Pennington Flash Homecare", "Douglas Valley Care Home", "Haigh Court", "Leigh Bridge Supported Living")
INVESTIGATORS = ("Carol Seddon", "Imran Malik", "Julie Hindley", "Grzegorz Lis", "Donna O'Hare")
REASONS = (
    "Several teams have to answer; agreed with the complainant",
    "A joint response with the hospital; agreed with the complainant",
    "The family asked for a meeting first; agreed with the complainant",
)
