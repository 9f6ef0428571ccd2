"""Writes down that a case was looked at, out of the way of its page."""

from __future__ import annotations

from feedback_tui.screens.shared.base_screen import DeskScreen


def note_view(screen: DeskScreen, reference: str) -> None:
    """Has it recorded that the officer sees a case: once a day and session, where the council's profile asks for it."""
    services = screen.services
    seen = (reference, services.today())
    if not services.register.profile.record_views or seen in services.seen:
        return
    services.seen.add(seen)

    # What writes is loaded when there is something to write.
    def write() -> None:
        from feedback_tui.casework.view_log import saw

        saw(services.actor(), reference)

    def failed(error: Exception) -> None:
        services.seen.discard(seen)
        screen.say(f"That you looked at {reference} could not be recorded.", "warning")
        screen.went_wrong(error)

    screen.write(write, lambda _: None, failed)
