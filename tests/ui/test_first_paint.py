"""What waits for the first painting of a window."""

from __future__ import annotations

import asyncio

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui import first_paint
from desktop.ui.first_paint import FirstPaint
from tests.ui.conftest import WindowFactory


class Painted(QWidget):
    """Counts its paintings."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.times += 1


def test_it_comes_after_the_painting(make_window: WindowFactory) -> None:
    _window, desk = make_window(language="en")
    widget = Painted()

    async def seen() -> int:
        paint = FirstPaint(widget)
        widget.show()
        assert widget.times == 0
        await paint.wait()
        return widget.times

    assert desk.loop.run_until_complete(seen()) >= 1
    widget.deleteLater()


def test_a_window_that_nobody_sees_is_not_waited_for_long(
    make_window: WindowFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_paint, "PAINT_S", 0.05)
    _window, desk = make_window(language="en")
    widget = Painted()

    async def never_shown() -> int:
        await asyncio.wait_for(FirstPaint(widget).wait(), 20)
        return widget.times

    assert desk.loop.run_until_complete(never_shown()) == 0
    widget.deleteLater()
