"""Bits that flip in an encrypted register, and files of it cut short: none goes unnoticed, whatever it would change."""

from __future__ import annotations

from pathlib import Path

from feedback_tui.storage.backend import encryption_keys
from feedback_tui.storage.maintenance.change_encryption import give_key
from tests.torture.count import Count, chance_of
from tests.torture.tampering import noticed

KEY = encryption_keys.Key("correct horse, battery staple")


def flips(furnished: Path, folder: Path, times: int, seed: int = 4) -> Count:
    """Flips one bit, or cuts the file short, at a time. A key costs less here than for whoever guesses it."""
    count = Count("A flipped bit of an encrypted register, or a cut, is always noticed")
    dear, encryption_keys.ROUNDS = encryption_keys.ROUNDS, 2000
    try:
        give_key(str(furnished), KEY)
        whole, chance, path = furnished.read_bytes(), chance_of(seed), folder / "damaged.db"
        encryption_keys.hold(path, KEY)
        for number in range(times):
            place = chance.randrange(len(whole))
            changed = bytearray(whole)
            changed[place] ^= 1 << chance.randrange(8)
            path.write_bytes(whole[:place] if number % 4 == 0 else changed)
            for beside in path.parent.glob("damaged.db-*"):
                beside.unlink()
            count.tried += 1
            if not noticed(path):
                count.broken.append(f"byte {place}{', cut' if number % 4 == 0 else ''}")
    finally:
        encryption_keys.ROUNDS = dear
        encryption_keys.let_go(furnished)
    return count
