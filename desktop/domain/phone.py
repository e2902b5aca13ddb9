"""What the phone reports to the desk, as frozen facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.call import Call, CallState, Direction, Hold
from desktop.domain.sound import SoundUse


@dataclass(frozen=True, slots=True)
class Registration:
    """`state` is registered, trying, failed, unregistered, or none where no registrar is set."""

    state: str = "none"
    code: int = 0
    reason: str = ""
    retry_s: float = 0.0
    trouble: str = ""
    """Why it failed, where that is known, as `outside_tls.Trouble` and `registering` name it."""
    server: str = ""
    """Which registrar this is about, as the account names it."""


@dataclass(frozen=True, slots=True)
class CallReport:
    """A call changed on the wire."""

    id: str
    direction: Direction
    state: CallState
    remote: str
    remote_name: str = ""
    cause: str = ""
    code: int = 0
    ended_by: str = ""
    confirmed: datetime | None = None
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class MediaReport:
    """The media of a call changed.

    `hold_pending`: the other side has not agreed yet to a change of `hold` that was asked for; nothing is heard either
    way meanwhile.
    """

    id: str
    codec: str
    clock_rate: int
    hold: Hold
    muted: bool
    encrypted: bool
    hold_pending: bool = False

    @property
    def wants_hold(self) -> bool:
        """Whether the agent wants the other side on hold, agreed upon or not yet."""
        return self.hold.by_agent != self.hold_pending


def told_of(call: Call, report: MediaReport | TransferReport) -> Call:
    """The call as `report` says it is now."""
    if isinstance(report, TransferReport):
        return call.changed(handed_to="" if report.final else report.to or call.handed_to)
    return call.changed(
        hold=report.hold,
        hold_pending=report.hold_pending,
        muted=report.muted,
        encrypted=report.encrypted,
        codec=report.codec,
    )


@dataclass(frozen=True, slots=True)
class AudioReport:
    """Sound on one leg now. `level_db` is relative to full scale; `clipping`: louder than can be sent."""

    id: str
    leg: str
    speaking: bool
    level_db: float
    lost_ms: int
    clipping: bool = False


@dataclass(frozen=True, slots=True)
class QualityReport:
    """How the line of a call is: losses in per cent, times in ms, MOS 1 to 4.5; None for what is not known.

    The `recent` figures are of the time since the report before, the others of the whole call. rx: what comes to us.
    """

    id: str
    loss_rx: float | None = None
    loss_tx: float | None = None
    jitter_ms: float | None = None
    rtt_ms: float | None = None
    mos_rx: float | None = None
    mos_tx: float | None = None
    recent_loss_rx: float | None = None
    recent_loss_tx: float | None = None
    recent_mos_rx: float | None = None
    recent_mos_tx: float | None = None


@dataclass(frozen=True, slots=True)
class FlowReport:
    """Whether sound comes from the other side of a call, and whether ours leaves; not told while it is on hold."""

    id: str
    rtp_in: bool
    rtp_out: bool


@dataclass(frozen=True, slots=True)
class ConferenceReport:
    """The calls that hear each other; none when that is over."""

    calls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TransferReport:
    """How far the other side of a call is with a transfer; `final` with a code below 300 means that it is done.

    `to`: an address. `code` is 0 while it was asked for and nothing came back.
    """

    id: str
    code: int
    final: bool
    to: str = ""


@dataclass(frozen=True, slots=True)
class EngineRestarted:
    """The engine died and is back; calls that ran have ended."""

    reason: str
    downtime_ms: int


@dataclass(frozen=True, slots=True)
class SoundState:
    """Devices in use by name; `problem` is empty, no_devices, no_voice_processing, or no_, or _gone with
    microphone or speaker.

    `use` is known of real devices only.
    """

    microphone: str = ""
    speaker: str = ""
    problem: str = ""
    use: SoundUse | None = None


@dataclass(frozen=True, slots=True)
class Announced:
    """A file that was played into a call has ended; `whole` says whether all of it was."""

    file: str
    whole: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class PhoneReady:
    """The phone listens: its own SIP URI and port. `calls` are those that were already running when the desk came.

    `announcing` is the file that sounds in the call then, `announced` how the last one ended.
    """

    uri: str
    address: str
    port: int
    calls: tuple[CallReport, ...] = ()
    media: tuple[MediaReport, ...] = ()
    announcing: str = ""
    announced: Announced | None = None
    conference: tuple[str, ...] = ()
    flows: tuple[FlowReport, ...] = ()
    transfers: tuple[TransferReport, ...] = ()


@dataclass(frozen=True, slots=True)
class PhoneGone:
    """The phone process is not there; the desk is starting it again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A file that was played into the microphone has ended."""

    file: str
    seconds: float


@dataclass(frozen=True, slots=True)
class TextCame:
    """Somebody sent a text: their URI, and plain text without control and direction marks, 2,000 characters at most."""

    sender: str
    text: str


@dataclass(frozen=True, slots=True)
class TextRefused:
    """A text that was sent is not taken; `cause` as of a call that is refused."""

    cause: str


PhoneFact = (
    Registration
    | CallReport
    | MediaReport
    | AudioReport
    | QualityReport
    | FlowReport
    | ConferenceReport
    | TransferReport
    | EngineRestarted
    | SoundState
    | PhoneReady
    | PhoneGone
    | Spoken
    | Announced
    | TextCame
    | TextRefused
)
