"""The middle of the report: what was saved of the call and when."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.originals import CallItem, ItemKind
from desktop.domain.transcript import Leg
from desktop.ui.escalation.evidence import Evidence
from desktop.ui.escalation.quote_list import QuoteList
from desktop.ui.history.originals import OriginalField
from desktop.ui.pages import PagePanel
from desktop.ui.shortcuts import shown
from desktop.ui.theme.look import changes, look
from desktop.ui.widgets import Band, Chip, Elided, Icon, Label, Notice, Paragraph, col, row


class EvidenceView(PagePanel):
    """Facts, the caller's lines, what is stored with them. `left`: another page, or another situation, came."""

    heard_changed = Signal(float, bool)
    play_requested = Signal(float, float)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", shown("pane_2"), margins=("l", "s", "l", "m"), parent=parent)
        self._sealed = Chip("", "plain", "lock")
        self._names = [Label("", "captionStrong", "text2") for _ in range(4)]
        self._facts = [Elided("", "caption", "text", tabular=True) for _ in range(4)]
        self._said = Label("", "captionStrong", "text2")
        self._machine = Notice()
        self._nothing = Paragraph("", "body", "text3")
        self.quotes = QuoteList()
        self._stored = Label("", "captionStrong", "text2")
        self._stored_names = [Label("", "body") for _ in range(3)]
        self._stored_facts = [Elided("", "caption", "text3", tabular=True) for _ in range(3)]
        self._masked = Elided("", "caption", "text3")
        self._grid = QGridLayout()
        self._shown: Evidence | None = None
        self.original = OriginalField(self.first_focus, self)
        self._build()
        self.quotes.heard_changed.connect(self.heard_changed)
        self.quotes.play_requested.connect(self.play_requested)
        self.original.offer(self.quotes, lambda point: self._item(self.quotes.indexAt(point)))
        self.retranslate()

    def _build(self) -> None:
        self.add_to_head(self._sealed)
        band = Band()
        inside = col(band, gap="xs", margins=("m", "s", "m", "s"))
        grid = self._grid
        grid.setColumnStretch(1, 1)
        for place, (name, fact) in enumerate(zip(self._names, self._facts, strict=True)):
            grid.addWidget(name, place, 0)
            grid.addWidget(fact, place, 1)
        inside.addLayout(grid)
        changes().restyled.connect(self._space)
        self._space()
        self.body.addWidget(band)
        head = row()
        head.addWidget(self._said)
        head.addStretch()
        head.addWidget(self.original.button)
        self.body.addLayout(head)
        for widget in (self._machine, self._nothing, self.quotes, self.original.what, self.original.reason):
            self.body.addWidget(widget)
        self.body.addWidget(self._stored)
        icons = ("lines", "note", "lock")
        for icon, name, fact in zip(icons, self._stored_names, self._stored_facts, strict=True):
            line = row()
            line.addWidget(Icon(icon, "text2", 16))
            line.addWidget(name)
            line.addWidget(fact, 1)
            self.body.addLayout(line)
        self.body.addStretch(1)
        self.body.addWidget(self._masked)

    def retranslate(self) -> None:
        """Words changed."""
        self.set_title(self.tr("Saved evidence"))
        names = (self.tr("Call"), self.tr("Ended"), self.tr("Agent"), self.tr("Saved"))
        for label, name in zip(self._names, names, strict=True):
            label.setText(name)
        self._said.setText(self.tr("What the caller said"))
        self._machine.set(
            self.tr("Machine text. Enter plays it. Tick what you heard yourself; unconfirmed is fine too."),
            icon="ear",
        )
        self._nothing.set(self.tr("No words of the caller were written down yet."))
        self._stored.setText(self.tr("Stored with it"))
        stored = (self.tr("Transcript"), self.tr("My notes"), self.tr("Seal"))
        for label, name in zip(self._stored_names, stored, strict=True):
            label.setText(name)
        self._masked.setText(self.tr("Numbers are masked on the screen."))
        self.original.retranslate()
        if self._shown is not None:
            self.show_evidence(self._shown)

    def show_evidence(self, evidence: Evidence) -> None:
        """Show what was saved."""
        self._shown = evidence
        self._sealed.set(self.tr("saved {time}").format(time=evidence.sealed))
        span = f"{evidence.begun} – {evidence.ended}" if evidence.ended else f"{evidence.begun} –"
        facts = (
            f"{span} · {evidence.length} · {evidence.number}",
            self._ended_words(evidence),
            evidence.agent or "–",
            self.tr("first {first} · version {count}, {newest}").format(
                first=evidence.sealed, newest=evidence.newest, count=evidence.versions
            ),
        )
        for label, fact in zip(self._facts, facts, strict=True):
            label.setText(fact)
        self.quotes.show_quotes(evidence.quotes)
        self.quotes.setVisible(bool(evidence.quotes))
        self._machine.setVisible(bool(evidence.quotes))
        self._nothing.setVisible(not evidence.quotes)
        stored = (
            self.tr("{lines} lines · {unsure} unsure").format(lines=evidence.lines, unsure=evidence.unsure),
            self.tr("{lines} lines").format(lines=evidence.note_lines),
            f"SHA-256 {evidence.digest[:16]}…" if evidence.digest else "–",
        )
        for label, fact in zip(self._stored_facts, stored, strict=True):
            label.setText(fact)
        self._stored_facts[2].setToolTip(evidence.digest)

    def first_focus(self) -> QWidget:
        """Where the focus begins."""
        return self.quotes

    def chosen_item(self) -> CallItem | None:
        """The chosen quote."""
        return self._item(self.quotes.currentIndex())

    def hideEvent(self, event: QHideEvent) -> None:
        """A window that is only minimised is not left."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.left.emit()

    def _item(self, index: QModelIndex) -> CallItem | None:
        if not index.isValid():
            return None
        return CallItem(ItemKind.LINE, Leg.CALLER.value, self.quotes.rows.rows[index.row()].start)

    def _ended_words(self, evidence: Evidence) -> str:
        if not evidence.ended:
            return self.tr("The call goes on; what comes is added.")
        if evidence.ended_by == "local":
            return self.tr("by the agent, {time}").format(time=evidence.ended)
        if evidence.ended_by == "remote":
            return self.tr("by the caller, {time}").format(time=evidence.ended)
        return self.tr("by the network, {time}").format(time=evidence.ended)

    def _space(self) -> None:
        self._grid.setVerticalSpacing(look().space("xs"))
        self._grid.setHorizontalSpacing(look().space("l"))
