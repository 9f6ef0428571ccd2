"""The figures of the working reports. They are about the present state of cases, not about a span."""

from __future__ import annotations

from feedback_tui.reports.declarations.declaration import Division

OPEN_NOW = Division("open", "Open", None, "Owner")
OVERDUE_NOW = Division("overdue", "Overdue", None, "Owner")
UNCERTAIN = Division("wobbles", "What leaves a figure uncertain", None, "What")
