"""What the working reports count: not of a span, but as things stand now."""

from __future__ import annotations

from feedback_tui.reports.declarations.declaration import Division

OPEN_NOW = Division("open", "Open", None, "Owner")
OVERDUE_NOW = Division("overdue", "Overdue", None, "Owner")
UNCERTAIN = Division("wobbles", "What leaves a figure uncertain", None, "What")
