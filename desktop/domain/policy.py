"""What a centre has laid down about abusive, endless and desperate calls: data that the procedure follows.

Nothing of it is in code: classes, ladders, texts, numbers, thresholds. `desktop.adapters.policy` reads it from a file
and has checked all that is promised here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
"""A place in a text that is filled: `{site}`, `{minutes}`, or the id of a crisis line for its number."""

POLICE = "police"
"""The id of the crisis line that a threat reminds of."""

CRISIS_LABEL = "CRISIS"
"""The detector's label that is no class of abuse: it never leads to a ladder."""

Words = Mapping[str, str]
"""A text in several languages, by language code."""


class Axis(Enum):
    """What is harmed. Each axis has a counter of its own."""

    MALICIOUS = "malicious"
    """A person is hurt: insult, sexual harassment, threat."""
    DIFFICULT = "difficult"
    """Time is taken: long, repeated, unreasonable."""


class StepKind(Enum):
    """What a step of a ladder is; in a ladder they stand in this order."""

    NOTICE = "notice"
    WARNING = "warning"
    END_NOTICE = "end_notice"
    END = "end"


class RecordingMode(Enum):
    """When the desk itself records a call."""

    OFF = "off"
    ANNOUNCED = "announced"
    ON_INCIDENT = "on_incident"


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence to be said. `version` is raised with each change of the words, and stands in every record.

    `say`: how a voice reads it where that differs from the writing. `aid`: what helps the agent to read a language that
    they do not speak, by the agent's language. `says_recorded`: it claims that the call is recorded.
    """

    id: str
    version: int
    words: Words
    say: Words = field(default_factory=dict)
    aid: Words = field(default_factory=dict)
    says_recorded: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text in one language with every placeholder filled. `say` is what a voice reads.

    `minutes` is what was filled in for `{minutes}`, 0 where the text has none.
    """

    text_id: str
    version: int
    language: str
    text: str
    say: str
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a ladder. `text_id` is "" for the end alone. `by_exchange`: said before the call reached the agent."""

    kind: StepKind
    text_id: str
    label: Words
    by_exchange: bool = False


@dataclass(frozen=True, slots=True)
class AbuseClass:
    """A class of conduct. `kind` is the value of the report's `AbuseKind`; `severity` L1 to L4.

    `detected`: labels of the detector that mean this class. `police`, `supervisor`: the window reminds of them.
    """

    id: str
    label: Words
    axis: Axis
    severity: str
    ladder: str
    kind: str
    detected: tuple[str, ...] = ()
    police: bool = False
    supervisor: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason that an agent may choose, as for more time."""

    id: str
    label: Words


@dataclass(frozen=True, slots=True)
class CallTime:
    """The recommended length of a call, in minutes. An extension adds `extend_minutes`."""

    notice_minutes: int
    end_minutes: int
    extend_minutes: int
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """Somebody to bring in. An empty `number` is not known here. `confirmed`: the centre has tried it."""

    id: str
    number: str
    label: Words
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class CrisisCheck:
    """One thing to find out, and the sentence that asks for it."""

    id: str
    label: Words
    text_id: str


@dataclass(frozen=True, slots=True)
class Crisis:
    """The path of a caller in danger: nothing in it warns or ends. Its texts are for the agent's own voice."""

    stay_text: str
    place_text: str
    checks: tuple[CrisisCheck, ...]
    connect_text: str
    lines: tuple[CrisisLine, ...] = ()

    @property
    def police(self) -> str:
        """The number of the line with the id `police`; "" where none is known."""
        return next((line.number for line in self.lines if line.id == POLICE), "")

    @property
    def reachable(self) -> tuple[CrisisLine, ...]:
        """Lines with a number; where there is none, the agent calls the supervisor."""
        return tuple(line for line in self.lines if line.number)


@dataclass(frozen=True, slots=True)
class LawSuggestion:
    """An offence that the report may name; the unit decides. `shows`: what the record must show for it.

    `checked`: the centre's lawyers have read it.
    """

    code: str
    name: Words
    shows: Words
    classes: tuple[str, ...]
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Restriction:
    """What the unit may do from the `from_count`th incident of a class on; only a suggestion in the report."""

    class_id: str
    from_count: int
    label: Words


@dataclass(frozen=True, slots=True)
class Retention:
    """Days. `hold_days`: how long evidence stays after its case has ended. None: the centre says nothing of it."""

    recordings_days: int
    transcripts_days: int | None = None
    hold_days: int | None = None


