"""The licences of all packages that the program depends on, as installed here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

from feedback_tui.cli.list_output import ColumnsOption, ListFileOption, ListFormatOption, ListOrText, list_output
from feedback_tui.cli.printing import print_err, print_out
from feedback_tui.cli.shared import OverwriteOption
from feedback_tui.text import one_line

PROGRAM = "feedback-tui"
_REQUIREMENT = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\])?")
_EXTRA = re.compile(r"""extra\s*==\s*["']([^"']+)["']""")
_CLASSIFIER = "License :: "
TOOLS = ("dev",)
"""Extras that only developers of the program use."""
LONGEST = 60
"""The most characters of a licence's name: some packages put the whole text there."""


@dataclass(frozen=True)
class Licence:
    """An installed package, and the licence that it declares."""

    name: str
    version: str
    licence: str
    """An SPDX expression or a name; “not stated” if the package declares none."""
    needed_by: str
    """The package, or the extra of this program, that requires it."""


def licences(
    format: ListFormatOption = ListOrText.TEXT,
    columns: ColumnsOption = "",
    output: ListFileOption = None,
    overwrite: OverwriteOption = False,
) -> None:
    """Prints the licences of all packages that the program depends on, including installed extras."""
    out = list_output(format, output, overwrite, columns)
    found = sorted(licences_of(PROGRAM), key=lambda each: each.name.casefold())
    if not out.as_text:
        from feedback_tui.desk.list_columns import column
        from feedback_tui.lists.columns import Listing

        headings = {"name": "Package", "version": "Version", "licence": "Licence", "needed_by": "Needed by"}
        out.give(Listing("Licences", tuple(column(*each) for each in headings.items()), found))
        return
    wide = max(len(each.name) for each in found)
    for each in found:
        print_out(f"{each.name:{wide}}  {each.version:<12}  {each.licence:<32}  needed by {each.needed_by}")
    unstated = [each.name for each in found if each.licence == _NOT_STATED]
    print_err(f"{len(found)} packages, as they are installed here; the texts stand in their own folders.")
    if unstated:
        print_err(f"Not stated: {', '.join(unstated)}.")


def licences_of(program: str) -> Iterator[Licence]:
    """Yields each package that an installed program needs, directly or not, once; with its installed extras. Raises
    PackageNotFoundError if `program` itself is not installed."""
    told = {_key(program)}
    followed: set[tuple[str, str]] = set()
    waiting = [(program, wanted) for wanted in metadata.requires(program) or ()]
    while waiting:
        by, line = waiting.pop(0)
        requirement, _, marker = line.partition(";")
        extra = _EXTRA.search(marker)
        if by == program and extra is not None and extra[1] in TOOLS:
            continue
        if (found := _REQUIREMENT.match(requirement.strip())) is None:
            continue
        try:
            package = metadata.distribution(found[1])
        except metadata.PackageNotFoundError:
            continue  # For another system, or of an extra that is not installed.
        key = _key(found[1])
        if key not in told:
            told.add(key)
            own = f"{by}[{extra[1]}]" if extra is not None and by == program else by
            yield Licence(package.name, package.version, _licence_of(package), own)
        # Another package may require further extras of a package already seen.
        asked_for = {"", *(_key(name.strip()) for name in (found[2] or "").split(","))}
        for further in package.requires or ():
            needs = _EXTRA.search(further)
            wanted = _key(needs[1]) if needs is not None else ""
            if wanted in asked_for and (key, further) not in followed:
                followed.add((key, further))
                waiting.append((package.name, further))


_NOT_STATED = "not stated"
_TEXTS = {
    "Permission is hereby granted, free of charge": "MIT",
    "Redistribution and use in source and binary forms": "BSD",
    "This software is provided 'as-is'": "Zlib",
    "Apache License Version 2.0": "Apache-2.0",
}
"""Phrases by which a licence text is recognised."""


def _licence_of(package: metadata.Distribution) -> str:
    said = package.metadata
    for expression in said.get_all("License-Expression") or ():
        return one_line(expression, LONGEST)
    named = [line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or () if line.startswith(_CLASSIFIER)]
    named = [name for name in named if name != "OSI Approved"]
    return one_line("; ".join(named) or "".join(said.get_all("License") or ()).strip() or _by_text(package), LONGEST)


def _by_text(package: metadata.Distribution) -> str:
    """Returns the licence recognised in a package's licence file, or “not stated”."""
    files = [each for each in package.files or () if each.name.upper().startswith(("LICEN", "COPYING"))]
    for file in files:
        text = " ".join(file.read_text("utf-8").split())
        for words, name in _TEXTS.items():
            if words in text:
                return name
    return _NOT_STATED


def _key(name: str) -> str:
    return re.sub("[-_.]+", "-", name).casefold()
