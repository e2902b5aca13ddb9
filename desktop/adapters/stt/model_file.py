"""What can be said of a model file without torch: that it is there, can be read and fits into memory."""

from __future__ import annotations

import logging
import tomllib
from pathlib import Path
from typing import Any

from desktop.adapters.system.machine import memory
from desktop.domain.errors import DeskError
from desktop.domain.speech_fit import Installed
from desktop.paths import resources

SMALLEST = 10_000

log = logging.getLogger(__name__)


class ModelError(DeskError):
    """A checkpoint cannot be used; the sentence says why and what to do."""


def check_file(path: Path) -> None:
    """Raise ModelError unless a file of sensible size lies there and memory suffices for it."""
    try:
        if not path.exists():
            raise ModelError(f"There is no speech model at {path}; choose a model file (.pt).")
        if not path.is_file():
            raise ModelError(f"{path} is not a file; choose a model file (.pt).")
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as error:
        raise ModelError(f"The speech model {path} cannot be read: {error.strerror}.") from error
    if size < SMALLEST:
        raise ModelError(f"{path} is too small to be a speech model; copy the file again.")
    _, free = memory()
    if 0 < free < 2 * size:
        raise ModelError(
            f"{path} needs about {2 * size >> 20} MB of memory and {free >> 20} MB are free; "
            "close programs or choose a smaller speech model."
        )


def installed_beside(chosen: Path) -> list[Installed[Path]]:
    """The model files of the chosen one's folder, with it; the shipped one is none: it knows practice calls alone."""
    found = []
    try:
        for path in sorted(chosen.parent.glob("*.pt")):
            if path.is_file() and path.resolve() != practice_model().resolve():
                found.append(Installed(path, path.stat().st_size))
    except OSError as error:
        log.warning("the folder of speech models cannot be read: %s", error.strerror)
    return found


def practice_model() -> Path:
    """The speech model that is shipped: it knows the voices and words of some practice calls, and nothing else."""
    return resources() / "models" / "practice-ko.pt"


def beside(path: Path) -> dict[str, Any]:
    """What the file of the same name that ends in .toml says of a model; nothing where it can't be read."""
    try:
        with path.with_suffix(".toml").open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        log.warning("the model's settings cannot be read: %s", type(error).__name__)
        return {}


def known_scenarios(path: Path) -> frozenset[str]:
    """The practice calls whose words a model learned."""
    found = beside(path).get("scenarios")
    names = found if isinstance(found, list) else []
    return frozenset(name for name in names if isinstance(name, str))
