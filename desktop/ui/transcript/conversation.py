"""One conversation in the pane: its lines, and below them what is being said now."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.ui.transcript import bubble
from desktop.ui.transcript.line import Line, Running, Side
from desktop.ui.transcript.list_view import LineList
from desktop.ui.transcript.model import TranscriptModel
from desktop.ui.transcript.strip import RunningStrip


class Conversation:
    """List and strip, made children of `parent` by the layout that they go into; only one conversation is in front.

    `changed` is called when there is more or less to read.
    """

    def __init__(self, parent: QWidget, front: bool, changed: Callable[[], None]) -> None:
        self.model = TranscriptModel(parent)
        self.list = LineList(self.model)
        self.strip = RunningStrip()
        self.new_lines = 0
        """Lines that came while the reader was elsewhere."""
        self._front, self._changed = front, changed
        self._running: dict[Side, Running] = {}
        self.model.rowsInserted.connect(self._line_added)
        self.list.following_changed.connect(self._following_changed)
        self._show()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read."""
        return not self.model.rowCount() and not self.strip.text()

    def retranslate(self, words: str) -> None:
        """Words changed; `words` names the list."""
        self.list.setAccessibleName(words)
        self.model.names = bubble.names()

    def reset(self, lines: Sequence[Line]) -> None:
        """Begin anew with these lines."""
        self.model.reset(lines)
        self.new_lines = 0
        self._show()
        self._changed()

    def add(self, line: Line) -> None:
        """A line that is final; the running words of its side have become it."""
        if self._running.pop(line.side, None) is not None:
            self._show_running()
        self.model.add(line)
        self._show()
        self._changed()

    def running(self, side: Side) -> Running | None:
        """What one side is saying now."""
        return self._running.get(side)

    def run(self, said: Running) -> None:
        """What a side is saying now; without words it says nothing any more."""
        if said.text.strip():
            self._running[said.side] = said
        else:
            self._running.pop(said.side, None)
        self._show_running()

    def forget_running(self) -> None:
        """Nobody says anything now."""
        self._running.clear()
        self._show_running()

    def bring_to_front(self, front: bool) -> None:
        """Show it, or let it go on unseen."""
        self._front = front
        self._show()

    def _show_running(self) -> None:
        self.strip.show_running(tuple(self._running.values()))
        if self.list.following:
            QTimer.singleShot(0, self.list, self.list.follow)
        self._changed()

    def _show(self) -> None:
        self.list.setVisible(self._front and bool(self.model.rowCount()))
        self.strip.setVisible(self._front)

    def _line_added(self) -> None:
        if not self.list.following:
            self.new_lines += 1

    def _following_changed(self, following: bool) -> None:
        if following:
            self.new_lines = 0
