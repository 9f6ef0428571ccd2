"""The commands for personal data: erasure by the council's rule or on request, and subject access."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from feedback_tui import folders
from feedback_tui.cli.list_output import (
    ColumnsOption,
    ListFileOption,
    ListFormatOption,
    ListOrText,
    ListOutput,
    list_output,
)
from feedback_tui.cli.printing import print_err, print_json, print_out
from feedback_tui.cli.shared import Format, FormatOption, OverwriteOption, Place, may_replace, place
from feedback_tui.cli.view_log import note_views
from feedback_tui.lists.formats import ListFormat
from feedback_tui.rules.dates import short_date

if TYPE_CHECKING:
    from feedback_tui.casework.actor import Actor
    from feedback_tui.casework.erase import DueForErasure


def erase(
    context: typer.Context,
    references: Annotated[
        list[str] | None,
        typer.Argument(metavar="[REFERENCE]…", help="These; without any, by the council's rule."),
    ] = None,
    reason: Annotated[str, typer.Option(help="For cases that are named: why. Name no one in it.")] = "",
    nevertheless: Annotated[
        str, typer.Option(help="Before its retention has ended: why, though nobody has a right to it. Name no one.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list what would go.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    again: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What this list of `erased` names, where an older copy was put back."),
    ] = None,
    format: ListFormatOption = ListOrText.TEXT,
    columns: ColumnsOption = "",
    output: ListFileOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Erases people's names and text from closed cases for good; their dates and figures stay.

    Without a reference, it erases the cases whose retention period has ended: the profile's, or six years.
    """
    out = list_output(format, output, overwrite, columns)
    lists = out.file is not None or out.columns or out.format not in (None, ListFormat.JSON)
    if lists and (references or again or not dry_run):
        raise typer.BadParameter("what would go by the council's rule is listed with --dry-run and no reference.")
    here = place(context)
    if again is not None:
        if references:
            raise typer.BadParameter("name cases, or a list with --again, not both.")
        _erase_again(here, again, dry_run, yes)
    elif references:
        _erase_asked(here, references, reason, nevertheless, dry_run, yes)
    else:
        _erase_by_rule(here, dry_run, yes, out)


def _erase_asked(here: Place, references: list[str], reason: str, nevertheless: str, dry_run: bool, yes: bool) -> None:
    from feedback_tui.casework.actor import rehearse
    from feedback_tui.casework.erase import erase_for_good
    from feedback_tui.models.inputs.stages import Erasure

    actor = here.actor()
    given = Erasure(on=here.today, reason=reason, nevertheless=nevertheless)
    for reference in references:
        done = rehearse(erase_for_good, actor, reference, given)
        print_err(f"{done.reference}: its names and words would go; it cannot be undone.")
    if dry_run:
        return
    _agree(yes, f"Erase the words of {len(references)} case{'s' if len(references) > 1 else ''}?")
    for reference in references:
        done = erase_for_good(actor, reference, given)
        _drop_drafts(here, actor, [done.reference])
        print_out(done.reference)


def _erase_by_rule(here: Place, dry_run: bool, yes: bool, out: ListOutput) -> None:
    from feedback_tui.casework.erase import due_for_erasure, erase_due

    actor = here.actor()
    due = due_for_erasure(actor.register, here.today)
    going = [each for each in due if each.goes]
    if dry_run:
        _list(due, out)
        kept = sum(each.keeping_review_on is not None for each in due)
        marked = f", {kept} marked “do not destroy” stay" if kept else ""
        waiting = len(due) - len(going) - kept
        print_err(f"{len(going)} cases would be erased, {waiting} still owe something and wait{marked}.")
        return
    if going:
        _agree(yes, f"Erase the words of {len(going)} cases, which cannot be undone? (--dry-run lists them)")
    # Even if nothing is due it rewrites the file, because an earlier erasure may have been interrupted before that.
    done = erase_due(actor)
    _drop_drafts(here, actor, done.references)
    if out.format is ListFormat.JSON:
        print_json({"erased": done.references, "texts": done.texts})
    else:
        for reference in done.references:
            print_out(reference)
    print_err(
        f"{len(done.references)} cases were erased: {done.texts:,} texts. Backups from before expire as they age."
    )


