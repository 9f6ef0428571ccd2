"""What follows a finding from the command line: the Ombudsman to compliance, redress, learning, praise."""

from __future__ import annotations

from tests.cli.conftest import Command
from tests.cli.test_verbs import COMPLAINT

CASE = "ASC-26-0001"


def test_the_ombudsman_from_first_contact_to_compliance(command: Command) -> None:
    command(*COMPLAINT)
    query = command(
        "ombudsman-query", CASE, "--query-on", "2026-04-20", "--query-due-on", "2026-04-27", "--category", "Home care",
        "--format", "json",
    )  # fmt: skip
    assert query.json["deadlines"][1] == {
        "deadline": "ombudsman_reply", "due_on": "2026-04-27", "original_due_on": "2026-04-27", "state": "open",
        "rule": "the date their assessment query states",
    }  # fmt: skip
    assert command("ombudsman-query", CASE, "--answered-on", "2026-04-20").code == 0
    assert command("ombudsman", CASE, "--received-on", "2026-04-20", "--documents", "The plan").code == 0
    assert command("ombudsman-draft", CASE, "--on", "2026-05-05", "--comments", "No", today="2026-05-05").code == 0
    decided = command(
        "ombudsman", CASE, "--decided-on", "2026-05-06", "--decision", "fault", "--agreed", "Pay £200",
        today="2026-05-06",
    )  # fmt: skip
    assert decided.code == 0, decided.err
    paid = command(
        "redress", CASE, "--remedy", "payment", "--amount", "£200", "--due-on", "2026-06-01", "--approach", "1",
        "--approver", "Di Rector", today="2026-05-06",
    )  # fmt: skip
    assert paid.code == 0, paid.err
    early = command("complied", CASE, today="2026-05-20")
    assert (early.code, early.out) == (1, "")
    assert "Redress 1 was agreed with them and is not done yet" in early.err
    assert command("redress-done", CASE, "1", "--proof", "BACS 1", today="2026-05-20").code == 0
    assert command("complied", CASE, "--words", "Told by email", today="2026-05-20").code == 0
    page = command("show", CASE, "--format", "json", today="2026-05-20").json
    assert page["ombudsman"][0]["status"] == "complied"
    assert page["ombudsman"][0]["documents"] == "The plan"
    assert (page["remedies"][0]["approach"], page["remedies"][0]["proof"]) == (1, "BACS 1")
    assert "Agreed: Pay £200" in " ".join(command("show", CASE, today="2026-05-20").out.split())
    year = command("summary", "2026/27", "--format", "json", today="2026-05-20").json
    assert year["ombudsman"]["compliance"] == {"within": 1, "of": 1}


def test_learning_and_its_ledger(command: Command) -> None:
    command(*COMPLAINT)
    learned = command(
        "learn", CASE, "--area", "finance", "--learning", "Say the cost", "--action", "Leaflet", "--owner", "Lee",
        "--due-on", "2026-04-21",
    )  # fmt: skip
    assert learned.code == 0, learned.err
    assert command("plan-action", CASE, "--action", "Train", "--learning", "1").code == 0
    rows = command("learning", "--format", "json", today="2026-04-22").json
    assert [(row["stand"], row["what"], row["learned"]) for row in rows] == [
        ("overdue", "Leaflet", "Say the cost"),
        ("no date", "Train", "Say the cost"),
    ]
    text = command("learning", "owner:lee", "--overdue", today="2026-04-22")
    assert "Leaflet" in text.out
    assert text.err == "1 overdue\n"
    assert command("learning", "--year", "2026").code == command("learning", "colour:red").code == 2


def test_praise_is_passed_on_and_quoted_without_names(command: Command) -> None:
    command(
        "log", "--kind", "compliment", "--received", "2026-04-17", "--customer-name", "Ann O'Brien",
        "--description", "Ann O'Brien was looked after so well by Mrs Pugh",
    )  # fmt: skip
    assert command("thank", CASE, "--words", "To the team").code == 0
    proposed = command("quote", CASE).out.strip()
    assert proposed == "[…] was looked after so well by […]"
    assert command("quote", CASE, "Ann was happy").code == 1
    assert command("quote", CASE, proposed).code == 0
    page = command("show", CASE, "--format", "json").json
    assert (page["thanked_on"], page["quote"]) == ("2026-04-20", proposed)
