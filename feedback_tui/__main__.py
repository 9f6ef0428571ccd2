"""``feedback-tui`` and ``python -m feedback_tui``."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command line, and ends with its exit code: 0 done, 1 wrong data, 2 wrong usage."""
    from feedback_tui.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
