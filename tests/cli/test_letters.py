"""Letters, contacts and the investigator's half as commands."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Command


def logged(command: Command) -> str:
    made = command("log", "--kind", "complaint", "--received", "2026-04-16", "--procedure", "statutory-adult",
                   "--description", "Late", "--summary", "Late visits",
                   "--correspondent-name", "Bea Lee", "--channel", "email")  # fmt: skip
    return made.out.strip()


def test_a_letter_is_printed_and_leaves_once_it_is_whole(command: Command, tmp_path: Path) -> None:
    reference = logged(command)
    shown = command("letter", reference, "acknowledgement", "--format", "json")
    assert shown.json["missing"] == ["the council's address", "the council's telephone", "the council's email"]
    file = tmp_path / "letter.docx"
    refused = command("letter", reference, "acknowledgement", "--note", "--output", str(file))
    assert refused.code == 1
    assert "still lacks the council's address" in refused.err
    assert not file.exists()
    assert command("show", reference, "--format", "json").json["contacts"] == []
    text = tmp_path / "finished.txt"
    text.write_text("Dear Bea Lee\n", "utf-8")
    done = command(
        "letter", reference, "acknowledgement", "--text", str(text), "--note", "--output", str(file), "--person", "1"
    )
    assert done.code == 0, done.err
    assert file.stat().st_size > 1000
    (row,) = command("show", reference, "--format", "json").json["contacts"]
    assert (row["letter"], row["text"], row["person"]) == ("acknowledgement", "Dear Bea Lee", "Bea Lee")
    again = command("letter", reference, "acknowledgement", "--text", str(text), "--output", str(file))
    assert again.code == 1
    assert "is there already" in again.err


def test_letters_lists_them_and_an_unknown_one_is_named(command: Command) -> None:
    reference = logged(command)
    rows = command("letters", reference, "--format", "json").json
    assert rows[0]["letter"] == "acknowledgement"
    assert rows[0]["fits"]
    assert command("letter", reference, "nonsense").code == 1
    gone = command("letter", reference, "closing", "--text", "nowhere.txt", "--note")
    assert (gone.code, gone.err) == (1, "nowhere.txt cannot be read: No such file or directory. "
                                        "Nothing was written or noted.\n")  # fmt: skip


def test_the_refusal_of_a_representative_goes_to_them_and_not_to_whom_they_wrote_for(command: Command) -> None:
    made = command("log", "--kind", "complaint", "--received", "2026-04-16", "--procedure", "statutory-adult",
                   "--customer-name", "Tim Roe", "--correspondent-name", "Sue Roe", "--correspondent-role", "family",
                   "--authority", "for a child", "--channel", "telephone")  # fmt: skip
    reference = made.out.strip()
    shown = command("letter", reference, "representative-refused", "--format", "json").json
    assert {"who it goes to", "the reason"} < set(shown["missing"])
    done = command("authority", reference, "2", "for a child", "--not-suitable", "--words", "He can complain himself")
    assert done.code == 0, done.err
    text = command("letter", reference, "representative-refused").out
    assert "Dear Sue Roe" in text
    assert "The reason is: He can complain himself" in text
    assert "Tim Roe" not in text
    assert "wrote to us" not in text, "they telephoned"


def test_the_call_the_chase_the_draft_and_the_mail(command: Command) -> None:
    reference = logged(command)
    command("acknowledge", reference)
    command("investigate", reference, "--investigator", "Pat Lowe", "--draft-due-on", "2026-05-01")
    call = command("contact", reference, "--kind", "call from them", "--words", "Where is it?", "--next-update-on",
                   "2026-05-11", "--format", "json")  # fmt: skip
    assert "next_update" in [row["deadline"] for row in call.json["deadlines"]]
    later = "2026-05-06"
    assert command("chase-list", today=later).out == "Pat Lowe: 1 open, 1 late\n"
    mail = command("chase-list", "--investigator", "pat lowe", "--log", today=later)
    assert f"- {reference}: draft due Fri 1 May 2026, 2 working days late; the response is due by" in mail.out
    assert "Late" not in mail.out
    assert "1 chased, again on Wed 13 May 2026" in mail.err
    shown = command("show", reference, "--format", "json", today=later).json
    assert [row["next_on"] for row in shown["chases"]] == ["2026-05-13"]
    assert "chased" in command("show", reference, today=later).out
    for step in (("draft-received",), ("draft-checked", "--by", "Kim Ode"), ("sign-off", "--by", "Lou West")):
        assert command(step[0], reference, *step[1:], today="2026-05-07").code == 0
    assert "late with nothing" in command("chase-list", "--investigator", "Pat Lowe", today="2026-05-14").err
    check = command("reallocate", "--from", "pat lowe", "--to", "Jo Day", "--check", today="2026-05-07")
    assert check.out == f"{reference}\n"
    assert "would be" in check.err
    command("reallocate", "--from", "Pat Lowe", "--to", "Jo Day", today="2026-05-07")
    assert command("show", reference, "--format", "json").json["stages"][0]["investigator"] == "Jo Day"
