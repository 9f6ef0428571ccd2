"""The bundles that install without a package index: ``make dist`` makes one for each system.

A bundle is a zip with the program's wheel and the wheels of everything that it stands on, of the versions and hashes of
the lock file, for each Python that it runs on. Councils' machines often reach no index.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.markers import Marker

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
_LINUX = ("manylinux_2_28", "manylinux_2_27", "manylinux_2_26", "manylinux_2_24", "manylinux_2_17", "manylinux2014")
_OLD_LINUX = ("manylinux_2_12", "manylinux2010", "manylinux_2_5", "manylinux1", "linux")


@dataclass(frozen=True)
class System:
    """A kind of machine: its name in the bundle and in words, the tags of its wheels, and what markers ask of it."""

    name: str
    words: str
    tags: tuple[str, ...]
    markers: dict[str, str] = field(hash=False)
    """Values of environment markers, but for those of the Python version."""


SYSTEMS = (
    System(
        "windows",
        "Windows (64 bit)",
        ("win_amd64",),
        {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
    ),
    System(
        "macos-apple-silicon",
        "macOS 11 or newer on Apple silicon",
        ("macosx_11_0_arm64",),
        {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": "arm64"},
    ),
    System(
        "macos-intel",
        "macOS 11 or newer on Intel",
        ("macosx_11_0_x86_64",),
        {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": "x86_64"},
    ),
    System(
        "linux",
        "Linux (64 bit, Intel or AMD, glibc 2.28 or newer)",
        tuple(f"{tag}_x86_64" for tag in (*_LINUX, *_OLD_LINUX)),
        {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64"},
    ),
)
README = """{title}
{line}

For {system}, with Python {pythons}. All that is needed is in this folder; the hashes of its files are in
SHA256SUMS. In a terminal, in this folder:

{commands}

Then `feedback-tui --version` says what was installed, and `feedback-tui demo` opens a fictional council.

A newer version is installed the same way, with --upgrade behind the word install. To remove it, delete the folder
that the first command made; registers are kept elsewhere (`feedback-tui where` says where).
{remarks}"""
WINDOWS = r"""    py -m venv %LOCALAPPDATA%\feedback-tui
    %LOCALAPPDATA%\feedback-tui\Scripts\python -m pip install --no-index --find-links wheels feedback-tui
    %LOCALAPPDATA%\feedback-tui\Scripts\feedback-tui"""
OTHERS = """    python3 -m venv ~/feedback-tui
    ~/feedback-tui/bin/python -m pip install --no-index --find-links wheels feedback-tui
    ~/feedback-tui/bin/feedback-tui

