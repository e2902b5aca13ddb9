"""`dev.py test`: pytest under a display and in folders of its own, so that nothing of the user is touched."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.dev.place import PYTHON, ROOT, stop

SCREEN = "1920x1080x24"
# What belongs to the session of the person at the keyboard must not reach a test.
DROPPED = ("WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "PULSE_SERVER", "PULSE_RUNTIME_PATH", "PYTHONPATH")
FOLDERS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")


@contextmanager
def display() -> Iterator[dict[str, str]]:
    """A display of its own where Xvfb is installed (environment to use), Qt's offscreen one elsewhere."""
    if shutil.which("Xvfb") is None:
        yield {"QT_QPA_PLATFORM": "offscreen"}
        return
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert server.stdout is not None
        number = server.stdout.readline().strip()
        if not number:
            stop("Xvfb did not start; run `Xvfb :99` by hand to see why")
        yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait()
        if server.stdout is not None:
            server.stdout.close()


@contextmanager
def own_folders() -> Iterator[dict[str, str]]:
    """An environment in which nothing of the user is read or written."""
    with tempfile.TemporaryDirectory(prefix="desk-test-") as name:
        environment = {key: value for key, value in os.environ.items() if key not in DROPPED}
        for folder in FOLDERS:
            path = Path(name) / folder.lower()
            path.mkdir(mode=0o700)
            environment[folder] = str(path)
        environment.setdefault("LC_ALL", "C.UTF-8")
        yield environment


def run_pytest(arguments: list[str], more: dict[str, str] | None = None) -> int:
    """Run pytest with `arguments`; returns its exit code."""
    with own_folders() as environment, display() as shown:
        environment.update(shown)
        environment.update(more or {})
        return subprocess.call([str(PYTHON), "-m", "pytest", *arguments], cwd=ROOT, env=environment)


def draw(arguments: list[str]) -> int:
    """Draw the pictures without a screen, in one time zone and at one scale; returns the exit code."""
    same = {"QT_QPA_PLATFORM": "offscreen", "TZ": "Asia/Seoul", "QT_SCALE_FACTOR": "1", "QT_FONT_DPI": "96"}
    with own_folders() as environment:
        command = [str(PYTHON), "-m", "tests.pictures", *arguments]
        return subprocess.call(command, cwd=ROOT, env={**environment, **same})


def long_checks() -> dict[str, list[Path]]:
    """The files with long forms of checks, by name; beside `tests/long` any test may have one, of the same name too."""
    found: dict[str, list[Path]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        if "pytest.mark.long" in path.read_text("utf-8"):
            found.setdefault(path.stem.removeprefix("test_"), []).append(path)
    return found


def run_long(name: str, arguments: list[str]) -> int:
    """Run one long check, or all for an empty name; their results go to `docs/measured/`."""
    known = long_checks()
    if name and name not in known:
        stop(f"there is no long check {name}; there are: {', '.join(known) or 'none yet'}")
    chosen = [str(path) for key, paths in known.items() if name in ("", key) for path in paths]
    environment = {"DASAN_DESK_MEASURED": str(ROOT / "docs" / "measured")}
    return run_pytest(["-m", "long", "--timeout", "14400", *chosen, *arguments], environment)
