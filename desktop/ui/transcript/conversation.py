"""One conversation in the pane: its lines, and below them what is being said now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.ui.transcript import bubble
from desktop.ui.transcript.line import Line, Running
from desktop.ui.transcript.list_view import LineList
from desktop.ui.transcript.model import TranscriptModel
from desktop.ui.transcript.strip import RunningStrip


class Conversation:
    """List and strip, made children of `parent` by the layout that they go into; only one conversation is in front."""

    def __init__(self, parent: QWidget, front: bool) -> None:
        self.model = TranscriptModel(parent)
        self.list = LineList(self.model)
        self.strip = RunningStrip()
        self.new_lines = 0
        """Lines that came while the reader was elsewhere."""
        self._front = front
        self.model.rowsInserted.connect(self._line_added)
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

    def add(self, line: Line) -> None:
        """A line that is final."""
        self.model.add(line)
        self._show()

    def run(self, said: Sequence[Running]) -> None:
        """What is being said now."""
        self.strip.show_running(said)
        if self.list.following:
            QTimer.singleShot(0, self.list, self.list.follow)

    def bring_to_front(self, front: bool) -> None:
        """Show it, or let it go on unseen."""
        self._front = front
        self._show()

    def _show(self) -> None:
        self.list.setVisible(self._front and bool(self.model.rowCount()))
        self.strip.setVisible(self._front)

    def _line_added(self) -> None:
        if not self.list.following:
            self.new_lines += 1
