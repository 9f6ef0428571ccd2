"""A council's profile: what is read from it, and how a wrong one is refused: the line, and what would be right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_tui.enums import Kind, Unit
from feedback_tui.rules.procedures import Profile, UnknownProcedure
from feedback_tui.rules.profile import BadProfile, load_profile, profile_text, read_profile, shipped_profiles

GOOD = """\
key = "westshire"
name = "Westshire Council"
source = "its report"
response_bands = [20, 30]
headline = ["group:statutory", "kind:enquiry"]

[usual]
procedure = "statutory"

[vocabulary]
teams = ["North", "South"]

[vocabulary.categories]
"Charges" = ["incorrect charge"]

[closures]
2026-12-24 = "offices closed"

[[procedure]]
key = "statutory"
name = "Statutory complaint"
group = "statutory"
regulations_2009 = true

[[procedure.version]]
version = "1"
in_force_from = 2009-04-01
then = "Ombudsman"
limit = [
    { deadline = "acknowledgement", from = "receipt", count = 3, source = "reg 13" },
    { deadline = "stage_1_target", from = "receipt", count = 20, source = "report" },
    { deadline = "stage_1_limit", from = "receipt", count = 30, source = "report" },
]
extension = [
    { stage = 1, at_most = 10, beyond = "agreement", tell = "why" },
]

[[procedure]]
key = "corporate"
name = "Corporate complaint"
group = "corporate"

[[procedure.version]]
version = "1"
in_force_from = 2009-04-01
stages = 2
then = "Ombudsman"
limit = [
    { deadline = "acknowledgement", from = "receipt", count = 5, source = "report" },
    { deadline = "stage_2_limit", from = "review request", not_stated = true, source = "report" },
]

