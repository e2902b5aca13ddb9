"""The shape of a policy file: which keys there are, what they hold, and how much. Checked by pydantic."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

FORM = 1
"""Raised when old programs could no longer read a new file."""

HIDDEN = set(range(0x20)) | set(range(0x7F, 0xA0)) | {0x2028, 0x2029, 0xFEFF}
HIDDEN |= set(range(0x200B, 0x2010)) | set(range(0x202A, 0x202F)) | set(range(0x2066, 0x206A))


FORMS: dict[str, str] = {}
"""What people are told of each pattern."""


def _form(pattern: str, told: str) -> str:
    FORMS[pattern] = told
    return pattern


def _plain(text: str) -> str:
    if any(ord(sign) in HIDDEN for sign in text):
        raise ValueError("holds a sign that is not seen (a line break, a control sign, a mark of direction)")
    if text != text.strip():
        raise ValueError("begins or ends with a space")
    return text


def _name(text: str) -> str:
    if "{" in text or "}" in text:
        raise ValueError("may not hold braces; placeholders are filled in texts only")
    return _plain(text)


_ID = _form(r"^[a-z][a-z0-9_]{0,31}$", "must be 1 to 32 of a-z, 0-9 and _, a letter first")
Id = Annotated[str, Field(pattern=_ID)]
_LANGUAGE = _form(r"^[a-z]{2,3}$", "must be the code of a language, as ko or en")
Language = Annotated[str, Field(pattern=_LANGUAGE)]
Label = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_name)]
Sentence = Annotated[str, Field(min_length=1, max_length=400), AfterValidator(_plain)]
Labels = Annotated[dict[Language, Label], Field(min_length=1, max_length=20)]
Sentences = Annotated[dict[Language, Sentence], Field(max_length=20)]
_NUMBER = _form(r"^[0-9+*#-]{0,20}$", "must be a number to dial, up to 20 of 0-9, +, *, #, -")
Number = Annotated[str, Field(pattern=_NUMBER)]
Days = Annotated[int, Field(ge=1, le=3650)]
Path = Annotated[str, Field(max_length=1000), AfterValidator(_plain)]
_HOST = _form(
    r"^([A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])$",
    "must be a host's name or address",
)
Host = Annotated[str, Field(pattern=_HOST)]
_MAILBOX = _form(
    r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$",
    "must be one plain mail address",
)
Mailbox = Annotated[str, Field(pattern=_MAILBOX)]
_TARGET = _form(r"^[a-z0-9][a-z0-9-]{0,39}$", "must be 1 to 40 of a-z, 0-9 and -, a letter or digit first")
TargetName = Annotated[str, Field(pattern=_TARGET)]
_SIP = _form(
    r"^(sips?:[A-Za-z0-9._~!$&'()*+,;=:@%\[\]-]{1,200})?$", "must begin with sip: or sips:, or be empty"
)
_URL = _form(
    r"^https://[A-Za-z0-9.\[\]:-]+(/[!-~]*)?$",
    "must begin with https:// and a host, without a name, a password or a space",
)
_CODE = _form(r"^[A-Z][A-Z0-9]{0,7}$", "must be 1 to 8 of A-Z and 0-9, a letter first")
_AGENCY = _form(r"^([A-Z][A-Z0-9]{0,11})?$", "must be 1 to 12 of A-Z and 0-9, a letter first, or empty")
_USER = _form(r"^[!-~]{0,200}$", "must be up to 200 plain signs without spaces")
_TEXT = _form(r"^([a-z][a-z0-9_]{0,31})?$", "must be the id of a text")
DetectorLabel = Literal["PROFANITY", "INSULT", "THREAT", "SEXUAL", "PERSISTENT"]


class Shape(BaseModel):
    """A table of the file: unknown keys are errors, and no value is bent into another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class SiteShape(Shape):
    """`[site]`."""

    name: Annotated[str, Field(max_length=80), AfterValidator(_name)]
    language: Language
    languages: Annotated[list[Language], Field(min_length=1, max_length=20)]
    agency: Annotated[str, Field(pattern=_AGENCY)] = ""


class ProcedureShape(Shape):
    """`[procedure]`."""

    default_class: Id
    time_class: Id
    automatic_end: bool
    merge_seconds: Annotated[float, Field(ge=0, le=120, allow_inf_nan=False)]
    least_confidence: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class ReasonShape(Shape):
    """`[[time.reasons]]`."""

    id: Id
    label: Labels


class TimeShape(Shape):
    """`[time]`."""

    notice_minutes: Annotated[int, Field(ge=1, le=240)]
    end_minutes: Annotated[int, Field(ge=2, le=300)]
    extend_minutes: Annotated[int, Field(ge=1, le=120)]
    reasons: Annotated[list[ReasonShape], Field(max_length=9)] = []


