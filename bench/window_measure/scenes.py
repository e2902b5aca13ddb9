"""Keys pressed in the real window, place by place: milliseconds from each to the painting of what it did."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from itertools import cycle, islice
from typing import cast

from PySide6.QtCore import QAbstractItemModel, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView

from bench.phone_measure.desk_program import tell
from bench.window_measure.hangul_keys import steps
from bench.window_measure.stopwatch import Stopwatch, compose, letter, press
from desktop.domain.call import Call, CallState, Direction
from desktop.domain.wrapup import CATEGORIES, Result, WrapUp
from desktop.processes.desk_core import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from desktop.ui.preferences.pages import PAGES

Key, Modifier = Qt.Key, Qt.KeyboardModifier
WORDS = "여권 재발급 수수료는 얼마인가요 "
"""Typed over and over where a field is measured."""
SETTLE_S = 0.2
ROWS = 20
"""A list is walked up and down over so many rows."""


class Scenes:
    """All places of one window; `found` are their times (ms) by name, `cpu` those of the window's own thread."""

    def __init__(self, desk: Desk, window: MainWindow, number: int) -> None:
        self.window, self.number = window, number
        self.panes = cast(DeskPanes, window.panes)
        self.watch = Stopwatch(window)
        self.found: dict[str, list[float]] = {}
        self.cpu: dict[str, list[float]] = {}
        self.desk = desk

    async def time(self, name: str, act: Callable[[], object], shown: Callable[[], bool]) -> None:
        """One key more for this place."""
        self.watch.spent = self.cpu.setdefault(name, [])
        self.found.setdefault(name, []).append(await self.watch.time(act, shown))

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Modifier.NoModifier) -> Callable[[], None]:
        """A key with whatever it means now."""
        return partial(press, self.window, key, held)

    async def go(self, key: Qt.Key, held: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
        """A key that is not measured, and all that it leads to."""
        QTimer.singleShot(0, self.window, self.key(key, held))
        await asyncio.sleep(SETTLE_S)

    async def compose(self, name: str, number: int = 0) -> None:
        """Korean into the field that has the focus; it is told to paint itself before the key is dealt with."""
        for preedit, commit in islice(_for_ever(WORDS), number or self.number):
            await self.time(name, partial(compose, preedit, commit), lambda: True)
        compose("", "")

    async def letters(self, name: str, text: Callable[[], str]) -> None:
        """Latin letters, and every fourth one taken back."""
        for place, sign in enumerate(islice(cycle("permit"), self.number)):
            if place % 4 == 3:
                await self._changed(name, self.key(Key.Key_Backspace), text)
            else:
                await self._changed(name, partial(letter, self.window, sign), text)

    async def walk(self, name: str, view: QAbstractItemView) -> None:
        """Down and up again in a list, wherever the focus is."""
        model = view.model()
        assert isinstance(model, QAbstractItemModel)
        rows = min(ROWS, model.rowCount())
        key = Key.Key_Down
        for _ in range(self.number if rows > 1 else 0):
            at = view.currentIndex().row()
            if at >= rows - 1:
                key = Key.Key_Up
            elif at <= 1:  # above the first row there is a heading, or nothing: Up would change nothing
                key = Key.Key_Down
            await self._changed(name, self.key(key), lambda: str(view.currentIndex().row()))

    async def _changed(self, name: str, act: Callable[[], object], state: Callable[[], str]) -> None:
        before = ""

        def start() -> None:
            nonlocal before
            before = state()
            act()

        await self.time(name, start, lambda: state() != before)

    async def _replaced(self, name: str, act: Callable[[], object], rows: Callable[[], object]) -> None:
        before: object = None

        def start() -> None:
            nonlocal before
            before = rows()
            act()

        await self.time(name, start, lambda: rows() is not before)

    async def talking(self) -> None:
        """What an agent does in a call."""
        await self.search()
        await self.notes()
        await self.transcript()
        await self.history()
        await self.pages()
        for size, width, height in ((100, 1366, 768), (130, 1366, 768), (200, 1366, 768), (100, 1920, 1080)):
            self.window.settings.change(text_size=size)
            self.window.settings_changed()
            self.window.resize(width, height)
            await self.overlays(f"{size} %, {width} wide")
        self.window.resize(1366, 768)

    async def search(self) -> None:
        """Search field and hits: the letter itself, and what it has found."""
        await self.go(Key.Key_F, Modifier.ControlModifier)
        answers = self.panes.answers
        await self.compose("search field, a key")
        answers.clear_query()
        await self.letters("search field, a letter", lambda: answers.field.query)
        answers.clear_query()
        for preedit, commit in islice(_for_ever(WORDS), self.number):
            act = partial(compose, preedit, commit)
            await self._replaced("search field, a key to its hits", act, lambda: answers.hits.rows.rows)
        compose("", "")
        answers.clear_query()
        answers.field.setText("여권")
        await self.until(lambda: len(answers.hits.rows.rows) > 1)
        await self.walk("hits, up and down", answers.hits)
        answers.clear_query()

    async def notes(self) -> None:
        """The notes, which are long already."""
        edit = self.window.notes.edit
        await self.go(Key.Key_1, Modifier.AltModifier)
        edit.add_paragraph(
            "\n".join("한들로 5길 9 편의점 앞 소화전, 흰색 승합차, 처리 결과 문자 희망" for _ in range(40))
        )
        await self.compose("notes, a key")
        await self.letters("notes, a letter", edit.shown_text)

    async def transcript(self) -> None:
        """Lines of the call that are there already, and find in them."""
        view = self.panes.transcript
        await self.until(lambda: view.model.rowCount() > 2)
        await self.go(Key.Key_2, Modifier.AltModifier)
        view.list.setCurrentIndex(view.model.index(0))
        await self.walk("transcript, up and down", view.list)
        await self.go(Key.Key_G, Modifier.ControlModifier)
        await self.compose("find in the call, a key")
        await self.go(Key.Key_Escape)

    async def history(self) -> None:
        """All calls."""
        every = self.panes.every
        await self.go(Key.Key_H, Modifier.ControlModifier)
        await self.until(lambda: len(every.list.rows.rows) > ROWS)
        await self.walk("all calls, up and down", every.list)
        await self.letters("search in calls, a letter", lambda: every.field.query)
        every.field.clear()
        for sign in islice(cycle("01"), self.number):
            seen = every.list.rows.rows
            every.field.clear()
            await self.until(lambda old=seen: every.list.rows.rows is not old)  # type: ignore[misc]
            act = partial(letter, self.window, sign)
            await self._replaced("search in calls, a letter to its calls", act, lambda: every.list.rows.rows)
        await self.go(Key.Key_Escape)

    async def pages(self) -> None:
        """Other panes and pages, and back."""
        window, every = self.window, self.panes.every
        name = "another pane or page"
        for _ in range(max(2, self.number // 8)):
            await self._changed(name, self.key(Key.Key_F6), lambda: str(id(window.focusWidget())))
            for _way in range(2):
                act = self.key(Key.Key_H, Modifier.ControlModifier)
                await self._changed(name, act, lambda: str(every.isVisible()))
            for key, held in (
                (Key.Key_Comma, Modifier.ControlModifier),
                (Key.Key_Escape, Modifier.NoModifier),
            ):
                await self._changed(name, self.key(key, held), lambda: window.situation)
        await self.go(Key.Key_Comma, Modifier.ControlModifier)
        for turn in ("first time", "again"):
            for page in (*PAGES[1:], PAGES[0]):
                place = f"page {page} of the settings, {turn}"
                await self._changed(place, self.key(Key.Key_Down), lambda: window.settings_stage.page)
        await self.go(Key.Key_Escape)

    async def overlays(self, where: str) -> None:
        """Ctrl+K and F1: opened, typed in, walked, closed."""
        window, overlay = self.window, self.window.overlay
        for name, key, modifier in (
            ("commands", Key.Key_K, Modifier.ControlModifier),
            ("keys", Key.Key_F1, Modifier.NoModifier),
        ):
            place = f"{name} ({where})"
            for _ in range(max(2, self.number // 8)):
                await self.time(f"{place}, opened", self.key(key, modifier), overlay.isVisible)
                await self.time(f"{place}, closed", self.key(Key.Key_Escape), overlay.isHidden)
            await self.go(key, modifier)
            await self.compose(f"{place}, a key", self.number // 2)
            overlay.field.clear()
            await self.walk(f"{place}, up and down", overlay.list)
            await self.go(Key.Key_Escape)
        assert not window.commands.is_open

    async def wrap_up(self) -> None:
        """The fields of the write-up."""
        view = self.panes.wrap_up_view
        await self.until(lambda: self.window.situation == "wrap_up" and not self.window.rests())
        await self.go(Key.Key_1, Modifier.AltModifier)
        await self.compose("notes in the write-up, a key")
        view.other.setFocus()
        await self.compose("another type, a key")
        view.other.clear()
        await self.go(Key.Key_Escape)
        buttons = view._results.buttons
        for place in range(self.number):
            digit = (Key.Key_4, Key.Key_5)[place % 2]
            act = self.key(digit, Modifier.ControlModifier)
            await self._changed(
                "outcome by its digit", act, lambda: str([button.isChecked() for button in buttons])
            )

    async def report(self) -> None:
        """The fields of the report."""
        form, quotes = self.panes.form, self.panes.evidence.quotes
        await self.go(Key.Key_F12)
        await self.until(lambda: self.window.situation == "report")
        form.demand.setFocus()
        await self.compose("report, what was wanted, a key")
        form.demand.clear()
        quotes.setFocus()
        quotes.choose(0 if quotes.rows.rows else -1)
        await self.walk("report, quotes up and down", quotes)

    async def until(self, what: Callable[[], object], seconds: float = 60.0) -> None:
        """Wait for what the rest needs."""
        try:
            async with asyncio.timeout(seconds):
                while not what():
                    await asyncio.sleep(0.02)
        except TimeoutError:
            where = f"in {self.window.situation}, focus in {self.window.focusWidget()}"
            raise TimeoutError(f"{where}, after {list(self.found)[-1:]}") from None


def _for_ever(text: str) -> Iterator[tuple[str, str]]:
    while True:
        yield from steps(text)


async def fill(desk: Desk, _window: MainWindow, rest: str) -> None:
    """`fill NUMBER`: so many calls of the last hours, each with a write-up."""
    records, now = desk.services.line.records, desk.services.clock.now()
    for place in range(int(rest)):
        began = now - timedelta(minutes=3 * place + 3)
        remote, ended = f"sip:010{place * 7919 % 10**8:08d}@city", began + timedelta(minutes=2)
        call = Call(
            f"bench{place}",
            Direction.INCOMING,
            remote,
            "",
            CallState.DISCONNECTED,
            began,
            began,
            ended,
            "remote",
        )
        await records.save_call(call)
        await records.save_wrap_up(
            WrapUp(
                call.id,
                CATEGORIES[place % len(CATEGORIES)],
                Result.ANSWERED,
                f"위치 {place}, 결과 문자 희망",
                True,
            )
        )
    tell(event="fill")


async def keys(desk: Desk, window: MainWindow, rest: str) -> None:
    """`keys SCENE NUMBER`: the times of every place of the scene."""
    scene, number = rest.split()
    scenes = Scenes(desk, window, int(number))
    await {"talking": scenes.talking, "wrap_up": scenes.wrap_up, "report": scenes.report}[scene]()
    tell(event="keys", found=scenes.found, cpu=scenes.cpu)
