"""Drafts of forms: text that was typed and not yet saved. It survives Escape, a crash and a closed terminal.

A draft holds personal data, so only this user can read its folder (0700) and its file (0600), and the file's name is a
digest. Each open form has its own file, so two windows of one officer with the same form keep two drafts. The next form
that opens takes over a draft left by a window that is no longer open.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedback_tui.enums import Contact, StepKey
from feedback_tui.text import safe_text
from feedback_tui.widgets.open_windows import Window, is_open

if TYPE_CHECKING:
    from feedback_tui.storage.maintenance.encrypted_files import Seal


def step_draft(step: StepKey, reference: str) -> str:
    """Returns the name of a draft: that of the form of a step of a case."""
    return f"{step} {reference}"


def contact_draft(reference: str, kind: Contact) -> str:
    """Returns the name of the draft of a contact whose kind is known before its form opens."""
    return f"{step_draft(StepKey.CONTACT, reference)} {kind}"


def letter_draft(letter: str, reference: str) -> str:
    """Returns the name of the draft of a letter."""
    return f"letter {letter} {reference}"


@dataclass(frozen=True)
class Draft:
    """The text of a form by field, and when it was kept (local time)."""

    kept_at: datetime
    words: dict[str, str]
    today: date
    """The day on which ``today`` and ``fri`` were typed."""
    days: dict[str, str]
    """The dates of the form by field, as ``YYYY-MM-DD``, read on that day."""
    saving_at: datetime | None = None
    """When saving began (UTC). None if the form was not being saved, or if it is known that it was not saved."""

    def on(self, today: date) -> dict[str, str]:
        """Returns the text to restore on the day `today`: as typed, except that a date typed on another day is given as
        the date that it meant then."""
        return self.words if today == self.today else {**self.words, **self.days}


class Drafts:
    """The drafts of one officer on one register, in one window. `folder` is created when the first draft is kept.

    Drafts for an encrypted register are encrypted with its `seal`.
    """

    def __init__(self, folder: Path, register: str, officer: str, seal: Seal | None = None) -> None:
        self._folder, self._owner, self._seal = folder, "\n".join((register, officer)), seal
        self._window: Window | None = None
        self._opened = 0
        self._in_hand: set[Path] = set()

    def open(self, form: str) -> OpenDraft:
        """Returns the draft for a form that opens: the latest one that no open form uses, or an empty one. An
        unwritable folder raises no error here; `OpenDraft.keep` reports it."""
        left = sorted(self._left(form), key=lambda one: one[1].kept_at, reverse=True)
        own = self._place(form)
        for number, (path, draft) in enumerate(left):
            try:
                # Another window may take over the same draft at this moment: only one of the two renames succeeds.
                if own is not None:
                    path.replace(own)
            except FileNotFoundError:
                continue
            except OSError:
                own = None
            return OpenDraft(self, own or path, draft, len(left) - number - 1)
        return OpenDraft(self, own or self._folder / f"{self._digest(form)}.json", None, 0)

    def drop_case(self, reference: str, letters: Iterable[str]) -> None:
        """Deletes every draft about this case, in all windows, because the case's text was erased. `letters` are the
        keys of the council's letters. A file that cannot be deleted is left."""
        forms = [step_draft(step, reference) for step in StepKey]
        forms += [contact_draft(reference, kind) for kind in Contact]
        forms += [letter_draft(letter, reference) for letter in letters]
        for form in forms:
            for path in self._files(form):
                with contextlib.suppress(OSError):
                    path.unlink()

    def drop_saved(self, form: str, is_saved: Callable[[Mapping[str, str]], bool]) -> bool:
        """Deletes those drafts of `form` that no form has open and for which `is_saved` is true. Returns whether
        another such draft remains. Raises OSError if a file cannot be deleted."""
        others = False
        for path, draft in self._left(form):
            if is_saved(draft.words):
                path.unlink(missing_ok=True)
            else:
                others = True
        return others

    def close(self) -> None:
        """Marks this window as closed, so that the next one can take over its drafts."""
        if self._window is not None:
            self._window.close()
            self._window = None

    # Files

    def _place(self, form: str) -> Path | None:
        """Returns the file for the draft of a form that opens now; None if the folder cannot be written."""
        try:
            window = self._own_window()
        except OSError:
            return None
        self._opened += 1
        place = self._folder / f"{self._digest(form)}-{window.name}-{self._opened}.json"
        self._in_hand.add(place)
        return place

    def _own_window(self) -> Window:
        if self._window is None:
            self._make_folder()
            self._window = Window(self._folder)
        return self._window

    def _make_folder(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder.chmod(0o700)

    def _digest(self, form: str) -> str:
        return sha256("\n".join((self._owner, form)).encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def _files(self, form: str) -> list[Path]:
        return sorted(self._folder.glob(f"{self._digest(form)}*.json"))

    def _left(self, form: str) -> Iterator[tuple[Path, Draft]]:
        """Yields the drafts of `form`, with their files, that no form has open, in this window or another."""
        for path in self._files(form):
            _, *window = path.stem.split("-")
            own = self._window is not None and window[:1] == [self._window.name]
            if path in self._in_hand or (window and not own and is_open(self._folder, window[0])):
                continue
            if (draft := self._read(path)) is not None:
                yield path, draft

    def _read(self, path: Path) -> Draft | None:
        """Returns the draft in a file; None if it cannot be read."""
        try:
            sealed = self._seal.read(path) if self._seal and path.is_file() else None
            # A draft kept before the register was encrypted is plain text; it is encrypted when it is kept again.
            data = json.loads(path.read_text("utf-8") if sealed is None else sealed)
            words, days = _texts(data["words"]), _texts(data["days"])
            saving = data.get("saving_at")
            return Draft(
                datetime.fromisoformat(data["kept_at"]),
                words,
                date.fromisoformat(data["today"]),
                days,
                None if saving is None else datetime.fromisoformat(saving),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def write(self, path: Path, data: Mapping[str, Any]) -> str | None:
        """Writes a draft completely or not at all. Returns None, or a message that says why it could not be written."""
        text, fresh = json.dumps(data), path.with_suffix(".new")
        try:
            self._own_window()
            self._make_folder()
            with contextlib.suppress(FileNotFoundError):
                fresh.unlink()
            try:
                with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as f:
                    f.write("" if self._seal else text)
                if self._seal:
                    self._seal.write(fresh, text)
                fresh.replace(path)
            except OSError:
                with contextlib.suppress(OSError):
                    fresh.unlink()
                raise
        except OSError as error:
            return f"the draft could not be kept: {error.strerror or error}"
        return None


class OpenDraft:
    """The draft of a form that is open."""

    def __init__(self, drafts: Drafts, path: Path, found: Draft | None, others: int) -> None:
        self._drafts, self._path = drafts, path
        self._data: dict[str, Any] | None = None
        self.found = found
        """The draft kept before, to restore; None if there is none."""
        self.others = others
        """How many more drafts of this form are kept. Each is offered when the form is opened again."""

    def keep(
        self, words: Mapping[str, str], today: date, days: Mapping[str, date], *, saving: bool = False
    ) -> str | None:
        """Keeps the text of the form, typed on the day `today`, and what its dates mean; `saving` says that it is being
        saved now. Unchanged restored text keeps its time of saving until it is known that it was not saved.

        Returns None, or a message that says why the draft could not be written.
        """
        now = datetime.now().astimezone()
        self._data = {
            "kept_at": now.isoformat(),
            "words": dict(words),
            "today": today.isoformat(),
            "days": {name: day.isoformat() for name, day in days.items()},
            "saving_at": now.astimezone(UTC).isoformat() if saving else self._in_doubt_since(words),
        }
        return self._drafts.write(self._path, self._data)

    def _in_doubt_since(self, words: Mapping[str, str]) -> str | None:
        found = self.found
        return found.saving_at.isoformat() if found and found.saving_at and found.words == dict(words) else None

    def was_not_saved(self) -> None:
        """Records that the text that was being saved was not saved."""
        if self.found is not None:
            self.found = replace(self.found, saving_at=None)
        if self._data is not None and self._data["saving_at"] is not None:
            self._data["saving_at"] = None
            self._drafts.write(self._path, self._data)

    def drop(self) -> None:
        """Deletes the draft."""
        self._data = None
        with contextlib.suppress(OSError):
            self._path.unlink()

    def close(self) -> None:
        """Marks the form as closed. Its draft, if any, is restored when the form opens again."""
        self._drafts._in_hand.discard(self._path)


def _texts(data: Mapping[object, object]) -> dict[str, str]:
    return {str(name): safe_text(str(text)) for name, text in data.items()}
