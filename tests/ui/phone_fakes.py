"""A telephone that does at once what it is told, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from desktop.domain.call import CallState, Direction, Hold
from desktop.domain.phone import CallReport, ConferenceReport, MediaReport, PhoneFact

START = datetime(2026, 11, 22, 5, 27, 0, tzinfo=UTC)
"""14:27 in Seoul."""


class FakeClock:
    """Stands still until told."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.moment = START

    def now(self) -> datetime:
        return self.moment

    def mono(self) -> float:
        return self.seconds

    def go(self, seconds: float) -> None:
        self.seconds += seconds
        self.moment += timedelta(seconds=seconds)


class FakePhone:
    """Does at once what it is told and keeps a list of it."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self._receiver: Callable[[PhoneFact], None] = lambda _fact: None
        self.told: list[tuple[object, ...]] = []
        self.reports: dict[str, CallReport] = {}
        self.second: CallReport | None = None
        self.media = MediaReport("", "G722", 16000, Hold.NONE, False, False)

    def listen(self, receiver: Callable[[PhoneFact], None]) -> None:
        self._receiver = receiver

    def say(self, fact: PhoneFact) -> None:
        self._receiver(fact)

    def ring(self, call_id: str = "c1", remote: str = "sip:01012344720@city", name: str = "") -> None:
        """A citizen calls."""
        self._change(
            CallReport(
                call_id, Direction.INCOMING, CallState.INCOMING, remote, name, created=self._clock.now()
            )
        )

    @property
    def report(self) -> CallReport | None:
        """The newest call of a citizen."""
        return next(reversed(self.reports.values()), None)

    def hung_up_by_caller(self, call_id: str = "") -> None:
        """The citizen ends the call; the newest, unless it is named."""
        report = self.reports[call_id] if call_id else self.report
        assert report is not None
        self._change(replace(report, state=CallState.DISCONNECTED, ended_by="remote", code=200))

    async def dial(self, uri: str, incident: str = "") -> str:
        self.told.append(("dial", uri, incident) if incident else ("dial", uri))
        self._change(CallReport("out", Direction.OUTGOING, CallState.CALLING, uri, created=self._clock.now()))
        return "out"

    async def consult(self, uri: str, incident: str = "") -> str:
        self.told.append(("consult", uri, incident))
        self._second(CallReport("out", Direction.OUTGOING, CallState.CALLING, uri, created=self._clock.now()))
        return "out"

    async def add(self, uri: str, incident: str = "") -> str:
        self.told.append(("add", uri, incident))
        self._second(CallReport("out", Direction.OUTGOING, CallState.CALLING, uri, created=self._clock.now()))
        return "out"

    async def swap(self) -> None:
        self.told.append(("swap",))

    async def conference(self, one_id: str, other_id: str) -> None:
        self.told.append(("conference", one_id, other_id))
        self.say(ConferenceReport((one_id, other_id)))

    async def transfer(self, call_id: str, target: str) -> None:
        self.told.append(("transfer", call_id, target))

    def second_answers(self) -> None:
        """Whoever was called beside the citizen is there."""
        assert self.second is not None
        self._second(replace(self.second, state=CallState.CONFIRMED, confirmed=self._clock.now()))

    def second_ends(self, by: str = "remote", cause: str = "normal") -> None:
        """And gone."""
        assert self.second is not None
        self._second(replace(self.second, state=CallState.DISCONNECTED, ended_by=by, cause=cause))

    def _second(self, report: CallReport) -> None:
        self.second = None if report.state is CallState.DISCONNECTED else report
        self.say(report)

    async def answer(self, call_id: str) -> None:
        self.told.append(("answer", call_id))
        for other in self.reports.values():
            if other.id != call_id and other.state is CallState.CONFIRMED:
                self.say(replace(self.media, id=other.id, hold=Hold.LOCAL))
        report = self.reports[call_id]
        self._change(replace(report, state=CallState.CONFIRMED, confirmed=self._clock.now()))
        self.media = MediaReport(call_id, "G722", 16000, Hold.NONE, False, False)
        self.say(self.media)

    async def reject(self, call_id: str, code: int) -> None:
        self.told.append(("reject", call_id, code))
        self._end(call_id, code, {486: "busy", 480: "unavailable", 603: "declined"}[code])

    async def hang_up(self, call_id: str) -> None:
        self.told.append(("hang_up", call_id))
        if self.second is not None and self.second.id == call_id:
            self.second_ends("local")
        else:
            self._end(call_id)

    async def hold(self, call_id: str, on: bool) -> None:
        self.told.append(("hold", call_id, on))
        self.media = replace(self.media, id=call_id, hold=Hold.LOCAL if on else Hold.NONE)
        self.say(self.media)

    async def mute(self, on: bool) -> None:
        self.told.append(("mute", on))
        self.media = replace(self.media, muted=on)
        self.say(self.media)

    async def send_digits(self, call_id: str, digits: str) -> None:
        self.told.append(("digits", call_id, digits))

    async def send_text(self, uri: str, text: str) -> None:
        self.told.append(("text", uri, text))

    async def set_availability(self, code: int) -> None:
        self.told.append(("availability", code))

    async def speak(self, file: str) -> None:
        self.told.append(("speak", file))

    async def announce(self, call_id: str, file: str) -> None:
        self.told.append(("announce", call_id, file))

    async def keep_device(self, kind: str, device_id: str, only: bool) -> None:
        self.told.append(("keep_device", kind, device_id, only))

    async def close(self, goodbye: bool) -> None:
        self.told.append(("close", goodbye))

    def _end(self, call_id: str, code: int = 200, cause: str = "") -> None:
        report = self.reports[call_id]
        self._change(replace(report, state=CallState.DISCONNECTED, ended_by="local", code=code, cause=cause))

    def _change(self, report: CallReport) -> None:
        self.reports.pop(report.id, None)
        if report.state is not CallState.DISCONNECTED:
            self.reports[report.id] = report
        self.say(report)