[[procedure.version]]
version = "2"
in_force_from = 2026-04-01
then = "Ombudsman"
limit = [{ deadline = "acknowledgement", from = "receipt", count = 5, source = "report" }]
"""
ACK = '    { deadline = "acknowledgement", from = "receipt", count = 3, source = "reg 13" },'
TARGET = '    { deadline = "stage_1_target", from = "receipt", count = 20, source = "report" },'


def problems(text: str) -> list[str]:
    """The problems of a profile, each with its line."""
    with pytest.raises(BadProfile) as refused:
        read_profile(text)
    return [str(problem) for problem in refused.value.problems]


def changed(old: str, new: str) -> str:
    """The good profile with one thing in it changed, where it stands first."""
    assert old in GOOD
    return GOOD.replace(old, new, 1)


@pytest.mark.parametrize("key", shipped_profiles())
def test_the_shipped_profiles_are_read(key: str) -> None:
    found = load_profile(key)
    assert found.key == key
    assert found == read_profile(profile_text(key.upper()))
    for procedure in found.procedures:
        for version in procedure.versions:
            assert all(limit.source for limit in version.limits)


def test_a_profile_of_a_council_s_own(tmp_path: Path) -> None:
    file = tmp_path / "Westshire.TOML"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    found = load_profile(str(file))
    assert found.closures == {date(2026, 12, 24): "offices closed"}
    assert found.procedure(" Corporate ").version("2").in_force_from == date(2026, 4, 1)
    assert found.usual.kind is Kind.COMPLAINT
    assert found.procedures[0].versions[0].limits[0].unit is Unit.WORKING_DAYS


def test_a_procedure_or_version_that_is_not_there() -> None:
    with pytest.raises(UnknownProcedure, match="“formal” is not a procedure of Westshire Council: use statutory, corp"):
        read_profile(GOOD).procedure("formal")
    with pytest.raises(LookupError, match="procedure statutory has no version 9"):
        read_profile(GOOD).procedure("statutory").version("9")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # A key that is missing, misspelt, or of the wrong type.
        ('source = "its report"\n', "", "line 1: source is missing"),
        ('name = "Statutory complaint"\n', "", "line 19: name is missing"),
        ('then = "Ombudsman"\n', "", "line 25: then is missing"),
        (ACK, ACK.replace(', source = "reg 13"', ""), "line 30: source is missing"),
        (ACK, ACK.replace("from", "form"), "line 30: from is missing"),
        ('name = "W', 'nmae = "W', "line 2: nmae is not known here: is it misspelt? Known are key, name, source,"),
        ("procedure = ", "procedur = ", "line 8: procedur is not known here: is it misspelt? Known are kind, chann"),
        ("at_most", "atmost", "line 35: atmost is not known here: is it misspelt? Known are stage, at_most, unit,"),
        ('key = "westshire"', "key = 7", "line 1: key: write words in quotation marks: “7”"),
        ('key = "westshire"', 'key = " "', "line 1: key: write at least one letter between the quotation marks"),
        ('"Westshire Council"', f'"{"x" * 121}"', "line 2: name: 121 characters are too many: write at most 120"),
        ("[20, 30]", '"20"', 'line 4: response_bands: write a list in brackets: ["…", "…"]'),
        ("[20, 30]", '[20, "30"]', "line 4: response_bands, number 2: write a whole number from 0 to 1000"),
        ('teams = ["North", "South"]', "teams = 3", "line 11: teams: write a list in brackets"),
        ('"South"', "true", "line 11: teams, number 2: write words in quotation marks: “True”"),
        ('[usual]\nprocedure = "statutory"', 'usual = "statutory"', "line 7: usual: write a table of keys and values"),
        ('["incorrect charge"]', '"incorrect charge"', "line 14: Charges: write a list in brackets"),
        ("regulations_2009 = true", 'regulations_2009 = "yes"', "line 23: regulations_2009: write true or false"),
        ('version = "1"', "version = 1", "line 26: version: write words in quotation marks: “1”"),
        # Numbers.
        ("count = 3", 'count = "three"', "line 30: count: write a whole number from 0 to 1000"),
        ("count = 3", 'count = "3"', "line 30: count: write a whole number from 0 to 1000"),
        ("count = 3", "count = -1", "line 30: count: write a whole number from 0 to 1000"),
        ("count = 3", "count = 2.5", "line 30: count: write a whole number from 0 to 1000"),
        ("count = 3", "count = true", "line 30: count: write a whole number from 0 to 1000"),
        ("count = 3", "count = 99999999999999999999", "line 30: count: write a whole number from 0 to 1000"),
        ("at_most = 10", "at_most = 0", "line 35: at_most: write a whole number from 1 to 1000"),
        ("stages = 2", "stages = 3", "line 46: stages: write a whole number from 1 to 2"),
        ("stages = 2", "stages = true", "line 46: stages: write a whole number from 1 to 2"),
        # Dates.
        ("2009-04-01", '"April 2009"', "line 27: in_force_from: “April 2009” is not a date: write YYYY-MM-DD or"),
        ("2009-04-01", "0", "line 27: in_force_from: “0” is not a date: write YYYY-MM-DD or DD/MM/YYYY"),
        ("2009-04-01", "2009-04-01T09:00:00", "line 27: in_force_from: “2009-04-01 09:00:00” is not a date"),
        ("2026-12-24", '"2026-12-32"', "line 17: 2026-12-32: “2026-12-32” is not a date: December 2026 has 31 days"),
        # Words that are not in the list: the list is shown, and nothing in it that would be refused.
        (
            '"stage_1_target"',
            '"stage_3_target"',
            "line 31: deadline: “stage_3_target” is not known here: write acknowledgement, draft, stage_1_target, "
            "stage_1_limit, stage_2_acknowledgement, stage_2_target, stage_2_limit or ombudsman_reply",
        ),
        ('"stage_1_target"', '"statutory_limit"', "line 31: deadline: “statutory_limit” is not known here: write ack"),
        (
            'from = "receipt", count = 20',
            'from = "recieved", count = 20',
            "line 31: from: “recieved” is not known here: write receipt, acknowledgement, consent, review request, "
            "review acknowledgement or ombudsman enquiry",
        ),
        ("count = 20", 'count = 20, unit = "weeks"', "“weeks” is not known here: write working days, calendar days or"),
        ("count = 20", 'count = 20, unit = "fixed"', "“fixed” is not known here: write working days, calendar days or"),
        ("count = 20", "count = 20, unit = 5", "line 31: unit: write working days, calendar days or months"),
        ('"agreement"', '"consent"', "line 35: beyond: “consent” is not known here: write agreement or good reason"),
        ('procedure = "s', 'kind = "grumble"\nprocedure = "s', "line 8: kind: “grumble” is not known here: write comp"),
        # What the register separates words with.
        ('"South"', '"South; West"', "line 11: teams, number 2: “;” and “ > ” cannot stand in a name"),
        ('"Charges"', '"Charges > care"', "“;” and “ > ” cannot stand in a name"),
        ('"South"', '"NORTH"', "line 11: teams, number 2: “north” stands twice: capitals make no difference"),
        # What does not fit together.
        ("count = 3,", "", "line 30: limit, number 1: give either a count, or not_stated = true"),
        ("count = 20", "count = 20, not_stated = true", "line 31: limit, number 2: give either a count, or not_stated"),
        ("count = 20", 'count = 0, unit = "months"', "line 31: count: a limit in months is at least 1"),
        (TARGET, ACK, "line 31: deadline: acknowledgement stands twice: write one limit for each deadline"),
        (ACK, "", "line 29: limit: a limit for the acknowledgement is needed"),
        (ACK, "    3,", "line 30: limit, number 1: write a table of keys and values"),
        ("count = 20", "count = 31", "line 31: count: stage_1_target is later than stage_1_limit"),
        ('"receipt", count = 20', '"review request", count = 20', "line 31: from: stage_1_target is counted from r"),
        ('"stage_1_target"', '"stage_2_target"', "line 31: from: stage_2_target is counted from review request or"),
        ("stages = 2\n", "", "line 49: deadline: stage_2_limit needs stages = 2"),
        ("stage = 1,", "stage = 2,", "line 35: stage: an extension of stage 2 needs stages = 2"),
        ('tell = "why" },', 'tell = "why" },\n{ stage = 1 }', "line 36: stage: stage 1 stands twice: write one"),
        ("in_force_from = 2026-04-01", "in_force_from = 2009-04-01", "line 55: in_force_from: version 2 came into"),
        ('version = "2"', 'version = "1"', "line 54: version: there are two versions 1"),
        ('key = "corporate"', 'key = "Statutory"', "line 39: key: there are two procedures Statutory: each has a key"),
        ('procedure = "statutory"', 'procedure = "formal"', "line 8: procedure: there is no procedure formal: writ"),
        ("[20, 30]", "[30, 20]", "line 4: response_bands: write rising numbers of working days: [20, 30]"),
        ("kind:enquiry", "kind:moan", "line 5: headline, number 2: “kind:moan” cannot be counted: write group:stat"),
        ("response_bands", 'reference = "A{number}"\nresponse_bands', "line 4: reference: write {year} and {number"),
        ("response_bands", 'reference = "{year}{number:>9999999}"\nresponse_bands', "line 4: reference: write {yea"),
        # The law.
        ("count = 3", "count = 4", "line 30: count: under the 2009 Regulations a complaint is acknowledged within"),
        ("count = 3", 'count = 3, unit = "months"', "line 30: count: under the 2009 Regulations a complaint is ack"),
        ("count = 3", "not_stated = true", "line 30: count: under the 2009 Regulations a complaint is acknowledged"),
        ('then = "Ombudsman"', 'stages = 2\nthen = "O"', "line 28: stages: a complaint under the 2009 Regulations"),
        ("regulations_2009 = true", "regulations_2009 = true\nadult_social_care = false", "line 24: adult_social_care"),
    ],
)
def test_one_thing_wrong_is_refused_with_its_line_and_what_would_be_right(old: str, new: str, expected: str) -> None:
    found = problems(changed(old, new))
    assert any(expected in problem for problem in found), found
    # A misspelt key is missing as well; nothing else is told beside what is wrong.
    assert len([problem for problem in found if "is missing" not in problem]) <= 1, found


def test_every_problem_is_told_at_once_in_the_order_of_the_lines() -> None:
    text = changed("count = 3", 'count = "x"').replace('then = "Ombudsman"', "then = 1").replace('"South"', '"a;b"')
    found = problems(text)
    assert [problem.split(":")[0] for problem in found] == ["line 11", "line 28", "line 30", "line 47", "line 56"]


def test_what_only_follows_from_something_further_in_is_left_out() -> None:
    """A wrong value inside made every list around it “too short” as well."""
    text = GOOD.partition('[[procedure]]\nkey = "corporate"')[0].replace("count = 3,", "count = [],")
    assert problems(text) == ["line 30: count: write a whole number from 0 to 1000"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "it is empty: start from what “profile show shropshire --toml” prints"),
        (" \n\n", "it is empty: start from what “profile show shropshire --toml” prints"),
        ("key", "line 1: not TOML: expected '=' after a key in a key/value pair"),
        ("[usual]\nprocedure = statutory", "line 2: not TOML: invalid value"),
        ('name = "x\n', "line 1: not TOML: illegal character '\\n'"),
        ("a = 1\na = 2", "line 2: not TOML: cannot overwrite a value"),
        ("# only words\n", "line 1: key is missing"),
        ("a = " + "[" * 4000, "not a profile: it is nested too deeply"),
        ("a = " + "1" * 5000, "not a profile: a number in it is far too long"),
        ("key = '''", "line 1: not TOML: expected"),
        ("\x00", "line 1: not TOML: invalid statement"),
        ("procedure = []", "line 1: procedure: at least one is needed"),
        ("procedure = 3", "line 1: procedure: write a list in brackets"),
        ("[[procedure]]", "line 1: version is missing"),
    ],
)
def test_what_is_no_profile_at_all(text: str, expected: str) -> None:
    assert any(problem.startswith(expected) for problem in problems(text)), problems(text)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("binary.toml", b"\n\n\x89PNG\r\n\xff\xfe", "line 3: it is not text in UTF-8: save it as UTF-8, or choose"),
        ("cp1252.toml", 'name = "Ynys Môn"'.encode("cp1252"), "line 1: it is not text in UTF-8"),
        ("utf16.toml", GOOD.encode("utf-16"), "line 1: it is not text in UTF-8"),
        ("huge.toml", b"#" * 1_000_001, "it is larger than 1,000,000 bytes: is it a profile?"),
        ("empty.toml", b"", "it is empty"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(BadProfile) as refused:
        load_profile(str(file))
    assert str(refused.value).startswith(f"The profile {file} cannot be used:\n  {expected}")


def test_a_file_that_is_not_there_or_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(BadProfile, match="there is no such file"):
        load_profile(str(tmp_path / "none.toml"))
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(BadProfile, match="it cannot be read: is a directory"):
        load_profile(str(tmp_path / "folder.toml"))
    with pytest.raises(BadProfile, match=r"no such profile: use .* or wigan, or a file that ends in \.toml"):
        load_profile("westshire")


def test_a_refusal_acts_on_nothing() -> None:
    found = problems(changed('source = "its report"', '"\\u001b]0;owned\\u0007" = 1') + '\n[x."\\u202e"]\n')
    assert not any("\x1b" in problem or "\u202e" in problem for problem in found)
    with pytest.raises(BadProfile, match="The profile ␛x cannot be used"):
        load_profile("\x1bx")


def test_control_characters_in_a_name_are_made_visible() -> None:
    assert read_profile(changed('"South"', '"So\\u001buth"')).vocabulary.teams == ("North", "So␛uth")


@given(
    st.integers(0, GOOD.count("\n") - 1),
    st.sampled_from(["", "x = 1", "[", "]", "{", "= 3", '"', "[[procedure]]", "key"]),
)
def test_whatever_line_is_spoilt_the_profile_is_read_or_refused_in_plain_words(number: int, line: str) -> None:
    rows = GOOD.split("\n")
    rows[number] = line
    _read_or_refuse("\n".join(rows))


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 60))
def test_whatever_is_cut_out_the_profile_is_read_or_refused_in_plain_words(start: int, length: int) -> None:
    _read_or_refuse(GOOD[:start] + GOOD[start + length :])


def _read_or_refuse(text: str) -> None:
    try:
        found: Profile | list[str] = read_profile(text)
    except BadProfile as refused:
        found = [problem.words for problem in refused.problems]
        lines = [problem.line for problem in refused.problems]
        assert all(0 <= line <= text.count("\n") + 2 for line in lines)
        assert lines == sorted(lines)
    if isinstance(found, list):
        assert found
        assert not any("Input should" in words or "pydantic" in words for words in found)
