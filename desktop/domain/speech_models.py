"""Speech models as people handle them: which there are, what they can, how far an installation is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from desktop.domain.errors import DeskError

Stage = Literal["fetch", "copy", "check"]


class ModelRefused(DeskError):
    """A speech model can't be installed, verified or removed; the message is a sentence that says what to do."""


class InstallStopped(DeskError):
    """The installation was cancelled; what was there before is as it was."""

    def __init__(self) -> None:
        super().__init__("The installation was stopped; nothing was changed.")


@dataclass(frozen=True, slots=True)
class SpeechModel:
    """One model on this computer.

    `sha256` and `dims` are empty and `languages` has no code where they are not known. `cost`: seconds of computing
    for a second of speech on this computer by torch, `fast_cost`: by ctranslate2, None where it was not measured.
    `shipped`: the program's own. `practice_only`: that one or a copy of it, which knows practice voices only.
    `installed`: in the folder of installed models. `intact`: the file is, by size and time, still the one that was
    checked.
    """

    name: str
    path: Path
    size: int
    sha256: str = ""
    dims: Mapping[str, int] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    cost: float | None = None
    fast_cost: float | None = None
    shipped: bool = False
    practice_only: bool = False
    installed: bool = True
    intact: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """How far an installation is, in bytes; `total` is 0 while it is not known."""

    stage: Stage
    done: int
    total: int = 0


@dataclass(frozen=True, slots=True)
class Installed:
    """What came of an installation; `changed` is False where that very model was there already."""

    model: SpeechModel
    changed: bool


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of looking at a model again; `reason` is "" where it is whole, else a sentence."""

    model: SpeechModel
    reason: str = ""
