"""What a case under each shipped procedure is told: a regulation of 2009 and the Code are named where they apply."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from feedback_tui.casework.contact import contact
from feedback_tui.casework.correct import joint_handling
from feedback_tui.casework.errors import InvalidInput
from feedback_tui.casework.log import log
from feedback_tui.desk.case.explained_dates import explained
from feedback_tui.desk.case.letter_fields import LetterTo, write
from feedback_tui.desk.case.sections import case_sections
from feedback_tui.enums import Contact, Kind, Law
from feedback_tui.models.inputs.contact import ContactInput
from feedback_tui.models.inputs.early_closure import JointHandling
from feedback_tui.models.inputs.stages import NewCase, PointInput
from feedback_tui.rules.deadlines import Facts
from feedback_tui.rules.explain_dates import explain_procedure
from feedback_tui.rules.lifecycle.lifecycle import LIFE
from feedback_tui.rules.profile import load_profile, shipped_profiles
from feedback_tui.screens.steps.declared_form import declared_form
from tests.casework.cases import Casework
from tests.conftest import MakeRegister

REGULATION = re.compile(r"\breg(?:ulation)?s?\.? \d+|2009 Regulations")
CODE = re.compile(r"\bCode\b")
UNDER = [
    (key, procedure.key, version.version)
    for key in shipped_profiles()
    for procedure in load_profile(key).procedures
    for version in procedure.versions
]


@pytest.mark.parametrize(("council", "key", "version"), UNDER)
def test_a_rule_is_cited_where_it_applies(make_register: MakeRegister, council: str, key: str, version: str) -> None:
    register = make_register(council)
    procedure = register.profile.procedure(key)
    law, received = procedure.version(version).law, max(procedure.version(version).in_force_from, date(2024, 3, 4))
    case = Casework(register).log(received, key, points=(PointInput(text="Late", provider="Abbey Care"),))
    assert case.page(received).procedure_version == version
    told = [words.replace(register.profile.name, "") for words in _told(case, received)]
    cited = [words for words in told if REGULATION.search(words)]
    if law is Law.REGULATIONS_2009:
        for rule in ("reg 5", "reg 6(1A)", "reg 8", "reg 9", "reg 12", "reg 13", "reg 14"):
            assert any(rule in words for words in cited), rule
    else:
        assert cited == []
    coded = [words for words in told if CODE.search(words)]
    assert (coded != []) is (law is Law.LGSCO_CODE), coded


def _told(case: Casework, today: date) -> Iterator[str]:
    """Everything that the program says for this case: forms, page, dates, letters, and refusals."""
    profile, page = case.register.profile, case.page(today)
    for step in LIFE:
        yield from (field.help for field in declared_form(step, page, profile).fields)
    later = today + timedelta(days=400)
    for on in (today, later):
        for section in case_sections(case.page(on), on):
            yield from (words for line in section.lines for words, _ in line.words)
    for due in page.deadlines:
        yield from (line.text for line in explained(page, due, case.register.calendar, 200))
    procedure = profile.procedure(page.procedure or "")
    yield from explain_procedure(procedure, Facts(today), case.register.calendar).lines(200)
    for letter in profile.letters:
        yield write(page, profile, LetterTo(letter), today).text
    yield from _refused(case, today)


def _refused(case: Casework, today: date) -> Iterator[str]:
    """The refusals that name a rule."""
    actor = case.actor(today)
    late = NewCase(
        kind=Kind.COMPLAINT, received_on=today, procedure=case.page().procedure, happened_on=date(2022, 1, 1)
    )
    verbs: tuple[Callable[[], object], ...] = (
        lambda: contact(actor, case.reference, ContactInput(on=today, kind=Contact.HOLDING_LETTER)),
        lambda: joint_handling(actor, case.reference, JointHandling(on=today, bodies=("Abbey Care",), lead="us")),
        lambda: log(actor, late),
    )
    for verb in verbs:
        with pytest.raises(InvalidInput) as caught:
            verb()
        yield from (problem.words for problem in caught.value.problems)
