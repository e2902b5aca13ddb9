#!/usr/bin/env python3
"""The one entry for people who work on Dasan Desk: run, test, check, strings, pictures, bench.

Standard library only, and read by any Python 3: it looks for a Python 3.11 or 3.12 first and goes on with that one.
"""

import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
ACCEPTED = ((3, 11), (3, 12))
MARK = "DASAN_DESK_PYTHON_CHOSEN"
ADVICE = """dev.py: this needs Python 3.11 or 3.12, and none was found (this one is {version}).
  Debian, Ubuntu:  sudo apt-get install python3.11 python3.11-venv   (or python3.12)
  Windows:         winget install Python.Python.3.12
  elsewhere:       https://www.python.org/downloads/"""


def venv_python() -> str:
    """The interpreter of the project's own environment; it need not exist."""
    parts = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(ROOT, ".venv", *parts)


def version_of(command: "list[str]") -> "tuple[int, int]":
    """The version that `command` runs, (0, 0) where it does not run."""
    code = "import sys; print(sys.version_info[0], sys.version_info[1])"
    try:
        done = subprocess.run(
            [*command, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=20
        )
        major, minor = done.stdout.split()
    except (OSError, ValueError, subprocess.SubprocessError):
        return (0, 0)
    return (int(major), int(minor))


def candidates() -> "list[list[str]]":
    """Where a fitting Python may be, best first: 3.11 is the one that was tested most."""
    found = []
    for _major, minor in ACCEPTED:
        name = f"python3.{minor}"
        if shutil.which(name):
            found.append([name])
        if os.name == "nt" and shutil.which("py"):
            found.append(["py", f"-3.{minor}"])
    versions = os.path.join(os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv")), "versions")
    for _major, minor in ACCEPTED:
        for folder in sorted(os.listdir(versions)) if os.path.isdir(versions) else []:
            if folder.startswith(f"3.{minor}."):
                found.append([os.path.join(versions, folder, "bin", "python")])
    return found


def fitting_python() -> "list[str] | None":
    """The command of a Python 3.11 or 3.12, None where there is none."""
    for command in candidates():
        if version_of(command) in ACCEPTED:
            return command
    return None


def main() -> int:
    """Go on with a fitting Python, then do what was asked."""
    if sys.version_info[:2] not in ACCEPTED:
        command = None if MARK in os.environ else fitting_python()
        if command is None:
            print(ADVICE.format(version="{}.{}".format(*sys.version_info[:2])), file=sys.stderr)
            return 1
        return subprocess.call(
            [*command, os.path.abspath(__file__), *sys.argv[1:]], env=dict(os.environ, **{MARK: "1"})
        )
    sys.path.insert(0, ROOT)
    from tools.dev.commands import main as commands

    return commands(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
