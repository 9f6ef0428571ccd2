"""Which channels are written, and which oral. A council may have others; these count as neither."""

from __future__ import annotations

WRITTEN = (
    "email",
    "e-mail",
    "letter",
    "post",
    "web form",
    "leaflet",
    "leaflet/web form",
    "social media",
    "text message",
)
"""Channels in writing, in lower case. A concern that came in by one of them cannot be settled on the spot."""
ORAL = (
    "telephone",
    "phone",
    "telephone call",
    "phone call",
    "call",
    "voicemail",
    "in person",
    "face to face",
    "face-to-face",
    "visit",
    "home visit",
    "meeting",
    "reception",
    "video call",
)
"""Channels by which a complaint is made orally, in lower case. A written record of it must be made and sent (2009
Regulations, reg 13(2))."""
