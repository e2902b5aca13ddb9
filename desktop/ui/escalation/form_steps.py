"""The report as it is answered: three groups, one digit each; the listening group walks on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

from desktop.domain.escalation import AbuseKind, Feeling, ReportForm

KINDS = tuple(AbuseKind)
FEELINGS = tuple(Feeling)


class Group(Enum):
    """The three questions, in their order."""

    KIND = 0
    THREAT = 1
    FEELING = 2


SIZES = {Group.KIND: len(KINDS), Group.THREAT: 2, Group.FEELING: len(FEELINGS)}


@dataclass(slots=True)
class FormSteps:
    """`form` as it stands, and which group a digit answers. `answered` are the groups that the agent has answered."""

    form: ReportForm = field(default_factory=ReportForm)
    listening: Group = Group.KIND
    answered: set[Group] = field(default_factory=set)

    def digit(self, number: int) -> bool:
        """Answer the listening group with its choice `number`, from 1; False where there is no such choice."""
        return self.choose(self.listening, number - 1)

    def choose(self, group: Group, index: int) -> bool:
        """Answer `group` and listen to the next one."""
        if not 0 <= index < SIZES[group]:
            return False
        match group:
            case Group.KIND:
                self.form = replace(self.form, kind=KINDS[index])
            case Group.THREAT:
                self.form = replace(self.form, concrete_threat=bool(index))
            case Group.FEELING:
                self.form = replace(self.form, feeling=FEELINGS[index])
        self.answered.add(group)
        self.listening = Group(min(group.value + 1, Group.FEELING.value))
        return True

    def chosen(self, group: Group) -> int:
        """Index of the answer of `group`, -1 for none."""
        match group:
            case Group.KIND:
                return KINDS.index(self.form.kind) if self.form.kind else -1
            case Group.THREAT:
                return int(self.form.concrete_threat)
            case Group.FEELING:
                return FEELINGS.index(self.form.feeling) if self.form.feeling else -1

    def set_heard(self, start: float, heard: bool) -> None:
        """The agent heard the quote that starts at `start` seconds with their own ears, or takes that back."""
        others = {second for second in self.form.heard if second != start}
        self.form = replace(self.form, heard=tuple(sorted(others | {start} if heard else others)))

    def change(self, **fields: object) -> None:
        """Set checks and demand."""
        self.form = replace(self.form, **fields)  # type: ignore[arg-type]
