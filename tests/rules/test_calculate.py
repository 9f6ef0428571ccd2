"""The commands that need no register: days, explain, profile check, profile show."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from feedback_tui.cli.main import run
from feedback_tui.rules.profile import load_profile, profile_text, shipped_profiles
from feedback_tui.rules.profile_description import profile_lines

Output = pytest.CaptureFixture[str]


def ran(output: Output, *arguments: str) -> tuple[int, str, str]:
    """The exit code of a command, and what it printed on standard output and standard error."""
    code = run(list(arguments))
    printed = output.readouterr()
    return code, printed.out, printed.err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("2026-04-02", "--add", "3"), {"date": "2026-04-09"}),
        (("02/04/2026", "--add", "3"), {"date": "2026-04-09"}),
        (("2026-04-09", "--add", "-3"), {"date": "2026-04-02"}),
        (("2026-04-09", "--add=-3"), {"date": "2026-04-02"}),
        (("2026-04-09", "--add", "−3"), {"date": "2026-04-02"}),
        (("2026-04-04", "--add", "0"), {"date": "2026-04-04"}),
        (("2022-09-14", "--add", "3"), {"date": "2022-09-20"}),
        (("2026-04-02", "2026-04-13"), {"working_days": 5}),
        (("2026-04-13", "2026-04-02"), {"working_days": -5}),
        (("2026-04-02", "02/04/2026"), {"working_days": 0}),
    ],
)
def test_days_as_json(capsys: Output, arguments: tuple[str, ...], expected: dict[str, object]) -> None:
    code, out, err = ran(capsys, "days", *arguments, "--format", "json")
    assert (code, json.loads(out), err) == (0, expected, "")


def test_days_in_words(capsys: Output) -> None:
    assert ran(capsys, "days", "2026-04-02", "--add", "3") == (
        0,
        "2026-04-09, Thu 9 April 2026: 3 working days after Thu 2 April 2026.\n"
        "  not counted: Fri 3 April 2026, Good Friday\n"
        "  not counted: Mon 6 April 2026, Easter Monday\n",
        "",
    )
    assert ran(capsys, "days", "2026-04-08", "--add", "-1")[1] == (
        "2026-04-07, Tue 7 April 2026: 1 working day before Wed 8 April 2026.\n"
    )
    assert ran(capsys, "days", "2026-04-08", "2026-04-09")[1] == (
        "1 working day after Wed 8 April 2026, up to and with Thu 9 April 2026.\n"
    )
    assert ran(capsys, "days", "2026-04-09", "2026-04-07")[1] == (
        "-2 working days: from Thu 9 April 2026 back to Tue 7 April 2026.\n"
    )


def test_days_with_a_council_s_closures(capsys: Output, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(profile_text("wigan").replace("[usual]", '[closures]\n2026-12-24 = "closed"\n\n[usual]', 1), "utf-8")
    counted = ("days", "2026-12-23", "--add", "1", "--profile", str(own))
    code, out, _ = ran(capsys, *counted)
    assert (code, out.splitlines()[0][:10]) == (0, "2026-12-24")
    assert "  counted: Thu 24 December 2026, closed (a closure day: --with-closures leaves it out)" in out.splitlines()
    code, out, _ = ran(capsys, *counted, "--with-closures")
    assert (code, out.splitlines()[0][:10]) == (0, "2026-12-29")
    assert "  not counted: Thu 24 December 2026, closed" in out.splitlines()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("2026-4-2", "--add", "3"), 2, "“2026-4-2” is not a date: write YYYY-MM-DD or DD/MM/YYYY"),
        (("30/02/2026", "--add", "3"), 2, "February 2026 has 28 days"),
        (("2026-04-02", "soon"), 2, "“soon” is not a date"),
        (("2026-04-02",), 2, "give either a second date, or --add N."),
        (("2026-04-02", "2026-04-03", "--add", "1"), 2, "give either a second date, or --add N."),
        (("2026-04-02", "--add", "three"), 2, "“three” is not a whole number."),
        (("--add", "3"), 2, "DATE"),
        (("1999-04-02", "--add", "3"), 1, "1999-04-02 is outside the years 2000 to 2060"),
        (("2060-04-02", "--add", "300"), 1, "is outside the years 2000 to 2060"),
        (("2026-04-02", "--add", "3", "--profile", "none"), 1, "there is no such profile"),
    ],
)
def test_days_refuses_what_it_cannot_count_without_a_traceback(
    capsys: Output, arguments: tuple[str, ...], code: int, words: str
) -> None:
    found, out, err = ran(capsys, "days", *arguments)
    assert (found, out) == (code, "")
    assert words in err
    assert "Traceback" not in err


def test_past_the_announced_holidays_both_commands_say_so_beside_the_data(capsys: Output) -> None:
    code, out, err = ran(capsys, "days", "2029-01-02", "--add", "1", "--format", "json")
    assert (code, json.loads(out)) == (0, {"date": "2029-01-03"})
    assert "announced up to Sun 31 December 2028" in err
    arguments = ("--procedure", "informal", "--profile", "wigan", "--received", "2029-01-02")
    code, out, err = ran(capsys, "explain", *arguments, "--format", "json")
    assert json.loads(out)["deadlines"][0]["due_on"] == "2029-01-05"
    assert "announced up to Sun 31 December 2028" in err
    assert "announced up to Sun 31 December 2028" in ran(capsys, "explain", *arguments)[1]


CORPORATE = ("explain", "--profile", "shropshire", "--procedure", "corporate", "--received", "2026-04-02")


def dates(output: Output, *arguments: str) -> dict[str, str | None]:
    """The dates that ``explain`` gives."""
    code, out, _ = ran(output, *arguments, "--format", "json")
    assert code == 0
    return {one["deadline"]: one["due_on"] for one in json.loads(out)["deadlines"]}


def test_explain_knows_more_with_each_date(capsys: Output) -> None:
    expected: dict[str, str | None] = {
        "acknowledgement": "2026-04-13",
        "stage_1_limit": None,
        "stage_2_acknowledgement": None,
        "stage_2_limit": None,
        "ombudsman_reply": None,
    }
    given: tuple[str, ...] = CORPORATE
    assert dates(capsys, *given) == expected
    for option, day, kind, due in (
        ("--acknowledged", "2026-04-07", "stage_1_limit", "2026-04-21"),
        ("--review-requested", "01/05/2026", "stage_2_acknowledgement", "2026-05-11"),
        ("--review-acknowledged", "2026-05-06", "stage_2_limit", "2026-06-04"),
        ("--enquiry", "2026-07-06", "ombudsman_reply", "2026-08-03"),
    ):
        given = (*given, option, day)
        expected[kind] = due
        assert dates(capsys, *given) == expected


def test_explain_as_json_has_just_these_keys(capsys: Output) -> None:
    found = json.loads(ran(capsys, *CORPORATE, "--format", "json")[1])
    assert list(found) == ["procedure", "version", "received_on", "deadlines"]
    assert (found["procedure"], found["version"], found["received_on"]) == ("corporate", "2", "2026-04-02")
    for one in found["deadlines"]:
        assert list(one)[:6] == ["deadline", "due_on", "working_days", "rule", "source", "skipped"]
        assert set(list(one)[6:]) <= {"page", "read_on", "checked"}
        assert all(list(skipped) == ["date", "why"] for skipped in one["skipped"])


def test_explain_in_words_is_readable_without_colour_in_80_columns(capsys: Output) -> None:
    code, out, err = ran(capsys, *CORPORATE)
    assert (code, err) == (0, "")
    assert "Response (due by): not known yet" in out.splitlines()
    assert "   30 Mar 2026                    –   –   –  Good Friday" in out.splitlines()
    assert "\x1b" not in out
    assert max(len(line) for line in out.splitlines()) <= 80


def test_a_one_stage_procedure_says_what_comes_instead_of_stage_2(capsys: Output) -> None:
    arguments = ("--profile", "wigan", "--procedure", "informal", "--received", "2026-04-02")
    code, out, err = ran(capsys, "explain", *arguments, "--review-requested", "2026-05-01", "--format", "json")
    assert (code, err) == (0, "Informal complaint has one stage: what comes after it is the Ombudsman.\n")
    assert "stage_2_limit" not in out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (
            (*CORPORATE, "--acknowledged", "2026-04-01"),
            1,
            "The acknowledgement (Wed 1 April 2026) is before the receipt",
        ),
        ((*CORPORATE, "--enquiry", "soon"), 2, "“soon” is not a date"),
        (
            (*CORPORATE[:4], "formal", *CORPORATE[5:]),
            1,
            "is not a procedure of Shropshire Council, Adult Services: use",
        ),
        ((*CORPORATE[:6], "1998-01-01"), 1, "1998-01-01 is outside the years 2000 to 2060"),
        (CORPORATE[:5], 2, "--received"),
        (("explain", "--profile", "none", *CORPORATE[3:]), 1, "there is no such profile"),
    ],
)
def test_explain_refuses_what_it_cannot_count_without_a_traceback(
    capsys: Output, arguments: tuple[str, ...], code: int, words: str
) -> None:
    found, out, err = ran(capsys, *arguments)
    assert (found, out) == (code, "")
    assert words in err
    assert "Traceback" not in err


def test_a_profile_checked(capsys: Output, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(profile_text("shropshire"), "utf-8")
    code, out, err = ran(capsys, "profile", "check", str(file))
    assert (code, out) == (0, "")
    assert err == (
        "Shropshire Council, Adult Services (shropshire) can be used. "
        "Its procedures: statutory-adult, statutory-provider, corporate.\n"
    )
    file.write_text(profile_text("shropshire").replace("count = 3,", 'count = "3",', 1), "utf-8")
    code, out, err = ran(capsys, "profile", "check", str(file))
    assert (code, out) == (1, "")
    assert err == f"The profile {file} cannot be used:\n  line 63: count: write a whole number from 0 to 1000\n"


@pytest.mark.parametrize("key", shipped_profiles())
def test_a_profile_shown_is_complete_and_fits_80_columns(capsys: Output, key: str) -> None:
    code, out, err = ran(capsys, "profile", "show", key)
    assert (code, err) == (0, "")
    assert out.splitlines() == profile_lines(load_profile(key))
    assert max(len(line) for line in out.splitlines()) <= 80
    told = " ".join(out.split())
    for procedure in load_profile(key).procedures:
        assert f"({procedure.key})" in out
        for version in procedure.versions:
            for limit in version.limits:
                assert f"[{limit.source}]" in told
                assert limit.rule in told or limit.not_stated
    assert ("not stated [" in told) == any(
        limit.not_stated for one in load_profile(key).procedures for version in one.versions for limit in version.limits
    )


def test_a_profile_is_printed_as_written_to_make_one_s_own_of(capsys: Output) -> None:
    assert ran(capsys, "profile", "show", "wigan", "--toml") == (0, profile_text("wigan"), "")


def test_a_profile_shown_as_json_is_the_profile(capsys: Output) -> None:
    found = json.loads(ran(capsys, "profile", "show", "wigan", "--format", "json")[1])
    assert type(load_profile("wigan")).model_validate(found) == load_profile("wigan")


@pytest.mark.parametrize(
    "arguments",
    [("days", "2026-04-02", "--add", "3"), CORPORATE, ("profile", "show", "wigan"), ("profile", "check", "wigan")],
)
def test_nothing_here_imports_the_database_or_the_screen(arguments: tuple[str, ...]) -> None:
    code = (
        "import sys\n"
        "from feedback_tui.cli.main import run\n"
        f"assert run({list(arguments)!r}) == 0\n"
        "heavy = {'sqlmodel', 'sqlalchemy', 'textual', 'alembic', 'sqlite3'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
