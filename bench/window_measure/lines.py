"""A transcript of very many lines in the real window, given by what stands in the place of the speech process."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from functools import partial

from bench.phone_measure.desk_program import tell
from bench.window_measure.stopwatch import Stopwatch
from desktop.domain.transcript import Hypothesis, Leg, Segment, SpeechState
from desktop.processes.desk_core import Desk
from desktop.services.ports import SpeechWatcher
from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes

WORDS = (
    *("여권", "수수료", "안내", "소화전", "앞에", "차를", "대는", "사람이"),
    *("있어요", "처리되면", "연락", "주세요", "감사합니다", "네", "그러면", "언제까지"),
)
WIDTHS = (1366, 1310)
STEP_S = 2.0
"""From the start of one line to that of the next."""


class Talkers:
    """Says lines, each in its turn; `Speech` as the services know it."""

    def __init__(self, call_id: str, first: int) -> None:
        self._call_id, self._number, self._chance = call_id, first, random.Random(3)
        self._segment: Callable[[Segment], None] = lambda _segment: None
        self._hypothesis: Callable[[Hypothesis], None] = lambda _hypothesis: None

    def listen(
        self,
        _state: Callable[[SpeechState, str], None],
        hypothesis: Callable[[Hypothesis], None],
        segment: Callable[[Segment], None],
        _drained: Callable[[str], None],
    ) -> None:
        """Who wants to hear."""
        self._hypothesis, self._segment = hypothesis, segment

    def watch(self, _watcher: SpeechWatcher) -> None:
        """How it is doing is not measured here."""

    def next(self) -> Segment:
        """From three words to thirty."""
        self._number += 1
        text = " ".join(self._chance.choices(WORDS, k=self._chance.randint(3, 30)))
        leg = Leg.CALLER if self._number % 2 else Leg.AGENT
        start = self._number * STEP_S
        return Segment(self._call_id, leg, text, self._chance.uniform(0.3, 1.0), start, start + STEP_S - 0.3)

    def commit(self) -> None:
        """A line is final."""
        self._segment(self.next())

    def murmur(self, length: int) -> None:
        """The words of a line that goes on."""
        start, text = (self._number + 1) * STEP_S, " ".join(WORDS[:length])
        self._hypothesis(Hypothesis(self._call_id, Leg.CALLER, text, len(text) // 2, start, start + 1))


async def lines(desk: Desk, window: MainWindow, rest: str) -> None:
    """`lines TOTAL NUMBER`: so many lines, then `NUMBER` times one more, words that run, a resize, a scroll."""
    total, number = map(int, rest.split())
    call, panes = desk.services.calls.current, window.panes
    assert call is not None
    assert isinstance(panes, DeskPanes)
    view, known = panes.transcript, desk.services.transcript.segments
    talkers = Talkers(call.id, 1000 + int(max((segment.end for segment in known), default=0.0) / STEP_S))
    known.extend(talkers.next() for _ in range(total - len(known)))
    panes._transcript.show(call)
    async with asyncio.timeout(120):
        while view.model.rowCount() < total:
            await asyncio.sleep(0.1)
    # What the speech process says of the real call does not come any more: only these lines do.
    desk.services.transcript.attach(talkers)  # type: ignore[arg-type]
    await asyncio.sleep(1.0)
    watch, found = Stopwatch(window), dict[str, list[float]]()
    for _ in range(number):
        rows = view.model.rowCount()
        spent = await watch.time(talkers.commit, lambda r=rows: view.model.rowCount() > r)  # type: ignore[misc]
        found.setdefault("line", []).append(spent)
    found["line_cpu"] = list(watch.spent)
    for place in range(number):
        act = partial(talkers.murmur, place % len(WORDS) + 1)
        found.setdefault("running", []).append(await watch.time(act, lambda: True))
    talkers.murmur(0)
    for place in range(number):
        width, before = WIDTHS[(place + 1) % 2], view.list.width()
        spent = await watch.time(
            partial(window.resize, width, 768),
            lambda b=before: view.list.width() != b,  # type: ignore[misc]
        )
        found.setdefault("resize", []).append(spent)
        await asyncio.sleep(0.2)
    bar = view.list.verticalScrollBar()
    for place in range(number):
        target = bar.maximum() * (place * 37 % 100) // 100
        act = partial(bar.setValue, target)
        found.setdefault("scroll", []).append(await watch.time(act, lambda: True))
    view.jump_to_live()
    tell(event="lines", found=found, rows=view.model.rowCount())
