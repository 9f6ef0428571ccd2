"""Text for complaints, compliments and questions of the demo, combined from many sentences so that no two are the
same."""

from __future__ import annotations

from random import Random
from typing import Final

from feedback_tui.exchange.demo.topics import ABOUT_ANOTHER, EVENTS, topic_of

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS: Final = ("7 am", "half past eight", "10.15", "noon", "3 pm", "twenty to six", "9 pm", "11 at night")
NUMBERS: Final = ("2", "3", "4", "5", "6", "7", "8", "9")

Person = tuple[str, str, str, str]
"""How a text refers to a person: my mother, she, her, her."""

SELF: Final[tuple[Person, ...]] = (("I", "I", "me", "my"),)
FAMILY: Final[tuple[Person, ...]] = (
    ("my mother", "she", "her", "her"), ("my father", "he", "him", "his"), ("Mum", "she", "her", "her"),
    ("Dad", "he", "him", "his"), ("my wife", "she", "her", "her"), ("my husband", "he", "him", "his"),
    ("my brother", "he", "him", "his"), ("my sister", "she", "her", "her"), ("my aunt", "she", "her", "her"),
    ("my uncle", "he", "him", "his"), ("my nan", "she", "her", "her"), ("my son", "he", "him", "his"),
    ("my daughter", "she", "her", "her"), ("my father-in-law", "he", "him", "his"),
)  # fmt: skip
OTHERS: Final[tuple[Person, ...]] = (
    ("my client", "she", "her", "her"), ("my client", "he", "him", "his"), ("Mrs A", "she", "her", "her"),
    ("Mr B", "he", "him", "his"), ("the customer", "she", "her", "her"), ("the customer", "he", "him", "his"),
    ("my neighbour", "she", "her", "her"), ("my friend", "he", "him", "his"),
)  # fmt: skip

OPENINGS: Final = (
    "I want to make a formal complaint about the way {who_obj} was treated",
    "I am writing because I do not know what else to do",
    "This is not an easy letter to write",
    "I have tried to sort this out by telephone and it has come to this",
    "Please treat this as a complaint",
    "I was advised by the Citizens Advice to put this in writing",
    "We have always been patient with the service, until now",
    "I complained about the same thing last year and was told that it would not happen again",
    "I hope that you can help, as nobody else seems to be able to",
    "I should like somebody who was not involved to look at this",
)
CONTACTS: Final = (
    "I rang {n} times between {month} and now and was passed from one team to another",
    "I wrote on {day} and again a week later, without an answer",
    "The duty worker was kind but said that it was not theirs to decide",
    "When I asked for a manager I was told that there was none in the building",
    "The number on your letter goes to a recorded message after {hour}",
    "I was told to fill in the form on the website, which lost what I wrote {n} times",
    "I have a note of each call, with dates and names, and can send it",
    "Somebody apologised on {day}, and then the same thing happened again",
)
EFFECTS: Final = (
    "It has made {obj} ill with worry",
    "I have had to take {n} days off work because of it",
    "The whole family has been affected and we do not sleep",
    "{Sub} was in tears when I left",
    "{Sub} lost what was left of {poss} confidence",
    "We have paid for private care out of savings that are nearly gone",
    "I am 78 myself and cannot go on like this",
    "It cost us £{n}00 that we do not have",
    "We no longer trust what we are told",
    "It could have ended very badly",
    "I do not blame the carers, who do their best with no time",
)
WISHES: Final = (
    "I want an apology and I want to know what will change",
    "Please put the care back as it was",
    "I should like the decision looked at again by someone else",
    "I want the charges for {month} taken off",
    "All we ask is one named person who rings back",
    "I want an answer in writing, in plain English",
    "I do not want money, I want this not to happen to the next family",
    "Please tell me by {day} what you are going to do",
    "If this is not put right I shall go to the Ombudsman",
    "I want a meeting with the manager and the care provider together",
)
THANKS: Final = (
    "Thank you for everything you did for {who_obj}",
    "You explained it all so clearly that for the first time we knew where we stood",
    "Nothing was too much trouble, and you always rang when you said that you would",
    "{Who} was dreading the visit and had a lovely afternoon",
    "You listened, and that made all the difference",
    "Because of your plan {sub} was able to stay at home, where {sub} wanted to be",
    "You kept us going through the hardest weeks we have had",
    "Your patience with my many questions was more than I could have asked for",
    "The new bathroom has given {obj} back {poss} dignity",
    "I wanted your manager to know how lucky they are to have you",
    "The carers were like family by the end",
    "In thirty years in the health service I have not seen a better joint visit",
    "We could not have got through this without you all",
    "You saw the person and not the file",
    "With our best wishes, and a cake to follow",
)
_TOPICS: Final = tuple(topic for topic in EVENTS if topic not in ABOUT_ANOTHER)
_DIARY: Final = EVENTS["communication"] + EVENTS["assessment"] + EVENTS["home care"]