def _erase_again(here: Place, file: Path, dry_run: bool, yes: bool) -> None:
    from dataclasses import replace

    from feedback_tui.casework.erase import erase_again
    from feedback_tui.storage.maintenance.erased_cases import read_kept_list

    actor, listed = here.actor(), read_kept_list(file)
    found = erase_again(replace(actor, rehearsing=True), listed)
    if found.references and not dry_run:
        _agree(yes, f"Erase the words of {len(found.references)} cases once more?")
        found = erase_again(actor, listed)
        _drop_drafts(here, actor, found.references)
    for reference in found.references:
        print_out(reference)
    would = "would be" if dry_run else "were"
    print_err(
        f"{len(found.references)} cases {would} erased once more, of {len(listed)} listed: {found.texts:,} texts."
    )


def erased(
    context: typer.Context,
    output: Annotated[Path | None, typer.Option(help="Write the list to this file, to be kept apart.")] = None,
    overwrite: OverwriteOption = False,
    format: ListFormatOption = ListOrText.TEXT,
) -> None:
    """Lists all erased cases, without their text. `erase --again` takes the list after an older copy was restored."""
    from feedback_tui.casework.erase import erased_from
    from feedback_tui.storage.maintenance.atomic_files import write_output
    from feedback_tui.storage.maintenance.erased_cases import as_list

    if format in (ListOrText.CSV, ListOrText.XLSX):
        _list_erased(place(context), list_output(format, output, overwrite))
        return
    overwrite = may_replace(output, overwrite)
    found = erased_from(place(context).register())
    if output is not None:
        write_output(output, as_list(found), overwrite=overwrite)
        print_err(f"{len(found)} cases are listed in {output.absolute()}.")
    elif format is ListOrText.JSON:
        print_out(as_list(found).rstrip())
    else:
        for each in found:
            print_out(f"{each.reference:<16} erased {short_date(each.on)}")


def _list_erased(here: Place, out: ListOutput) -> None:
    """Outputs the list for a spreadsheet; the list that `erase --again` reads is JSON."""
    from feedback_tui.casework.erase import erased_from
    from feedback_tui.desk.list_columns import ERASED
    from feedback_tui.lists.columns import Listing

    out.give(Listing("Erased", ERASED, erased_from(here.register())))


def _list(due: list[DueForErasure], out: ListOutput) -> None:
    if not out.as_text:
        from feedback_tui.desk.list_columns import DUE_FOR_ERASURE
        from feedback_tui.lists.columns import Listing

        out.give(Listing("Due for erasure", DUE_FOR_ERASURE, due))
        return
    for each in due:
        waits = "  waits: it still owes something" if each.owes else ""
        if each.keeping_review_on is not None:
            waits = f"  do not destroy: looked at again on {short_date(each.keeping_review_on)}"
        ended, until = short_date(each.ended_on), short_date(each.kept_until)
        print_out(f"{each.reference:<16} {each.kind:<11} ended {ended}, kept until {until}  {each.texts} texts{waits}")


def _agree(yes: bool, question: str) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise typer.BadParameter("add --yes where no one can be asked; --dry-run shows what would go.")
    typer.confirm(question, abort=True, err=True)


def _drop_drafts(here: Place, actor: Actor, references: list[str] | tuple[str, ...]) -> None:
    """Deletes this officer's drafts about these cases."""
    from feedback_tui.storage.backend.backend import keeper_of
    from feedback_tui.widgets.drafts import Drafts

    drafts = Drafts(folders.state_folder() / "drafts", keeper_of(here.where).where, here.officer)
    letters = [letter.key for letter in actor.register.profile.letters]
    for reference in references:
        drafts.drop_case(reference, letters)


def subject(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The person's name: every part of it, in any order.")],
    only: Annotated[list[str] | None, typer.Option("--case", help="Only this case; may stand several times.")] = None,
    output: Annotated[Path | None, typer.Option(help="Write it to this file instead.")] = None,
    overwrite: OverwriteOption = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """Prints everything held on a person, for them or their representative (subject access request), and records the
    views."""
    from feedback_tui.cli.subject_text import subject_json, subject_text
    from feedback_tui.desk.subject_access import held_on
    from feedback_tui.storage.maintenance.atomic_files import write_output

    here = place(context)
    overwrite = may_replace(output, overwrite)
    held = held_on(here.register(), name, here.today, only or [])
    text = subject_json(held) if format is Format.JSON else subject_text(held, here.today)
    if output is None:
        print_out(text.rstrip("\n"))
    else:
        write_output(output, text, overwrite=overwrite)
        print_err(f"Written to {output.absolute()}, for this user only.")
    note_views(here, [page.reference for page in held.cases])
    others = "Other people are named in it: read it before you give it away."
    print_err(f"{len(held.cases)} cases of theirs, {len(held.mentions)} that only mention the name. {others}")
