"""How the program's files stand to one another."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PROGRAM = Path(__file__).parents[1] / "feedback_tui"
OF_THE_TABLES = "feedback_tui.models."
"""SQLAlchemy's idiom: two tables that belong to one another name one another."""


def _modules() -> dict[str, Path]:
    files = [path for path in PROGRAM.rglob("*.py") if "migrations" not in path.parts]
    names = (".".join(path.relative_to(PROGRAM.parent).with_suffix("").parts) for path in files)
    return {name.removesuffix(".__init__"): path for name, path in zip(names, files, strict=True)}


def _imported(path: Path, modules: dict[str, Path]) -> Iterator[str]:
    """The modules of the program that a file imports anywhere, also in a function, but for its types alone."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in modules:
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                yield name if name in modules else node.module


def _in_circles(arrows: dict[str, set[str]]) -> list[set[str]]:
    """The groups of modules that import one another in a circle."""
    reached: dict[str, set[str]] = {}
    for start in arrows:
        seen: set[str] = set()
        waiting = [*arrows[start]]
        while waiting:
            if (name := waiting.pop()) not in seen:
                seen.add(name)
                waiting.extend(arrows.get(name, ()))
        reached[start] = seen
    groups = {frozenset(other for other in reached[name] if name in reached[other]) for name in arrows}
    return [set(group) for group in groups if len(group) > 1]


def test_no_files_import_one_another_in_a_circle_but_those_of_the_tables() -> None:
    modules = _modules()
    arrows = {name: set(_imported(path, modules)) - {name} for name, path in modules.items()}
    circles = [group for group in _in_circles(arrows) if not all(name.startswith(OF_THE_TABLES) for name in group)]
    assert circles == []


def test_a_circle_is_found() -> None:
    assert _in_circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [{"a", "b", "c"}]


SEAMS = {
    "feedback_tui.desk.queue.fast_first_page": {"feedback_tui.desk.queue.queue"},
    "feedback_tui.storage.backend.sqlite_fast_reader": {
        "feedback_tui.desk.queue.fast_first_page",
        "feedback_tui.storage.opened_register",
        "feedback_tui.storage.register",
    },
    "feedback_tui.storage.backend.multi_query": {"feedback_tui.storage.load_case"},
    "feedback_tui.storage.backend.lazy_models": {
        "feedback_tui.app",
        "feedback_tui.desk.queue.queue",
        "feedback_tui.screens.shared.base_screen",
        "feedback_tui.storage.opened_register",
        "feedback_tui.storage.register",
    },
    "feedback_tui.worker_process": {"feedback_tui.casework.importing.import_batches"},
    "feedback_tui.casework.importing.import_batches": {"feedback_tui.casework.importing.import_cases"},
}
"""Each fast path, and the modules that use it: nothing else knows of it."""
PARTS = ("Gain:", "Cost:", "Delete it")


def test_each_fast_path_is_used_by_what_it_answers_for_alone() -> None:
    modules = _modules()
    users: dict[str, set[str]] = {fast: set() for fast in SEAMS}
    for name, path in modules.items():
        for imported in _imported(path, modules):
            if imported in users:
                users[imported].add(name)
    assert users == SEAMS


def test_each_fast_path_states_gain_and_cost_and_when_to_delete_it() -> None:
    modules = _modules()
    for fast in SEAMS:
        words = " ".join((ast.get_docstring(ast.parse(modules[fast].read_text("utf-8"))) or "").split())
        assert re.search(r"Fast path\b.*; see `", words) or all(part in words for part in PARTS), fast
        assert re.search(r"Tested against .* by tests/", words), fast
