"""The project's own environment in `.venv`: made once, left alone while what it was made from is the same."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tools.dev import system_packages
from tools.dev.installing import pip
from tools.dev.place import CONSTRAINTS, PROJECT, PYTHON, ROOT, VENV, stop, tell, works

STAMP = VENV / "dasan-desk.json"
RECIPE = 2  # raised when the steps below change
FREE_BYTES = 4_000_000_000
# openai-whisper names triton (1 GB, CUDA only) for every Linux, so it comes without what it declares.
WHISPER = "openai-whisper"
FITTING = "import sys, pip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))"
RUNTIME, DEVELOPMENT = "runtime", "development"


def fingerprint() -> str:
    """What the environment is made from, as one hash."""
    parts = [str(RECIPE), str(ROOT), CONSTRAINTS.read_text(), PROJECT.read_text()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def stamped() -> dict[str, str]:
    """What was installed, by kind; empty where nothing is known."""
    try:
        content = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def is_ready(kind: str) -> bool:
    """Whether the environment holds all that `kind` needs; costs a few milliseconds."""
    return PYTHON.exists() and stamped().get(kind) == fingerprint()


def ensure(kind: str) -> None:
    """Make or complete the environment. Raises Failure with what to do."""
    if is_ready(kind):
        return
    started = time.monotonic()
    tell("preparing the environment in .venv; this happens once")
    _make_venv()
    _enough_room()
    if not is_ready(RUNTIME):
        _install_runtime()
    done = {RUNTIME: fingerprint()}
    if kind == DEVELOPMENT:
        pip("step 4 of 4: what development needs", [*_constrained(), "--editable", f"{ROOT}[dev,fast]"])
        done[DEVELOPMENT] = fingerprint()
    STAMP.write_text(json.dumps(done, indent=1))
    tell(f"the environment is ready ({time.monotonic() - started:.0f} s)")


def _constrained() -> list[str]:
    return ["--constraint", str(CONSTRAINTS)]


def pinned(name: str) -> str:
    """The tested version of a distribution."""
    found = re.search(rf"^{re.escape(name)}==(\S+)$", CONSTRAINTS.read_text(), re.MULTILINE | re.IGNORECASE)
    return found[1] if found else stop(f"constraints.txt does not name {name}")


def _make_venv() -> None:
    if PYTHON.exists() and works([str(PYTHON), "-c", FITTING]):
        return
    if not works([sys.executable, "-c", "import ensurepip, venv"]):
        version = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        system_packages.ensure((version,), "an environment of its own")
        if not works([sys.executable, "-c", "import ensurepip, venv"]):
            stop(f"this Python cannot make environments; install {version} and try again")
    tell(f"step 1 of 4: an environment with Python {sys.version.split()[0]}")
    if VENV.exists():
        shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], stderr=subprocess.PIPE, text=True)
    if made.returncode:
        stop(
            f"the environment could not be made: {made.stderr.strip()}\nRemove the folder .venv and try again"
        )


def _enough_room() -> None:
    free = shutil.disk_usage(VENV).free
    if free < FREE_BYTES and not (VENV / "dasan-desk.json").exists() and not _has("torch"):
        stop(
            f"only {free / 1e9:.1f} GB are free here, {FREE_BYTES / 1e9:.0f} GB are needed; free some and try again"
        )


def _has(module: str) -> bool:
    return works([str(PYTHON), "-c", f"import importlib.metadata as m; m.version({module!r})"])


def _install_runtime() -> None:
    _install_torch()
    whisper = f"{WHISPER}=={pinned(WHISPER)}"
    pip("step 3 of 4: the speech engine, the window, the telephone", ["--no-deps", whisper])
    pip("  and what they stand on", [*_constrained(), "--editable", str(ROOT)])


def _install_torch() -> None:
    version = pinned("torch")
    if _installed_torch().startswith(version):
        return
    small = f"step 2 of 4: torch {version}, the build for processors (about 0.2 GB to fetch, 0.8 GB on disk)"
    if sys.platform == "linux":
        wanted = f"torch=={version}+cpu"
        if pip(small, [*_constrained(), wanted], may_fail=True):
            return
        big = "(about 3 GB to fetch, 6 GB on disk, most of it for graphics cards that are not used)"
        pip(
            f"  no build for processors is offered, so the plain one {big}",
            [*_constrained(), f"torch=={version}"],
        )
    else:
        pip(small, [*_constrained(), f"torch=={version}"])


def _installed_torch() -> str:
    code = "import importlib.metadata as m; print(m.version('torch'))"
    done = subprocess.run(
        [str(PYTHON), "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    return done.stdout.strip()


def stray_distributions() -> list[str]:
    """Distributions for graphics cards that should not be there where a build for processors is."""
    places = [*VENV.glob("lib/python*/site-packages"), VENV / "Lib" / "site-packages"]
    names = [
        path.name.lower() for place in places if place.is_dir() for path in Path(place).glob("*.dist-info")
    ]
    return sorted(name for name in names if name.startswith(("nvidia", "triton")))