@dataclass(frozen=True, slots=True)
class Recording:
    """`pre_roll_seconds`: what is kept from before an incident. `by_exchange`: the exchange records and says so."""

    mode: RecordingMode
    pre_roll_seconds: int
    by_exchange: bool


@dataclass(frozen=True, slots=True)
class Supervisor:
    """Who is called with one key. An empty `sip` is not known here."""

    name: str
    sip: str


@dataclass(frozen=True, slots=True)
class DeliveryTarget:
    """Where reports go. `kind` https, smtp or folder; `name` is stable, `label` is what the agent reads.

    `settings` by kind: url, ca_file | host, port, user, sender, recipient, ca_file | folder.
    """

    kind: str
    name: str
    label: str
    settings: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Policy:
    """All of it. `digest` (SHA-256, hex) tells which policy was in force; it stands in every record."""

    digest: str
    site: str
    language: str
    languages: tuple[str, ...]
    classes: tuple[AbuseClass, ...]
    ladders: Mapping[str, tuple[Step, ...]]
    texts: Mapping[str, Text]
    default_class: str
    time_class: str
    merge_seconds: float
    least_confidence: float
    automatic_end: bool
    time: CallTime
    crisis: Crisis
    rest_minutes: int
    strike_days: int
    retention: Retention
    recording: Recording
    supervisor: Supervisor
    deliveries: tuple[DeliveryTarget, ...] = ()
    send_untouched_minutes: int = 60
    """A report that nobody works on for so long is sent as it stands; 0: never."""
    agency: str = ""
    """What the numbers of incidents begin with, as DASAN in DASAN-20261126-003."""
    laws: tuple[LawSuggestion, ...] = ()
    laws_note: Words = field(default_factory=dict)
    restrictions: tuple[Restriction, ...] = ()

    def class_of(self, class_id: str) -> AbuseClass:
        """The class with this id. Raises KeyError."""
        for each in self.classes:
            if each.id == class_id:
                return each
        raise KeyError(class_id)

    def ladder_of(self, class_id: str) -> tuple[Step, ...]:
        """The steps for a class, the end last. Raises KeyError."""
        return self.ladders[self.class_of(class_id).ladder]

    def class_for(self, labels: Iterable[str]) -> AbuseClass | None:
        """The most severe class that the detector's labels mean; None for a crisis and for labels of no class."""
        given = set(labels)
        if CRISIS_LABEL in given:
            return None
        meant = [each for each in self.classes if given.intersection(each.detected)]
        return max(meant, key=lambda each: each.severity, default=None)

    def word(self, words: Words, language: str) -> str:
        """Words for a reader: in their language, else the centre's, else English, else any; "" where there are none."""
        for each in (language, self.language, "en", *words):
            if words.get(each):
                return words[each]
        return ""

    def sentence(self, text_id: str, language: str, minutes: int = 0) -> Sentence:
        """What is said to a citizen who speaks `language`; in the centre's language where that has no text.

        `minutes` fills `{minutes}`; 0 stands for the time between notice and end. Raises KeyError.
        """
        text = self.texts[text_id]
        chosen = language if text.words.get(language) else self.language
        values = self._values(minutes)
        words = filled(text.words[chosen], values)
        say = filled(text.say.get(chosen, words), values)
        timed = "minutes" in PLACEHOLDER.findall(text.words[chosen])
        return Sentence(text.id, text.version, chosen, words, say, int(values["minutes"]) if timed else 0)

    def reading_aid(self, text_id: str, spoken: str, reader: str, minutes: int = 0) -> str:
        """What lets an agent who reads `reader` know what is said in `spoken`; "" where they read it anyway."""
        text = self.texts[text_id]
        if spoken == reader:
            return ""
        return filled(text.aid.get(reader) or self.word(text.words, reader), self._values(minutes))

    def _values(self, minutes: int) -> dict[str, str]:
        left = minutes or self.time.end_minutes - self.time.notice_minutes
        return placeholder_values(self.site, left, {line.id: line.number for line in self.crisis.lines})


def placeholder_values(site: str, minutes: int, numbers: Mapping[str, str]) -> dict[str, str]:
    """What fills each placeholder; nothing stands for one that would stay empty."""
    values = {"site": site, "minutes": str(minutes), **numbers}
    return {name: value for name, value in values.items() if value}


def filled(text: str, values: Mapping[str, str]) -> str:
    """`text` with its placeholders replaced. One that nothing fills stays, so that it is seen."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)
