"""Drafts of forms: what was typed and not yet saved, kept through Escape, a crash and a closed terminal.

A draft holds people's words, so its folder is this user's alone (0700) and so is the file (0600). Its name is a digest:
a listing of the folder tells nothing. Each form that is open has a file of its own: two windows of one officer on the
same form keep two drafts. What a window left behind that is no longer open is taken up by the next form that opens.
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
    """The name of the form of a step of a case, among the drafts."""
    return f"{step} {reference}"


def contact_draft(reference: str, kind: Contact) -> str:
    """That of a contact of a kind that is known before its form opens."""
    return f"{step_draft(StepKey.CONTACT, reference)} {kind}"


def letter_draft(letter: str, reference: str) -> str:
    """That of a letter."""
    return f"letter {letter} {reference}"


@dataclass(frozen=True)
class Draft:
    """The words of a form, by field, and when they were kept (local time)."""

    kept_at: datetime
    words: dict[str, str]
    today: date
    """The day that ``today`` and ``fri`` were typed on."""
    days: dict[str, str]
    """What the dates of the form meant on that day, by field: ``YYYY-MM-DD``."""
    saving_at: datetime | None = None
    """When saving it began (UTC); None where it was not being saved, or it is known that it was not saved."""

    def on(self, today: date) -> dict[str, str]:
        """The words to put back on the day `today`: as typed, but a date typed on another day keeps what it meant."""
        return self.words if today == self.today else {**self.words, **self.days}


class Drafts:
    """The drafts of one officer on one register, in one window. `folder` is made when the first is kept.

    Those of an encrypted register are closed with its `seal`: what was typed for it is not readable without its key.
    """

    def __init__(self, folder: Path, register: str, officer: str, seal: Seal | None = None) -> None:
        self._folder, self._owner, self._seal = folder, "\n".join((register, officer)), seal
        self._window: Window | None = None
        self._opened = 0
        self._in_hand: set[Path] = set()

    def open(self, form: str) -> OpenDraft:
        """The draft of a form that opens: the last that was kept and that no form has open, or an empty one."""
        left = sorted(self._left(form), key=lambda one: one[1].kept_at, reverse=True)
        own = self._place(form)
        for number, (path, draft) in enumerate(left):
            try:
                # Another window may take it up at the same time: one of the two has it.
                if own is not None:
                    path.replace(own)
            except FileNotFoundError:
                continue
            except OSError:
                own = None
            return OpenDraft(self, own or path, draft, len(left) - number - 1)
        return OpenDraft(self, own or self._folder / f"{self._digest(form)}.json", None, 0)

    def drop_case(self, reference: str, letters: Iterable[str]) -> None:
        """Takes every draft of a form of this case away, in every window: its words were erased. `letters` are the
        keys of those that the council has."""
        forms = [step_draft(step, reference) for step in StepKey]
        forms += [contact_draft(reference, kind) for kind in Contact]
        forms += [letter_draft(letter, reference) for letter in letters]
        for form in forms:
            for path in self._files(form):
                with contextlib.suppress(OSError):
                    path.unlink()

    def drop_saved(self, form: str, is_saved: Callable[[Mapping[str, str]], bool]) -> bool:
        """Takes away the drafts of `form` whose words are found to be saved, of those that no form has open; gives
        whether another is kept."""
        others = False
        for path, draft in self._left(form):
            if is_saved(draft.words):
                path.unlink(missing_ok=True)
            else:
                others = True
        return others

    def close(self) -> None:
        """Says that this window is closed: its drafts are for the next."""
        if self._window is not None:
            self._window.close()
            self._window = None

    # Files

    def _place(self, form: str) -> Path | None:
        """Where the draft of a form that opens now is kept; None where the folder cannot be written."""
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
        """The drafts of `form` that no form has open, in this window or another."""
        for path in self._files(form):
            _, *window = path.stem.split("-")
            own = self._window is not None and window[:1] == [self._window.name]
            if path in self._in_hand or (window and not own and is_open(self._folder, window[0])):
                continue
            if (draft := self._read(path)) is not None:
                yield path, draft

    def _read(self, path: Path) -> Draft | None:
        """The draft in a file, where it can be read."""
        try:
            sealed = self._seal.read(path) if self._seal and path.is_file() else None
            # One from before the register was encrypted is read once more, and closed when it is kept again.
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

    def _write(self, path: Path, data: Mapping[str, Any]) -> str | None:
        """Writes a draft, whole or not at all. Gives None when that is done, else why it could not be, in words."""
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
        """What was kept before, to be brought back."""
        self.others = others
        """How many more are kept of this form: each comes back when the form is opened again."""

    def keep(
        self, words: Mapping[str, str], today: date, days: Mapping[str, date], *, saving: bool = False
    ) -> str | None:
        """Keeps the words of the form, typed on the day `today`, and what its dates mean; with `saving`, that they are
        being saved. The words that were found keep that mark until it is known that they were not saved.

        Gives None when that is done, else why it could not be, in words.
        """
        now = datetime.now().astimezone()
        self._data = {
            "kept_at": now.isoformat(),
            "words": dict(words),
            "today": today.isoformat(),
            "days": {name: day.isoformat() for name, day in days.items()},
            "saving_at": now.astimezone(UTC).isoformat() if saving else self._in_doubt_since(words),
        }
        return self._drafts._write(self._path, self._data)

    def _in_doubt_since(self, words: Mapping[str, str]) -> str | None:
        found = self.found
        return found.saving_at.isoformat() if found and found.saving_at and found.words == dict(words) else None

    def was_not_saved(self) -> None:
        """Says of the words that were being saved that they were not."""
        if self.found is not None:
            self.found = replace(self.found, saving_at=None)
        if self._data is not None and self._data["saving_at"] is not None:
            self._data["saving_at"] = None
            self._drafts._write(self._path, self._data)

    def drop(self) -> None:
        """Takes it away."""
        self._data = None
        with contextlib.suppress(OSError):
            self._path.unlink()

    def close(self) -> None:
        """The form is no longer open: the draft, where there is one, comes back with the next."""
        self._drafts._in_hand.discard(self._path)


def _texts(data: Mapping[object, object]) -> dict[str, str]:
    return {str(name): safe_text(str(text)) for name, text in data.items()}
