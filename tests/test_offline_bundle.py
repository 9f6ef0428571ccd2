"""The bundles without a package index: what each system and Python needs of the lock file, and what is said of gaps."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from tests import offline_bundle
from tests.offline_bundle import PYTHONS, SYSTEMS, Gathered, System, needed_by, pack, remarks, requirements

PROJECT = Path(__file__).parents[1]
LOCK = (PROJECT / "requirements.lock").read_text("utf-8")
WITH_EXTRAS = (PROJECT / "requirements-extras.lock").read_text("utf-8")
OF = {system.name: system for system in SYSTEMS}


def names(lock: str, system: System, python: str) -> set[str]:
    return {line.split("==")[0] for line in needed_by(lock, system, python)}


def test_every_package_of_the_lock_is_read_with_its_hashes() -> None:
    found = list(requirements(LOCK))
    assert len(found) == sum("==" in line for line in LOCK.splitlines())
    assert sum(hashes.count("--hash=sha256:") for _, _, hashes in found) == LOCK.count("--hash=sha256:")
    assert all(hashes for _, _, hashes in found)


@pytest.mark.parametrize("python", PYTHONS)
def test_markers_are_those_of_the_system_that_it_is_for(python: str) -> None:
    windows, linux = names(LOCK, OF["windows"], python), names(LOCK, OF["linux"], python)
    assert windows - linux == {"colorama"}
    assert linux < windows
    assert names(LOCK, OF["macos-intel"], python) == names(LOCK, OF["macos-apple-silicon"], python) == linux
    extras = names(WITH_EXTRAS, OF["linux"], python) - names(WITH_EXTRAS, OF["windows"], python)
    assert {"secretstorage", "jeepney", "cryptography", "cffi"} <= extras
    assert ("importlib-metadata" in names(WITH_EXTRAS, OF["linux"], python)) == (python == "3.11")


def gathered(folder: Path, system: str, *wheels: str, missing: tuple[str, ...] = ()) -> Gathered:
    own = folder / system
    own.mkdir()
    for wheel in wheels:
        (own / wheel).write_bytes(wheel.encode())
    return Gathered(OF[system], own, list(missing))


def test_what_a_system_lacks_is_said_in_its_readme(tmp_path: Path) -> None:
    everywhere = [
        gathered(tmp_path, "linux", "lxml-6-cp311-cp311-manylinux_2_28_x86_64.whl", "six-1-py2.py3-none-any.whl"),
        gathered(tmp_path, "macos-intel", "lxml-6-py3-none-any.whl", missing=("six==1 on Python 3.14",)),
    ]
    assert remarks(everywhere[0], everywhere) == []
    said = remarks(everywhere[1], everywhere)
    assert [line.split(";")[0] for line in said] == [
        "There is no wheel of six==1 on Python 3.14",
        "There is no compiled wheel of lxml",
    ]
    program = tmp_path / "feedback_tui-0.2.0-py3-none-any.whl"
    program.write_bytes(b"the program")
    bundle = pack(everywhere[1], program, tmp_path, [PROJECT / "LICENSE"], said, '"[postgres]"')
    name = "feedback-tui-0.2.0-offline-macos-intel"
    with zipfile.ZipFile(bundle) as packed:
        held = {entry.removeprefix(f"{name}/"): packed.read(entry) for entry in packed.namelist()}
    wheels = {"wheels/lxml-6-py3-none-any.whl", f"wheels/{program.name}"}
    assert set(held) == {"LICENSE", "README.txt", "SHA256SUMS", *wheels}
    readme = held["README.txt"].decode()
    assert '--no-index --find-links wheels feedback-tui"[postgres]"\r\n' in readme
    assert all(line in readme for line in said)
    sums = held.pop("SHA256SUMS").decode().splitlines()
    assert sums == [f"{hashlib.sha256(content).hexdigest()}  {path}" for path, content in sorted(held.items())]


def test_only_a_package_without_a_wheel_is_told_of_as_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"six==1": "No matching distribution found for six==1", "lxml==6": None}
    monkeypatch.setattr(
        offline_bundle,
        "pip",
        lambda lines, *_: answers[lines[0].split()[0]] if len(lines) == 1 else "No matching distribution found",
    )
    assert offline_bundle.download(["six==1 --hash=x", "lxml==6 --hash=x"], OF["linux"], "3.14", tmp_path) == ["six==1"]
    answers["lxml==6"] = "the network is away"
    with pytest.raises(SystemExit, match="the network is away"):
        offline_bundle.download(["six==1 --hash=x", "lxml==6 --hash=x"], OF["linux"], "3.14", tmp_path)
