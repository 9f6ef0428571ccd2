"""Bytes that are no UTF-8, and a paste with an ESC in it, in the real program: words arrive in order, nothing ends."""

from __future__ import annotations

from pathlib import Path

from feedback_tui.storage.register import Register
from tests.terminal.program import Program, environment


def test_bytes_that_are_no_utf8_show_as_replacement_signs(tmp_path: Path, shropshire: Register) -> None:
    shropshire.close()
    with Program("--db", shropshire.where, "--today", "2026-04-20", environment=environment(tmp_path)) as program:
        program.wait_for("Queue · Shropshire Council")
        program.press("n")
        program.wait_for_bold("What they say")
        program.send(b"caf\xe9 bill ")
        program.wait_for("caf� bill")
        program.send(b"\xa3")
        program.wait_for("bill �")
        # Half a character that nothing follows shows all the same, and one split over two readings is whole.
        program.send(b"5 Si\xe2")
        program.wait_for("5 Si�")
        program.send("n £".encode()[:-1])
        program.send("£".encode()[-1:])
        program.wait_for("Si�n £")
        # Where an old terminal says the mouse is, right of column 95: no letter of anyone's.
        program.send(b"\x1b[M \xe1\xe2\x1b[M#\x21\xff")
        program.send(b" end")
        program.wait_for("caf� bill �5 Si�n £ end")
        # A paste as it is, with an ESC in it and split over readings, words before and after it.
        for part in (b" <\x1b[200~one \x1b", b"[31m two \x1b[A three \xe9", b"\x1b[20", b"1~> four"):
            program.send(part)
        program.wait_for("end <one ␛[31m two ␛[A three �> four")
        program.press("ctrl+s")
        program.wait_for("ASC-26-0001 logged")
        program.press("ctrl+q")
        assert program.wait_for_end() == 0
    with Program("--db", shropshire.where, "show", "ASC-26-0001", environment=environment(tmp_path)) as program:
        program.wait_for_end()
        assert "caf� bill �5 Si�n £ end <one ␛[31m two" in " ".join(program.text.split())
