"""No command replaces a file unless that is said; what one writes is for its user alone; no secret is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedback_tui.cli.main import run
from feedback_tui.storage.backend.addresses import shown
from tests.cli.conftest import Command

LOG = (
    "log", "--kind", "comment", "--received", "2026-04-13", "--channel", "email", "--description", "Too steep",
    "--customer-name", "Ann Lee",
)  # fmt: skip
WRITING = {
    "summary": ("summary", "2026/27", "--output"),
    "summary as a page": ("summary", "2026/27", "--format", "html", "--output"),
    "summary as a document": ("summary", "2026/27", "--format", "docx", "--output"),
    "subject": ("subject", "Ann Lee", "--output"),
    "erased": ("erased", "--output"),
    "export": ("export",),
}


@pytest.mark.parametrize("what", WRITING)
def test_a_file_that_is_there_is_replaced_only_with_overwrite(command: Command, tmp_path: Path, what: str) -> None:
    command(*LOG)
    place = tmp_path / "file.csv"
    place.write_text("mine")
    refused = command(*WRITING[what], str(place))
    assert (refused.code, refused.out) == (1, "")
    assert "is there already, and was left as it is. Name another file, or add --overwrite" in refused.err
    assert place.read_text() == "mine"
    assert command(*WRITING[what], str(place), "--overwrite").code == 0
    assert place.read_bytes() != b"mine"
    assert place.stat().st_mode & 0o777 == 0o600
    new = tmp_path / "new.csv"
    assert command(*WRITING[what], str(new)).code == 0
    assert new.stat().st_mode & 0o777 == 0o600


def test_the_option_of_before_stands(command: Command, tmp_path: Path) -> None:
    place = tmp_path / "file.csv"
    place.write_text("mine")
    assert command("export", str(place), "--force").code == 0


def test_a_calendar_is_written_anew_and_nothing_else_in_its_place(command: Command, tmp_path: Path) -> None:
    place = tmp_path / "due.ics"
    assert [command("calendar", str(place)).code for _ in range(2)] == [0, 0]
    assert place.stat().st_mode & 0o777 == 0o600
    place.write_text("mine")
    assert command("calendar", str(place)).code == 1
    assert place.read_text() == "mine"


SECRETS = (
    "postgresql://sam:hunter2@server/feedback",
    "postgresql://sam:hunter2@server:port/feedback",
    "postgresql://sam:p/hunter2@x@server/feedback?a=b",
    "postgresql://server/feedback?password=hunter2",
    "postgresql://server/feedback?sslmode=require&sslpassword=hunter2&sslkey=/k",
    "postgresql://server/feedback?SSLPassword=hunter2",
    "postgresql://server/feedback?oauth_client_secret=hunter2",
    "mysql://sam:hunter2@server/feedback",
)


@pytest.mark.parametrize("where", SECRETS)
def test_no_secret_of_an_address_is_printed_and_each_is_refused(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--db", where, "where"]) == 0
    assert run(["--db", where, "queue"]) == 1
    printed = "".join(capsys.readouterr())
    assert "hunter2" not in printed
    assert "***" in printed


def test_an_address_without_a_secret_is_shown_as_it_is() -> None:
    for where in ("postgresql:///feedback?service=desk", "postgresql://sam@server/feedback?sslkey=/k", "/a:b@c/r.db"):
        assert shown(where) == where
