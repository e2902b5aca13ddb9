"""A policy that was read, or why it can't be; without what reading one takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.adapters.policy.presets import presets_folder
from desktop.domain.errors import DeskError
from desktop.domain.policy import Policy


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing: `where` is "" for the whole file; `line` None where it stands in no line of `file`."""

    file: str
    where: str
    line: int | None
    reason: str

    def sentence(self) -> str:
        """File, line, place and what is wrong there."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.where} {self.reason}" if self.where else f"{place}: {self.reason}"


class PolicyError(DeskError):
    """The policy cannot be used; `problems` are all of them."""

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        count = "1 error" if len(problems) == 1 else f"{len(problems)} errors"
        super().__init__(f"the policy {name} has {count}; the first: {problems[0].sentence()}")
        self.name, self.problems = name, problems

    def __reduce__(self) -> tuple[type[PolicyError], tuple[str, tuple[Problem, ...]]]:
        """It goes from one process to another."""
        return PolicyError, (self.name, self.problems)


@dataclass(frozen=True, slots=True)
class LoadedPolicy:
    """A policy that holds together. `file` is where it was read, `content` all of it with its bases merged.

    `notes`: what is no error, but somebody should see to.
    """

    policy: Policy
    file: Path
    content: Mapping[str, Any]
    notes: tuple[Problem, ...]

    @property
    def is_preset(self) -> bool:
        """Whether it is one of the shipped ones."""
        return self.file.parent == presets_folder()
