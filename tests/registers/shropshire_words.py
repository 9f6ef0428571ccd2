"""The words of the Shropshire register: its report's examples in our own short wording, and invented people.

The report's sections 5 (compliments), 6 (complaints) and 8 (learning) give the examples; nobody named here exists.
"""

from __future__ import annotations

# Section 6: the theme that each example stands under, and what it says.
COMPLAINTS = (
    (
        "Arrangement for care at home",
        "A vulnerable man who lives alone was left without any care when his package was dropped. We are told he is on "
        "a waiting list. There are agencies that could do it; the council will not pay what they ask.",
    ),
    (
        "Placement in residential care",
        "I write as a representative. The social worker has not taken forward the chance of a place in the home town, "
        "and it is about to be lost. Please have a senior social worker act now.",
    ),
    (
        "Discharge from hospital",
        "My father stayed in hospital far longer than he needed because no agency was found. When one was, the case "
        "was closed to the social worker and nobody asked whether the care would meet his needs in the long run.",
    ),
    (
        "Financial assessment",
        "As my father's deputy I want clear and direct answers to what I raised last autumn, and a set of invoices "
        "that can be followed. Debt collectors should not be used meanwhile.",
    ),
    (
        "Arrangement for care at home",
        "Nobody shows any urgency to put the night care back after Mum's long stay in hospital. She cannot leave her "
        "bed and my father, who is 84, looks after her and is worn out.",
    ),
    (
        "Charging for care",
        "For two years I have told you that my late aunt's money was under the threshold. Emails and calls were "
        "ignored. Her estate should be refunded, or it goes through her solicitors to the Ombudsman.",
    ),
    (
        "Charging for care",
        "She rang because of a reminder for an invoice about care last July that she believed was not chargeable.",
    ),
)

# Section 5: team, role praised, who sent it, what it says.
COMPLIMENTS = (
    (
        "Social Work Team - Central",
        "Occupational Therapist",
        "health colleague",
        "Thanks for the hard work on this case: with the wet room, the lift and the ceiling hoist her life is a "
        "different one. A fine piece of work between our services.",
    ),
    (
        "Enable",
        "Senior Key Worker",
        "colleague",
        "Thank you for all you did with him. Moving into a job, with a job coach beside him, is an excellent result.",
    ),
    (
        "Social Work Team - North",
        "Senior Practitioner",
        "customer",
        "With all my heart, thank you for your help. In effect you saved my life.",
    ),
    (
        "Preparing for Adulthood;Social Work Team - Central",
        "Social Worker",
        "family",
        "We are grateful for years of help and for how well you understood her. You were our anchor in hard times, "
        "always with an answer when we were at our lowest, and we shall miss you.",
    ),
    (
        "Sensory Impairment",
        "Rehabilitation Officer, Visual Impairment",
        "family",
        "My wife, who can hardly see, waited a long time for the visit, and it was worth it: clear instructions, and "
        "spoken to her. Please pass on our thanks.",
    ),
    (
        "Deprivation of Liberty Safeguards",
        "Best Interests Assessor",
        "family",
        "Thank you for seeing my aunt at the home in person, and for the kindness of the interview: she is easily "
        "frightened.",
    ),
    (
        "Rapid Response",
        "Support Worker",
        "family",
        "The care you gave my mum was kind and outstanding. We could not have done it without you.",
    ),
    (
        "Financial Assessments",
        "Financial Assessment Officer",
        "customer",
        "Thank you for explaining the charges. We were lucky that it was you who dealt with our questions.",
    ),
)

# Section 8 gives the first of each area (communication: the first four); the others are ours.
LEARNING = {
    "communication": (
        "Assessments and reviews are sent to the customer; the outcome of a reassessment is shared in good time",
        "More sharing of information and planning ahead would have eased the discharge and spared the family",
        "The process was followed but nobody told the customer how it stood; each stage is now confirmed",
        "A worker was away for long and the case was given to no one; absences are acted on and cases reallocated",
        "Families are told of a change of worker before it happens",
        "Calls are returned on the same day, if only to say when an answer will come",
        "What is agreed at a meeting is confirmed in writing within a week",
    ),
    "service quality": (
        "The approach felt without empathy; support and reflective supervision for the worker",
        "The standard of the visit was below what we expect; checks on the provider were increased",
        "Reviews are held when they fall due",
    ),
    "finance": (
        "Chargeable care was not ended in time, which led to overcharging; care is ended when it stops",
        "The likely cost is explained before care begins, and the explanation noted",
        "Queries on an invoice stop the reminders until they are answered",
    ),
    "delivery or non-delivery": (
        "The support plan belongs with the assessment: support commissioned, and the carer assessed",
        "What a plan promises is commissioned on the day it is signed",
    ),
    "record keeping": (
        "Telephone calls are noted on the day",
        "The address is checked at every contact",
    ),
}
LEARNING = {area: tuple(text.replace(";", ",") for text in texts) for area, texts in LEARNING.items()}
ACTIONS = (
    "Remind the team at its meeting",
    "Rewrite the standard letter",
    "Training for the team",
    "Amend the procedure",
    "Audit ten cases",
    "Raise it with the provider",
)
REASONS = (
    "More time is needed: waiting for the provider's records",
    "More time is needed: the investigating officer was away",
    "More time is needed: several teams have to answer",
    "More time is needed: a meeting with the family comes first",
)
PROVIDERS = ("Long Mynd Homecare", "Severn Bank Care Home", "Wrekin View Nursing Home", "Teme Valley Support")
INVESTIGATORS = {
    "Social Work Team - North": ("Beth Maddox", "Owain Pryce"),
    "Social Work Team - South": ("Karen Tipton", "Anil Desai"),
    "Social Work Team - Central": ("Ruth Corfield",),
    "Adult Services Business Support": ("Gareth Onions", "Linda Preece"),
    "Hospital Interface": ("Sian Beddoes",),
    "Financial Assessments": ("Marek Zieliński",),
}
EVERY_OTHER_TEAM = ("Hazel Mytton", "Joseph O'Dowd")
SUGGESTIONS = (
    "Could the leaflet on charges come with the first letter?",
    "Please say on the telephone line how long the wait will be.",
    "The form on the website should say that it can be saved half filled in.",
    "A photograph of the worker in the letter would help people to know whom to let in.",
    "Could reviews be offered in the evening for those who work?",
    "The signs at the day centre are too small.",
    "Why is there no list of homes with free places?",
)
