"""Writes down the contract as it is now: ``make contract``. What release 0.1 promised is never written anew."""

from __future__ import annotations

from tests.contract.written import NOW, contract


def main() -> None:
    """Writes each part to its file."""
    for name, text in contract().items():
        (NOW / f"{name}.txt").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