QUESTIONS: Final = (
    "Could the leaflet about charges be sent with the first letter and not the last one",
    "It would help if the duty line said how long the wait is",
    "Is there a reason why the forms cannot be filled in a bit at a time",
    "I suggest a photograph of the worker in the letter, so that people know whom to let in",
    "The signs at the day centre are too small to read from a wheelchair",
    "Why are reviews always offered in the morning, when the carers are here",
    "A list of care homes with vacancies on the website would save a lot of telephone calls",
    "Could letters come in Welsh and Polish too",
)
ENQUIRIES: Final = (
    "My constituent has contacted me about {who_obj} and I should be grateful for an update",
    "I have been approached at my surgery about the following matter",
    "Could you please look into this for a resident of my ward",
    "I enclose a letter from my constituent and ask for your comments",
    "I understand that the family has been waiting since {month}",
    "Would you let me know what the position is, so that I can reply to them",
)
CONCERNS: Final = (
    "Rang to say that the visit on {day} was late; happy once the agency had rung to explain",
    "Asked why the letter had gone to the old address; it was put right while on the telephone",
    "Upset about the wait for the equipment; a delivery date was given the same day and accepted",
    "Came to reception about an invoice; it was explained and the caller was satisfied",
    "Worried that no one had rung back; the worker rang within the hour",
)


def complaint(rng: Random, theme: str, people: tuple[Person, ...] = FAMILY) -> str:
    """Returns a complaint about `theme`, from one sentence to two pages, about one of `people`."""
    events = EVENTS[topic_of(theme)]
    roll = rng.random()
    if roll < 0.3:
        parts = [rng.choice(events), rng.choice(WISHES if roll < 0.12 else EFFECTS)]
        if roll > 0.24:
            parts.pop()
    elif roll < 0.86:
        # Usually what happened comes first, because lists of cases show the first words.
        happened = rng.sample(events, 2)
        parts = [happened[0], rng.choice(OPENINGS), happened[1], rng.choice(CONTACTS), rng.choice(EFFECTS)]
        if roll < 0.4:
            parts[0], parts[1] = parts[1], parts[0]
        if roll < 0.6:
            parts.append(rng.choice(WISHES))
    else:
        others = EVENTS[rng.choice(_TOPICS)]
        parts = [
            rng.choice(OPENINGS), *rng.sample(events, min(5, len(events))), *rng.sample(CONTACTS, 3),
            "\n\n" + rng.choice(EFFECTS), *rng.sample(others, 3), *rng.sample(EFFECTS, 2), "\n\n" + rng.choice(WISHES),
        ]  # fmt: skip
        if roll > 0.97:
            parts += ["\n\nThis is what happened, as I wrote it down at the time", *rng.sample(_DIARY, 12)]
    return _filled(rng, parts, people)


def thanks(rng: Random) -> str:
    """Returns the text of a compliment."""
    return _filled(rng, rng.sample(THANKS, rng.choice((1, 1, 2, 3))), FAMILY)


def comment(rng: Random) -> str:
    """Returns a suggestion or a question."""
    return f"{rng.choice(QUESTIONS)}."


def enquiry(rng: Random, theme: str) -> str:
    """Returns a letter from an MP or a councillor for a constituent."""
    events = rng.sample(EVENTS[topic_of(theme)], rng.choice((1, 1, 2)))
    return _filled(rng, [rng.choice(ENQUIRIES[:4]), *events, rng.choice(ENQUIRIES[4:])], OTHERS[2:6])


def concern(rng: Random) -> str:
    """Returns a note of a concern that was settled on the spot."""
    return _filled(rng, [rng.choice(CONCERNS)], FAMILY)


def _filled(rng: Random, parts: list[str], people: tuple[Person, ...]) -> str:
    who, sub, obj, poss = rng.choice(people)
    names = {
        "who": who,
        "who_obj": obj if who == "I" else who,
        "Who": who[0].upper() + who[1:],
        "sub": sub,
        "Sub": sub[0].upper() + sub[1:],
        "obj": obj,
        "poss": poss,
        "Poss": poss[0].upper() + poss[1:],
    }
    sentences = []
    for part in parts:
        if "{" in part:
            drawn = rng.getrandbits(16)
            part = part.format(
                n=NUMBERS[drawn & 7],
                hour=HOURS[drawn >> 3 & 7],
                day=DAYS[(drawn >> 6) % 7],
                month=MONTHS[(drawn >> 9) % 12],
                **names,
            )
        sentences.append(part)
    return (". ".join(sentences) + ".").replace(". \n", ".\n")
