"""Which of the installed speech models a machine can bear: one that is slow or has little memory gets a smaller one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

MEGABYTE = 1 << 20
TINY = 120 * MEGABYTE
"""Files of Whisper's smallest models (75 MB in half precision) are below this."""
BASE = 240 * MEGABYTE
"""Those of the next size (145 MB) are below this."""
FOUR_GIGABYTES = 4.3 * 1024 * MEGABYTE
LEAST_MEMORY = 2.3 * 1024 * MEGABYTE
"""Below what a machine of 3 GB shows, the desk, the call and the system have need of all."""

Name = TypeVar("Name")


class Shortage(Enum):
    """Why a machine cannot bear a model."""

    NONE = "none"
    PROCESSOR = "processor"
    """No AVX2: torch multiplies three to six times slower."""
    MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class Machine:
    """What there is; None and 0 where the system does not say, which excludes nothing."""

    avx2: bool | None
    memory: int


@dataclass(frozen=True, slots=True)
class Installed(Generic[Name]):
    """A model file: what names it, and its size in bytes."""

    name: Name
    size: int


@dataclass(frozen=True, slots=True)
class Fit(Generic[Name]):
    """The model to use, None for none; `shortage` says why it is not the chosen one."""

    model: Name | None
    shortage: Shortage


def limit(machine: Machine) -> tuple[int | None, Shortage]:
    """Bytes that the file of a model may have on this machine, None for any number, and what sets the limit.

    The file says what the model needs: its weights are all that is in it.
    """
    limits: list[tuple[int, Shortage]] = []
    if machine.avx2 is False:
        limits.append((TINY, Shortage.PROCESSOR))
    if 0 < machine.memory < LEAST_MEMORY:
        limits.append((0, Shortage.MEMORY))
    elif 0 < machine.memory < FOUR_GIGABYTES:
        limits.append((BASE, Shortage.MEMORY))
    return min(limits, key=lambda each: each[0]) if limits else (None, Shortage.NONE)


def fitting(chosen: Installed[Name], others: Sequence[Installed[Name]], machine: Machine) -> Fit[Name]:
    """The chosen model, or the largest of the others that the machine can bear, or none."""
    most, shortage = limit(machine)
    if most is None or chosen.size < most:
        return Fit(chosen.name, Shortage.NONE)
    smaller = [other for other in others if other.size < most]
    best = max(smaller, key=lambda other: other.size, default=None)
    return Fit(best.name if best else None, shortage)