The manual page: man ./feedback-tui.1"""


def requirements(lock: str) -> Iterator[tuple[str, Marker | None, str]]:
    """Each package of a lock file: ``name==version``, where it is needed (None: everywhere), and its hashes.

    The hashes are written as pip's options.
    """
    for entry in re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", lock, flags=re.MULTILINE)):
        needed, _, hashes = entry.replace("\\\n", " ").partition("--hash")
        name, _, marker = needed.partition(";")
        if name.strip():
            yield name.strip(), Marker(marker) if marker.strip() else None, " ".join(f"--hash{hashes}".split())


def needed_by(lock: str, system: System, python: str) -> list[str]:
    """The lines of a requirements file for one system and Python: no markers, since pip would ask its own machine."""
    environment = {
        **system.markers,
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    return [
        f"{name} {hashes}"
        for name, marker, hashes in requirements(lock)
        if marker is None or marker.evaluate(dict(environment))
    ]


def download(lines: list[str], system: System, python: str, folder: Path) -> list[str]:
    """Downloads the wheels for one system and Python into `folder`; gives the packages that have none."""
    if pip(lines, system, python, folder) is None:
        return []
    # pip stops at the first that it does not find: each is asked for alone.
    missing = []
    for line in lines:
        if (said := pip([line], system, python, folder)) is None:
            continue
        if "No matching distribution" not in said:
            raise SystemExit(said)
        missing.append(line.split()[0])
    return missing


def pip(lines: Iterable[str], system: System, python: str, folder: Path) -> str | None:
    """None where pip has downloaded all of them, else what it said."""
    with TemporaryDirectory() as made:
        asked = Path(made) / "requirements.txt"
        asked.write_text("\n".join(lines) + "\n", "utf-8")
        call = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        call += ["--only-binary=:all:", "--require-hashes", "--implementation", "cp", "--python-version", python]
        call += [part for tag in system.tags for part in ("--platform", tag)]
        done = subprocess.run([*call, "-d", str(folder), "-r", str(asked)], capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else done.stderr


@dataclass(frozen=True)
class Gathered:
    """The wheels of one system."""

    system: System
    folder: Path
    missing: list[str]
    """Packages that a Python has no wheel of: ``name==version on Python 3.x``."""

    def of(self, kind: str) -> set[str]:
        """The packages that have a wheel of a kind: ``pure`` Python, or ``compiled``."""
        names = (path.name for path in self.folder.glob("*.whl"))
        return {name.split("-")[0] for name in names if name.endswith("-any.whl") == (kind == "pure")}


def gather(lock: str, system: System, folder: Path) -> Gathered:
    """Downloads what a system needs, for every Python, into a folder of its name in `folder`."""
    own = folder / system.name
    own.mkdir()
    missing = []
    for python in PYTHONS:
        lines = needed_by(lock, system, python)
        missing += [f"{package} on Python {python}" for package in download(lines, system, python, own)]
    return Gathered(system, own, missing)


def remarks(wheels: Gathered, everywhere: Iterable[Gathered]) -> list[str]:
    """What a system does not have that others have, in words."""
    compiled = set().union(*(other.of("compiled") for other in everywhere))
    slow = sorted(compiled & wheels.of("pure"))
    return [
        *(f"There is no wheel of {each}; it must be installed from elsewhere first." for each in wheels.missing),
        *(f"There is no compiled wheel of {each}; this has the one in Python, which is slower." for each in slow),
    ]


def pack(wheels: Gathered, program: Path, folder: Path, extra: list[Path], said: list[str], options: str) -> Path:
    """Packs the bundle of a system into `folder`: its wheels, the program's, a README and the files `extra`."""
    version = program.name.split("-")[1]
    name = f"feedback-tui-{version}-offline-{wheels.system.name}"
    files = {f"wheels/{path.name}": path.read_bytes() for path in (program, *wheels.folder.glob("*.whl"))}
    files |= {path.name: path.read_bytes() for path in extra}
    readme = _readme(version, wheels.system, said, options)
    files["README.txt"] = readme.replace("\n", "\r\n").encode()
    sums = (f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in sorted(files.items()))
    files["SHA256SUMS"] = "".join(sums).encode()
    path = folder / f"{name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as packed:  # Wheels are compressed already.
        for inside, content in sorted(files.items()):
            packed.writestr(f"{name}/{inside}", content)
    return path


def _readme(version: str, system: System, said: list[str], options: str) -> str:
    title = f"Feedback TUI {version}, to be installed without a package index"
    commands = WINDOWS if system.name == "windows" else OTHERS
    return README.format(
        title=title,
        line="=" * len(title),
        system=system.words,
        pythons=", ".join(PYTHONS),
        commands=commands.replace("wheels feedback-tui", f"wheels feedback-tui{options}"),
        remarks="".join(f"\n{each}\n" for each in said),
    )


def main() -> None:
    """``python -m tests.offline_bundle DIST LOCK``: a bundle of the wheel in DIST for each system, and their sizes."""
    dist, lock = Path(sys.argv[1]), Path(sys.argv[2]).read_text("utf-8")
    (program,) = dist.glob("feedback_tui-*.whl")
    extra = [path for path in (Path("LICENSE"), Path("CHANGELOG.md"), dist / "feedback-tui.1") if path.exists()]
    options = "[browser,encrypted,keyring,postgres]" if "\npsycopg==" in lock else ""
    with TemporaryDirectory() as made:
        everywhere = [gather(lock, system, Path(made)) for system in SYSTEMS]
        for wheels in everywhere:
            said = remarks(wheels, everywhere)
            path = pack(wheels, program, dist, extra, said, f'"{options}"' if options else "")
            print(f"{path.name}: {path.stat().st_size / 1e6:.0f} MB", *said, sep="\n  ")


if __name__ == "__main__":
    main()