class ClassShape(Shape):
    """`[[classes]]`."""

    id: Id
    label: Labels
    axis: Literal["malicious", "difficult"]
    severity: Literal["L1", "L2", "L3", "L4"]
    ladder: Id
    kind: Literal["verbal", "sexual", "threat", "long_repeated", "prank", "other"]
    detected: Annotated[list[DetectorLabel], Field(max_length=5)] = []
    police: bool = False
    supervisor: bool = False


class StepShape(Shape):
    """A step of `[ladders]`."""

    kind: Literal["notice", "warning", "end_notice", "end"]
    label: Labels
    text: Annotated[str, Field(pattern=_TEXT)] = ""
    by_exchange: bool = False


class TextShape(Shape):
    """`[texts.ID]`."""

    version: Annotated[int, Field(ge=1, le=9999)]
    words: Annotated[Sentences, Field(min_length=1)]
    say: Sentences = {}
    aid: Sentences = {}
    says_recorded: bool = False


class CheckShape(Shape):
    """`[[crisis.checks]]`."""

    id: Id
    label: Labels
    text: Id


class LineShape(Shape):
    """`[[crisis.lines]]`."""

    id: Id
    label: Labels
    number: Number
    confirmed: bool = False


class CrisisShape(Shape):
    """`[crisis]`: as many checks and lines as there are keys for them."""

    stay: Id
    place: Id
    connect: Id
    checks: Annotated[list[CheckShape], Field(min_length=1, max_length=4)]
    lines: Annotated[list[LineShape], Field(max_length=3)]


class CareShape(Shape):
    """`[care]`."""

    rest_minutes: Annotated[int, Field(ge=0, le=480)]


class StrikesShape(Shape):
    """`[strikes]`."""

    expiry_days: Days


class RetentionShape(Shape):
    """`[retention]`."""

    recordings_days: Days
    transcripts_days: Days | None = None
    hold_days: Days | None = None


class RecordingShape(Shape):
    """`[recording]`."""

    mode: Literal["off", "announced", "on_incident"]
    pre_roll_seconds: Annotated[int, Field(ge=0, le=300)]
    by_exchange: bool


class SupervisorShape(Shape):
    """`[supervisor]`."""

    name: Annotated[str, Field(max_length=80), AfterValidator(_name)]
    sip: Annotated[str, Field(pattern=_SIP)]


class ReportShape(Shape):
    """`[report]`."""

    send_untouched_minutes: Annotated[int, Field(ge=0, le=10_080)] = 60


class LawShape(Shape):
    """`[[laws.suggestions]]`."""

    code: Annotated[str, Field(pattern=_CODE)]
    name: Labels
    shows: Annotated[Sentences, Field(min_length=1)]
    classes: Annotated[list[Id], Field(min_length=1, max_length=20)]
    checked: bool = False


class LawsShape(Shape):
    """`[laws]`."""

    note: Sentences = {}
    suggestions: Annotated[list[LawShape], Field(max_length=50)] = []


class RestrictionShape(Shape):
    """`[[restrictions]]`."""

    class_id: Id = Field(alias="class")
    from_count: Annotated[int, Field(ge=1, le=1000)]
    label: Labels


class TargetShape(Shape):
    """What every `[[delivery]]` has."""

    name: TargetName
    label: Label


class HttpsShape(TargetShape):
    """A web address."""

    kind: Literal["https"]
    url: Annotated[str, Field(max_length=1000, pattern=_URL)]
    ca_file: Path = ""


class SmtpShape(TargetShape):
    """A mailbox behind a mail server with STARTTLS."""

    kind: Literal["smtp"]
    host: Host
    sender: Mailbox
    recipient: Mailbox
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    user: Annotated[str, Field(pattern=_USER)] = ""
    ca_file: Path = ""


class FolderShape(TargetShape):
    """A folder that others read."""

    kind: Literal["folder"]
    folder: Annotated[Path, Field(min_length=1)]


class PolicyShape(Shape):
    """The whole file, with what its `base` brings."""

    form: Literal[1]
    site: SiteShape
    procedure: ProcedureShape
    time: TimeShape
    classes: Annotated[list[ClassShape], Field(min_length=1, max_length=20)]
    ladders: Annotated[
        dict[Id, Annotated[list[StepShape], Field(min_length=2, max_length=8)]],
        Field(min_length=1, max_length=20),
    ]
    texts: Annotated[dict[Id, TextShape], Field(min_length=1, max_length=200)]
    crisis: CrisisShape
    care: CareShape
    strikes: StrikesShape
    retention: RetentionShape
    recording: RecordingShape
    supervisor: SupervisorShape
    delivery: Annotated[
        list[Annotated[HttpsShape | SmtpShape | FolderShape, Field(discriminator="kind")]],
        Field(max_length=8),
    ] = []
    report: ReportShape = ReportShape()
    laws: LawsShape = LawsShape()
    restrictions: Annotated[list[RestrictionShape], Field(max_length=50)] = []
