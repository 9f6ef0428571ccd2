"""Records that a case was viewed, without delaying its page."""

from __future__ import annotations

from feedback_tui.screens.shared.base_screen import DeskScreen


def note_view(screen: DeskScreen, reference: str) -> None:
    """Records that the officer sees a case: once for each day and session, if the council's profile has record_views. A
    failure is shown as a warning."""
    services = screen.services
    seen = (reference, services.today())
    if not services.register.profile.record_views or seen in services.seen:
        return
    services.seen.add(seen)

    # Imported here, so that it is loaded only when there is something to write.
    def write() -> None:
        from feedback_tui.casework.view_log import saw

        saw(services.actor(), reference)

    def failed(error: Exception) -> None:
        services.seen.discard(seen)
        screen.say(f"That you looked at {reference} could not be recorded.", "warning")
        screen.went_wrong(error)

    screen.write(write, lambda _: None, failed)
