"""The command `letter`. It prints a letter filled in from a case, and writes or records it, which the record of a step
cannot express."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from feedback_tui.cli.printing import print_err, print_json, print_out
from feedback_tui.cli.shared import Format as Formats
from feedback_tui.cli.shared import FormatOption, Reference, date_option, place
from feedback_tui.plain_error import PlainError

if TYPE_CHECKING:
    from feedback_tui.rules.letters import FilledLetter


class NotWhole(PlainError, ValueError):
    """The letter still has gaps, or its text cannot be read."""


def letter(
    context: typer.Context,
    reference: Reference,
    key: Annotated[str, typer.Argument(help="The letter: “letters REFERENCE” lists them.")],
    output: Annotated[Path | None, typer.Option(help="Write it here, .txt or .docx; never over another file.")] = None,
    note: Annotated[bool, typer.Option("--note", help="Note it on the case, as it goes out today.")] = False,
    person: Annotated[int | None, typer.Option(min=1, help="To whom: their number among the people.")] = None,
    reason: Annotated[str, typer.Option(help="The reason that the letter gives.")] = "",
    next_update: Annotated[date | None, date_option("--next-update-on", help="When they hear next.")] = None,
    reply_by: Annotated[date | None, date_option("--reply-by", help="When they should reply by.")] = None,
    text: Annotated[Path | None, typer.Option(help="The finished text, from a file, instead of the template.")] = None,
    channel: Annotated[str, typer.Option(help="How it went; as the case came in, if not given.")] = "",
    safe: Annotated[bool, typer.Option("--safe", help="It is safe, for someone with a safe way only.")] = False,
    format: FormatOption = Formats.TEXT,
) -> None:
    """Fills in a letter from a case and prints it. With missing values nothing is written or recorded (NotWhole)."""
    from feedback_tui.casework.actor import rehearse
    from feedback_tui.casework.contact import letter as note_letter
    from feedback_tui.desk.case.letter_fields import LetterTo, goes_to, write
    from feedback_tui.desk.case.page import case_page
    from feedback_tui.exchange.letter_files import write_letter
    from feedback_tui.models.inputs.contact import LetterInput
    from feedback_tui.rules.letters import FilledLetter, missing_in

    actor = place(context).actor()
    profile = actor.register.profile
    page = case_page(actor.register, reference, actor.today)
    chosen = profile.letter(key)
    wanted = LetterTo(chosen, person or goes_to(page, chosen), actor.officer, reason, next_update, reply_by)
    filled = write(page, profile, wanted, actor.today)
    if text is not None:
        words = _finished(text)
        filled = FilledLetter(chosen.key, words, tuple(missing_in(words)))
    if output is not None or note:
        _require_whole(filled)
    given = LetterInput(
        on=actor.today,
        key=chosen.key,
        person=wanted.person,
        channel=channel or page.channel,
        text=filled.text,
        next_update_on=next_update if page.status.is_open else None,
        safe=safe,
    )
    if output is not None or note:
        rehearse(note_letter, actor, page.reference, given)
    if output is not None:
        write_letter(output, filled.text)
        print_err(f"Written to {output.absolute()}.")
    if note:
        note_letter(actor, page.reference, given)
        print_err(f"Noted on {page.reference}.")
    if format is Formats.JSON:
        print_json({"reference": page.reference, "letter": filled.key, "text": filled.text, "missing": filled.missing})
        return
    if output is None:
        print_out(filled.text)
    if filled.missing:
        print_err(f"Still to be written in: {', '.join(filled.missing)}.")


def _finished(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise NotWhole(f"{file} cannot be read: {error.strerror}. Nothing was written or noted.") from None
    except UnicodeDecodeError:
        raise NotWhole(f"{file} is not text in UTF-8: save it so. Nothing was written or noted.") from None


def _require_whole(filled: FilledLetter) -> None:
    if filled.missing:
        raise NotWhole(
            f"The letter still lacks {', '.join(filled.missing)}. Nothing was written or noted: give what is missing, "
            "or finish the text in a file and hand that in with --text."
        )
