"""What the services need from the world, as protocols. Adapters fulfil them, fakes pass the same contract tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from desktop.domain.agent import AgentState
from desktop.domain.call import Call
from desktop.domain.escalation import Escalation, EscalationVersion, ReportForm
from desktop.domain.faq import Article, Hit, Suggestion
from desktop.domain.faq_import import ImportSummary, Preview, Progress
from desktop.domain.phone import PhoneFact
from desktop.domain.transcript import Hypothesis, Segment, SpeechState
from desktop.domain.wrapup import WrapUp


class Phone(Protocol):
    """The phone process. Every command raises PhoneError with a reason that a person can read."""

    def listen(self, receiver: Callable[[PhoneFact], None]) -> None:
        """Call `receiver` on the loop with each fact."""

    async def dial(self, uri: str) -> str:
        """Call somebody; returns the call id."""

    async def answer(self, call_id: str) -> None:
        """Take a ringing call."""

    async def reject(self, call_id: str, code: int) -> None:
        """Refuse a ringing call."""

    async def hang_up(self, call_id: str) -> None:
        """End a call in any state."""

    async def hold(self, call_id: str, on: bool) -> None:
        """Put on hold or take back."""

    async def mute(self, on: bool) -> None:
        """Close or open the microphone towards the call."""

    async def send_digits(self, call_id: str, digits: str) -> None:
        """Send DTMF digits."""

    async def set_availability(self, code: int) -> None:
        """0: new calls ring; otherwise they are refused with this code."""

    async def speak(self, file: str) -> None:
        """Play an audio file into the microphone path (only where no microphone is used); "" stops."""

    async def close(self, goodbye: bool) -> None:
        """Leave the phone; with `goodbye` it ends calls and itself."""


class Speech(Protocol):
    """The speech process."""

    def listen(
        self,
        state: Callable[[SpeechState, str], None],
        hypothesis: Callable[[Hypothesis], None],
        segment: Callable[[Segment], None],
        drained: Callable[[str], None],
    ) -> None:
        """Call these on the loop. `drained` names a call whose audio has all been turned into segments."""

    def set_tap(self, address: str, token: str) -> None:
        """Where the engine gives audio."""

    async def close(self) -> None:
        """End the process."""


class Records(Protocol):
    """The desk's own database. Writers return when the rows are on disk. Every method raises StorageError."""

    async def save_call(self, call: Call) -> None:
        """Insert or replace a call by its id."""

    async def calls(self, limit: int, since: datetime | None = None) -> list[Call]:
        """Newest first."""

    async def call(self, call_id: str) -> Call | None:
        """One call."""

    async def calls_with(self, remote: str, limit: int) -> list[Call]:
        """Earlier calls with this remote URI, newest first."""

    async def save_notes(self, call_id: str, text: str) -> None:
        """Replace the notes of a call. The call itself may be saved later."""

    async def notes(self, call_id: str) -> str:
        """Notes of a call, "" where there are none."""

    async def save_segment(self, segment: Segment) -> bool:
        """Append; False where the same stretch of the same leg is already there."""

    async def segments(self, call_id: str) -> list[Segment]:
        """Segments of a call by start time."""

    async def save_wrap_up(self, wrap_up: WrapUp) -> None:
        """Insert or replace; its notes go to the call's notes."""

    async def wrap_up(self, call_id: str) -> WrapUp | None:
        """The write-up of a call."""

    async def open_wrap_up(self) -> Call | None:
        """The newest answered call whose write-up was never finished, after a crash."""

    async def add_version(self, version: EscalationVersion) -> None:
        """Append a version of evidence; an existing number raises StorageError."""

    async def save_form(self, escalation_id: str, form: ReportForm, filed: datetime | None) -> None:
        """Keep the form of an escalation; `filed` once the agent sends it."""

    async def escalation(self, call_id: str) -> Escalation | None:
        """The escalation of a call."""

    async def unfiled(self) -> list[Escalation]:
        """Escalations whose report was not sent yet, oldest first."""

    async def save_agent_state(self, state: AgentState | None) -> None:
        """Remember the state for the next start; None when the desk closes on purpose."""

    async def agent_state(self) -> AgentState | None:
        """The remembered state: None on a new database or after an orderly end."""

    async def note_use(self, pack: str, article_id: str, action: str, query: str) -> None:
        """Remember that an article was opened, copied or dismissed."""

    async def often_used(self, pack: str, limit: int) -> list[tuple[str, int]]:
        """Article ids by how often they were opened or copied in the last 30 days."""

    async def delete_before(self, moment: datetime) -> int:
        """Delete calls older than `moment` with all that hangs on them, escalated ones excepted; returns how many."""

    async def close(self) -> None:
        """Write what is pending and close the file."""


class Answers(Protocol):
    """The FAQ pack."""

    @property
    def pack(self) -> str:
        """Name and version of the pack, as uses are kept by it."""

    @property
    def built(self) -> datetime:
        """When the pack was made."""

    async def search(self, query: str, category: str = "", limit: int = 10) -> list[Hit]:
        """Hits for what is being typed, best first; any text is a valid query."""

    async def article(self, article_id: str) -> Article | None:
        """One article."""

    async def articles(self, ids: Sequence[str]) -> list[Article]:
        """The articles among `ids` that exist, in that order."""

    async def browse(self, category: str = "", limit: int = 50) -> list[Article]:
        """Articles of a category, or all."""

    async def suggest(self, call_id: str, text: str, at: float, allowed: bool) -> Suggestion | None:
        """The card that a caller's segment deserves now, if any; `at` seconds since the call's media began.

        One that may not be shown yet, too soon after the last or while `allowed` is false, comes through `due`.
        """

    async def due(self, call_id: str, at: float, allowed: bool) -> Suggestion | None:
        """A card that had to wait and whose time has come."""

    async def dismiss(self, article_id: str) -> None:
        """The agent put this card away: not again in this call."""


class ArticleImport(Protocol):
    """Files of articles into a pack, off the window's thread, one at a time.

    Both methods raise DeskError with a sentence (FileError: nothing was written; ImportStopped after `stop`).
    """

    async def preview(self, files: Sequence[Path], present: Path | None) -> Preview:
        """What a build of these files would do to the present pack, if there is one."""

    async def build(
        self, files: Sequence[Path], output: Path, progress: Callable[[Progress], None]
    ) -> ImportSummary:
        """Write the pack in one step; `progress` is called on the loop."""

    def stop(self) -> None:
        """End what is running; the pack that is there stays as it is."""


class Clock(Protocol):
    """Time."""

    def now(self) -> datetime:
        """UTC."""

    def mono(self) -> float:
        """Seconds of a clock that never jumps."""
