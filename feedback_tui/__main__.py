"""``feedback-tui`` and ``python -m feedback_tui``."""

from __future__ import annotations

import gc
import sys

# Starting creates hundreds of thousands of objects that all stay. Searching them repeatedly for garbage took a sixth of
# the time to the first screen.
gc.set_threshold(400_000, 20, 20)

STOPPED = 128 + 2
"""The exit code after Ctrl+C, as in shells."""


def main() -> None:
    """Runs the command line and exits with its code: 0 done, 1 wrong data, 2 wrong usage."""
    from feedback_tui.cli.stream_encoding import use_utf8
    from feedback_tui.process_exit import ending

    use_utf8()
    try:
        code = _run(sys.argv[1:])
    except KeyboardInterrupt:  # While starting: nothing has been done yet.
        code = STOPPED
    # At exit all objects go anyway; a last garbage collection would take a sixth of a short command's time.
    gc.freeze()
    ending.begin(code)
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    from feedback_tui.cli.standard_streams import Output, open_closed_streams
    from feedback_tui.cli.startup import interface_options, open_at_once
    from feedback_tui.gc_pause import wait_with_garbage

    options = interface_options(arguments)
    if options is not None:
        open_closed_streams()
        wait_with_garbage()
        return open_at_once(options)
    from feedback_tui.cli.main import run

    output = Output()
    return output.end(run(arguments))


if __name__ == "__main__":
    main()
