"""The letters of each stage and of each refusal, read back for what they must contain, over every shipped procedure."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from feedback_tui.casework.change_profile import use_profile
from feedback_tui.desk.case.letter_fields import LetterTo, write
from feedback_tui.enums import Outcome
from feedback_tui.models.inputs.stages import PointInput
from feedback_tui.rules.ombudsmen import Ombudsman
from feedback_tui.rules.profile import load_profile, shipped_profiles
from tests.casework.cases import Casework
from tests.conftest import MakeRegister, actor_on

UNDER = [
    (key, procedure.key, version.version)
    for key in shipped_profiles()
    for procedure in load_profile(key).procedures
    for version in procedure.versions
]
POINTS = (PointInput(text="No carer came", provider="Abbey Care"), PointInput(text="Nobody rang"))
MAIL = "Dear Sir, no carer came and nobody rang. Ring me on 01632 960 199. Bea Lee, bea@example.net"


def begun(make_register: MakeRegister, council: str, key: str, version: str, **more: object) -> tuple[Casework, date]:
    register = make_register(council)
    received = max(register.profile.procedure(key).version(version).in_force_from, date(2024, 3, 4))
    given = {"points": POINTS, "description": MAIL, "correspondent_name": "Bea Lee", **more}
    return Casework(register).log(received, key, **given), received


def text_of(case: Casework, key: str, today: date, **more: str) -> str:
    wanted = LetterTo(case.register.profile.letter(key), officer="Sam Reed", **more)  # type: ignore[arg-type]
    return write(case.page(today), case.register.profile, wanted, today).text


def tells_of(ombudsman: Ombudsman, text: str) -> bool:
    """Whether a letter names the Ombudsman, how it is reached, how long they have and from when."""
    at = ombudsman.reached
    told = (ombudsman.name, at.website, at.telephone, at.hours, f"{ombudsman.time.months} months", "first knew about")
    return all(words in text for words in told)


@pytest.mark.parametrize(("council", "key", "version"), UNDER)
def test_a_letter_of_each_stage_has_its_findings_and_its_way_on(
    make_register: MakeRegister, council: str, key: str, version: str
) -> None:
    case, received = begun(make_register, council, key, version)
    day = [received + timedelta(days=7 * n) for n in range(12)]
    usual = case.register.profile.usual_ombudsman(key, version)
    assert usual is not None
    case.acknowledge(day[0])
    case.investigate(day[1])
    case.respond(day[2], Outcome.UPHELD, Outcome.NOT_UPHELD, signed_by="Lou West")
    two = case.register.profile.procedure(key).version(version).stages == 2
    before = text_of(case, "response", day[2])
    assert "1. No carer came: upheld." in before
    assert "2. Nobody rang: not upheld." in before
    assert "we have found your complaint partly upheld" in before
    assert "Lou West" in before
    assert ("(Stage 2)" in before) is two
    assert tells_of(usual, before)
    assert MAIL[:20] not in before
    if not two:
        assert "review your complaint" in before, "the text that the Ombudsman asks for"
        assert "What we found\n[missing: the conclusions on each point]" in text_of(case, "stage-2-response", day[2])
        return
    case.request_review(day[3])
    case.acknowledge_review(day[4])
    assert "upheld" not in text_of(case, "stage-2-response", day[4]), "Stage 2 has found nothing yet"
    case.respond_review(day[5], Outcome.NOT_UPHELD, Outcome.NOT_UPHELD, signed_by="Ada Ross")
    after = text_of(case, "stage-2-response", day[5])
    assert "1. No carer came: not upheld." in after
    assert "we have found your complaint not upheld" in after
    assert "Ada Ross" in after
    assert "Lou West" not in after
    assert "(Stage 2)" not in after
    assert "review your complaint" in after
    assert tells_of(usual, after)
    assert text_of(case, "response", day[2]) == before, "the Stage 1 letter states what Stage 1 found"


@pytest.mark.parametrize(("council", "key", "version"), UNDER)
def test_a_refusal_has_its_reasons_and_the_ombudsman(
    make_register: MakeRegister, council: str, key: str, version: str
) -> None:
    case, received = begun(make_register, council, key, version)
    usual = case.register.profile.usual_ombudsman(key, version)
    assert usual is not None
    for letter in ("not-accepted", "stage-refused", "holding"):
        text = text_of(case, letter, received, reason="It was looked into before")
        assert "It was looked into before" in text
        assert tells_of(usual, text), letter
        assert "the reason" in text_of(case, letter, received), "a refusal without reasons has a gap"


@pytest.mark.parametrize(("council", "key", "version"), UNDER)
def test_an_acknowledgement_is_about_the_points_or_in_short_and_never_the_mail(
    make_register: MakeRegister, council: str, key: str, version: str
) -> None:
    case, received = begun(make_register, council, key, version, wanted="An apology", points=POINTS[:1])
    text = text_of(case, "acknowledgement", received)
    assert "to be about: No carer came" in text
    assert "what you would like to happen: An apology" in text
    unsaid = (PointInput(provider="Abbey Care"),)
    short = Casework(case.register).log(received, key, points=unsaid, description=MAIL, summary="Missed calls")
    assert "to be about: Missed calls" in text_of(short, "acknowledgement", received)
    mail = Casework(case.register).log(received, key, points=unsaid, description=MAIL)
    # The written record of an oral complaint is what they said: the one letter that repeats it (reg 13(2)).
    for letter in (each for each in case.register.profile.letters if "{record}" not in each.text):
        assert "01632 960 199" not in text_of(mail, letter.key, received), letter.key
        assert "no carer came" not in text_of(mail, letter.key, received), letter.key
    text = text_of(mail, "acknowledgement", received)
    assert "[missing: what the complaint is about]" in text
    assert "Please tell us what you would like to happen" in text


def test_points_without_words_are_gaps_beside_those_with_words(make_register: MakeRegister) -> None:
    points = (PointInput(text="No carer came"), PointInput(theme="Communication"))
    case, received = begun(make_register, "shropshire", "statutory-adult", "1", points=points)
    text = text_of(case, "acknowledgement", received)
    assert "1. No carer came\n2. [missing: what point 2 is about]" in text
    assert "Communication" not in text


def test_where_there_is_no_ombudsman_a_letter_names_what_comes_instead(make_register: MakeRegister) -> None:
    register = make_register("shropshire")
    first, second = register.profile_toml.split('law = "lgsco-code"\nstages = 2\nthen = "Ombudsman"')
    own = f'{first}law = "data-protection-2018"\nstages = 2\nthen = "Information Commissioner"{second}'
    use_profile(actor_on(register, date(2026, 4, 1)), own)
    case = Casework(register).log(date(2026, 4, 7), "corporate", adult_social_care=False, correspondent_name="Bea Lee")
    for key in ("not-accepted", "stage-refused", "holding", "representative-refused", "stage-2-response"):
        text = text_of(case, key, date(2026, 4, 8))
        assert "the Information Commissioner" in text, key
        assert "Ombudsman" not in text, key
