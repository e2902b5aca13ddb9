"""One call to read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.originals import NOTES, NUMBER, CallItem, ItemKind
from desktop.ui.history.originals import OriginalField
from desktop.ui.history.rows import CallRow
from desktop.ui.pages import PagePanel
from desktop.ui.shortcuts import shown
from desktop.ui.theme.look import look
from desktop.ui.transcript import bubble
from desktop.ui.transcript.line import Line
from desktop.ui.transcript.list_view import LineList
from desktop.ui.transcript.model import LINE_ROLE, TranscriptModel
from desktop.ui.widgets import Band, Button, Elided, Label, Paragraph, Rule, Scroll, col, row


@dataclass(frozen=True, slots=True)
class CallDetail:
    """All that is kept of one call."""

    row: CallRow
    lines: Sequence[Line]
    notes: str
    line: str = ""
    """How it ended and how its line was."""
    report: str = ""
    """What became of its report, "" where it has none."""


class CallReadingView(PagePanel):
    """One call read again: what became of it, notes, transcript. `left`: another page, or another situation, came.

    `filled`: it shows a call now.
    """

    back_requested = Signal()
    report_requested = Signal(str)
    left = Signal()
    filled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", shown("pane_2"), margins=("l", "s", "s", "s"), parent=parent)
        self._call_id = ""
        self._report = Elided("", "caption", "warnText", tabular=True)
        self.report = Button("", icon="shield", kind="quiet", height="small", strong=False)
        self._facts = Elided("", "body", "text2", tabular=True)
        self._status = Elided("", "caption", "text3", tabular=True)
        self._line = Paragraph("", "caption", "text3")  # all of it is to be read, not what fits
        self._notes_title = Label("", "captionStrong", "text2")
        self._notes = Paragraph("", "body")
        self._empty = Paragraph("", "body", "text3")
        self._model = TranscriptModel(self)
        self.lines = LineList(self._model, follows=False)
        self.call_back = Button(
            "", shown("call_back"), icon="answer", kind="quiet", height="small", strong=False
        )
        self._back = Button("", "Esc", kind="quiet", height="small", strong=False)
        self.original = OriginalField(self.first_focus, self)
        self._build()
        self._back.clicked.connect(self.back_requested)
        self.report.clicked.connect(lambda: self.report_requested.emit(self._call_id))
        self.original.offer(self._facts, lambda _point: NUMBER)
        self.original.offer(self._notes, lambda _point: NOTES)
        self.original.offer(self.lines, lambda point: self._item(self.lines.indexAt(point)))
        self.retranslate()

    def _build(self) -> None:
        band = Band()
        facts = col(band, gap="xs", margins=("m", "s", "m", "s"))
        for widget in (self._facts, self._status, self._line, self._report, self._notes_title):
            facts.addWidget(widget)
        content = QWidget()
        inside = col(content)
        inside.addWidget(self._notes)
        inside.addStretch()
        self._scroll = Scroll(content)
        facts.addWidget(self._scroll)
        self.body.addWidget(band)
        # Not at the bottom: toasts are there.
        self.body.addWidget(self.original.what)
        self.body.addWidget(self.original.reason)
        self.body.addWidget(self._empty)
        self.body.addWidget(self.lines)
        self.body.addStretch(1)
        self.body.addWidget(Rule())
        foot = row()
        foot.addWidget(self.report)
        foot.addWidget(self.call_back)
        foot.addWidget(self.original.button)
        foot.addStretch()
        foot.addWidget(self._back)
        self.body.addLayout(foot)

    def retranslate(self) -> None:
        """Words changed."""
        self.set_title(self.tr("Call"))
        self._notes_title.setText(self.tr("Notes"))
        self._empty.set(self.tr("No transcript was kept of this call."))
        self._back.setText(self.tr("Back"))
        self.report.setText(self.tr("Open its report"))
        self.call_back.setText(self.tr("Call back"))
        self.lines.setAccessibleName(self.tr("Transcript of this call"))
        self._model.names = bubble.names()
        self.original.retranslate()

    def show_call(self, detail: CallDetail) -> None:
        """Show a call from its beginning."""
        self._fill(detail)
        self.lines.scrollToTop()
        self.filled.emit()

    def show_call_again(self, detail: CallDetail) -> None:
        """Show the same call with other words; the chosen line and the place stay."""
        chosen, top = self.lines.currentIndex().row(), self.lines.verticalScrollBar().value()
        self._fill(detail)
        self.lines.setCurrentIndex(self._model.index(chosen))
        self.lines.verticalScrollBar().setValue(top)

    def chosen_item(self) -> CallItem | None:
        """The line that has the focus, or had it last."""
        return self._item(self.lines.currentIndex())

    def hideEvent(self, event: QHideEvent) -> None:
        """A window that is only minimised is not left."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.left.emit()

    def _item(self, index: QModelIndex) -> CallItem | None:
        line = index.data(LINE_ROLE)
        return CallItem(ItemKind.LINE, line.side.value, line.start) if isinstance(line, Line) else None

    def _fill(self, detail: CallDetail) -> None:
        self.set_title(detail.row.title)
        self._facts.setText(f"{detail.row.time} · {detail.row.detail}")
        self._status.setText(detail.row.status)
        self._line.set(detail.line)
        self._line.setVisible(bool(detail.line))
        self._call_id = detail.row.call_id
        self._report.setText(detail.report)
        for widget in (self._report, self.report):
            widget.setVisible(bool(detail.report))
        self._notes.set(detail.notes.strip())
        self._notes_title.setVisible(bool(detail.notes.strip()))
        self._scroll.setVisible(bool(detail.notes.strip()))
        wanted = self._notes.heightForWidth(look().size(480)) + look().space("s")
        self._scroll.setFixedHeight(min(wanted, look().size(110)))
        self._model.reset(detail.lines)
        self._empty.setVisible(not detail.lines)
        self.lines.setVisible(bool(detail.lines))

    def first_focus(self) -> QWidget:
        """Where the focus begins."""
        return self.lines if self.lines.isVisibleTo(self) else self._back
