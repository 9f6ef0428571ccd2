"""The sections of a report as a tree, with the keys common to all lists."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from feedback_tui.text import one_line
from feedback_tui.widgets.key_bindings import list_bindings, use_own_keys


class SectionTree(Tree[tuple[str, ...]]):
    """A tree whose nodes hold the path of names that leads to them. Names are shown as text, never read as markup."""

    BINDINGS: ClassVar[list[BindingType]] = [*list_bindings()]
    DEFAULT_CSS = """
    SectionTree, SectionTree:focus { background: $surface; background-tint: transparent; scrollbar-size-vertical: 1; }
    SectionTree > .tree--cursor { background: $primary 14%; color: $foreground; text-style: none; }
    SectionTree:focus > .tree--cursor { background: $primary 28%; color: $foreground; text-style: bold; }
    SectionTree > .tree--guides { color: $text-muted; }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__("", id=id)
        self.show_root = False
        self.guide_depth = 2
        self.auto_expand = False
        use_own_keys(self, list_bindings)

    def branch(self, name: str, label: str = "") -> TreeNode[tuple[str, ...]]:
        """Adds a section and returns its node. `label` is shown instead of `name` if given."""
        return self.root.add(Text(one_line(label or name)), data=(name,))

    def leaf(self, branch: TreeNode[tuple[str, ...]], name: str, label: str = "") -> None:
        """Adds one part to a section."""
        assert branch.data is not None
        branch.add_leaf(Text(one_line(label or name)), data=(*branch.data, name))

    @property
    def path(self) -> tuple[str, ...]:
        """The path of the node under the cursor; () if there is none."""
        node = self.cursor_node
        return () if node is None or node.data is None else node.data

    def stand_on(self, path: tuple[str, ...]) -> None:
        """Puts the cursor on the node with this path; if it is gone, on its section; if that is gone, on the first
        node."""
        nodes = [node for branch in self.root.children for node in (branch, *branch.children)]
        wanted = next((node for node in nodes if node.data == path), None)
        wanted = wanted or next((node for node in nodes if node.data == path[:1]), nodes[0] if nodes else None)
        if wanted is not None:
            if wanted.parent is not None and wanted.parent is not self.root:
                wanted.parent.expand()
            self.call_after_refresh(self.move_cursor, wanted)

    def action_up(self) -> None:
        self.action_cursor_up()

    def action_down(self) -> None:
        self.action_cursor_down()

    def action_first(self) -> None:
        self.cursor_line = 0

    def action_last(self) -> None:
        self.cursor_line = self.last_line
