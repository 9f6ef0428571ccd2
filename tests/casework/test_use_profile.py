"""A changed profile in an existing register: what changes is shown, and no case loses the version it began under."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from feedback_tui.casework.change_profile import ProfileUsed, use_profile
from feedback_tui.enums import DeadlineKind, DeadlineState
from feedback_tui.rules.profile import BadProfile, profile_text
from feedback_tui.storage.audit.check import check
from feedback_tui.storage.register import Register, open_register
from tests.casework.cases import AIM, Casework, everything, refused
from tests.conftest import actor_on

D, K = date, DeadlineKind
TODAY = D(2024, 4, 22)
WRITTEN = profile_text("shropshire")
NEW_VERSION = """
[[procedure.version]]
version = "2"
in_force_from = 2024-04-15
then = "Ombudsman"
limit = [
    { deadline = "acknowledgement", from = "receipt", count = 2, source = "Cabinet, 1 April 2024" },
    { deadline = "stage_1_target", from = "receipt", count = 20, source = "Cabinet, 1 April 2024" },
]
"""


def changed(*replaced: tuple[str, str]) -> str:
    written = WRITTEN
    for old, new in replaced:
        assert old in written
        written = written.replace(old, new, 1)
    return written


def with_version_2() -> str:
    """The first procedure, statutory-adult, with a second version."""
    first, second = (part for part in WRITTEN.split('[[procedure]]\nkey = "statutory-provider"'))
    return f'{first}{NEW_VERSION}\n[[procedure]]\nkey = "statutory-provider"{second}'


def use(register: Register, written: str, *, rehearsing: bool = False) -> ProfileUsed:
    return use_profile(replace(actor_on(register, TODAY), rehearsing=rehearsing), written, "own.toml")


def test_a_case_keeps_its_version_and_new_ones_follow_the_new(shropshire: Register) -> None:
    case = Casework(shropshire).log()
    other = open_register(shropshire.where)
    assert other.profile.procedure("statutory-adult").version_on(TODAY).version == "1"
    before = everything(shropshire)
    foreseen = use(shropshire, with_version_2(), rehearsing=True)
    assert everything(shropshire) == before
    assert use(shropshire, with_version_2()) == foreseen
    assert foreseen.changes == ("statutory-adult: version 2, in force from Mon 15 April 2024",)
    assert (case.page().procedure_version, case.dates()[K.STAGE_1_TARGET][2]) == ("1", AIM)
    case.acknowledge(D(2024, 4, 22))
    assert case.dates()[K.STAGE_1_TARGET][2] == AIM
    # Another officer's program works with it at once.
    new = Casework(other).log(TODAY)
    assert (new.page().procedure_version, new.dates()[K.STAGE_1_TARGET][2]) == ("2", D(2024, 5, 21))
    old = Casework(other).log(D(2024, 4, 12))
    assert old.page().procedure_version == "1"
    assert other.profile_toml == shropshire.profile_toml == with_version_2()
    assert check(shropshire).sound
    assert use(shropshire, with_version_2()).changes == ()
    other.close()


@pytest.mark.parametrize(
    ("replaced", "why"),
    [
        (
            ('from = "receipt", count = 25', 'from = "receipt", count = 20'),
            "cases run under version 1 of statutory-adult, and it changes (Response (aim): 25 working days from "
            "receipt → 20 working days from receipt): leave it as it was, and give what is new a version of its own",
        ),
        (('version = "1"', 'version = "2009"'), "run under version 1 of statutory-adult, and it is gone: keep it"),
        (('key = "statutory-adult"', 'key = "adult"'), "cases run under statutory-adult, and it is gone: keep it"),
        (("regulations_2009 = true", "regulations_2009 = false"), "it changes (not under the 2009 Regulations)"),
    ],
)
def test_what_cases_run_under_must_stay(shropshire: Register, replaced: tuple[str, str], why: str) -> None:
    more = [('procedure = "statutory-adult"', 'procedure = "adult"')] if "key = " in replaced[0] else []
    Casework(shropshire).log().withdraw(D(2024, 3, 5))
    with refused(shropshire, why):
        use(shropshire, changed(replaced, *more))
    # Where no case runs under it, it may go.
    assert any("statutory-provider" in words for words in use(shropshire, without_provider()).changes)


def without_provider() -> str:
    first, rest = WRITTEN.split('[[procedure]]\nkey = "statutory-provider"')
    return first + "[[procedure]]" + rest.split("[[procedure]]", 1)[1]


def test_a_closure_day_comes_with_the_profile_and_moves_what_is_open(shropshire: Register) -> None:
    case = Casework(shropshire).log(TODAY)
    done = use(shropshire, WRITTEN + '\n[closures]\n2024-04-24 = "Offices closed"\n')
    assert done.changes == ("Closure day added: Wed 24 April 2024, Offices closed",)
    assert done.days_off is not None
    assert [row.kind for row in done.days_off.moved] == [K.STAGE_1_TARGET, K.STAGE_1_LIMIT]
    assert [row.kind for row in done.days_off.stays] == [K.ACKNOWLEDGEMENT]
    assert case.dates()[K.ACKNOWLEDGEMENT] == (DeadlineState.OPEN, D(2024, 4, 25), D(2024, 4, 25))
    assert shropshire.calendar.why_off(D(2024, 4, 24)) == "Offices closed"
    assert check(shropshire).sound


def test_a_wrong_profile_changes_nothing(shropshire: Register) -> None:
    before = everything(shropshire)
    with pytest.raises(BadProfile, match=r"own\.toml cannot be used:\n  line "):
        use(shropshire, changed(("stages = 2", "stages = 3")))
    assert everything(shropshire) == before


def test_words_and_sources_may_change_at_any_time(shropshire: Register) -> None:
    Casework(shropshire).log()
    done = use(
        shropshire,
        changed(
            ("section 2, Stage 1: aim", "section 2, page 7: aim"),
            ('key = "shropshire"', 'key = "salop"'),
            ("response_bands = [", "response_bands = [5, "),
        ),
    )
    assert "statutory-adult, version 1: sources and words" in done.changes
    assert "Key: shropshire → salop" in done.changes
    assert any(words.startswith("Response-time bands: ") for words in done.changes)
