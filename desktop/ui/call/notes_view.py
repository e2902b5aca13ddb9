"""The notes: plain text, told to whoever listens after every key, composing syllables included."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QPainter, QPaintEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.ui.shortcuts import shown
from desktop.ui.theme.look import look
from desktop.ui.widgets import Label, Panel
from desktop.ui.widgets.paragraph import lay_out


class NotesEdit(QTextEdit):
    """`changed` carries the whole text as it stands on the screen, the preedit in its place."""

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self._told = self._hint = ""
        self._silent = False
        self.textChanged.connect(self._tell)
        self.restyle()

    def restyle(self) -> None:
        self.setFont(look().font("body"))
        self.setMinimumHeight(look().size(40))
        self.document().setDocumentMargin(look().space("s"))
        self._space_lines()

    def shown_text(self) -> str:
        """What the agent sees: the text with the syllable that is being composed."""
        text = self.toPlainText()
        cursor = self.textCursor()
        preedit = cursor.block().layout().preeditAreaText()
        if not preedit:
            return text
        at = cursor.block().position() + cursor.block().layout().preeditAreaPosition()
        units = text.encode("utf-16-le")
        return (units[: at * 2] + preedit.encode("utf-16-le") + units[at * 2 :]).decode("utf-16-le")

    def set_text(self, text: str) -> None:
        """Show the notes of a call; nobody is told."""
        self._silent = True
        self.setPlainText(text)
        self._space_lines()
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._silent, self._told = False, text

    def type_text(self, text: str) -> None:
        """As if the agent had typed it at the cursor."""
        self.textCursor().insertText(text)

    def add_paragraph(self, text: str) -> None:
        """Append on a line of its own."""
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        gap = "\n" if self.toPlainText() and not self.toPlainText().endswith("\n") else ""
        cursor.insertText(gap + text)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def set_hint(self, text: str) -> None:
        """What stands there while nothing is written."""
        self._hint = text
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        # Qt cuts a placeholder of two lines off below the document, which has one.
        if self._hint and not self.shown_text():
            painter = QPainter(self.viewport())
            painter.setPen(look().colour("text3"))
            edge = self.document().documentMargin()
            lay_out(self._hint, "body", self.viewport().width() - 2 * edge)[0].draw(
                painter, QPointF(edge, edge)
            )

    def remove_last(self, text: str) -> None:
        """Take out the last place of `text`, with the line break before it; cursor and focus stay where they are."""
        whole = self.toPlainText()
        at = whole.rfind(text)
        if at < 0:
            return
        begin = at - 1 if at and whole[at - 1] == "\n" else at
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(whole[:begin]))
        cursor.setPosition(_units(whole[: at + len(text)]), QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        self._tell()

    def _tell(self) -> None:
        text = self.shown_text()
        if not self._silent and text != self._told:
            self._told = text
            self.changed.emit(text)

    def _space_lines(self) -> None:
        spaced = QTextBlockFormat()
        spaced.setLineHeight(145, int(QTextBlockFormat.LineHeightTypes.ProportionalHeight.value))
        silent, self._silent = self._silent, True
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spaced)
        self._silent = silent


def _units(text: str) -> int:
    """Length as Qt counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


class NotesView(Panel):
    """Panel with the text and the word that says it is on disk."""

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", shown("pane_1"), parent=parent)
        self.edit = NotesEdit()
        self._saved = Label("", "caption", "text3")
        self._is_saved = False
        self.add_to_head(self._saved)
        self.body.addWidget(self.edit, 1)
        self.edit.changed.connect(self.changed)
        self.retranslate()

    def retranslate(self) -> None:
        self.set_title(self.tr("Notes"))
        self.edit.set_hint(self.tr("Write while you talk. Every key is saved."))
        self.edit.setAccessibleName(self.tr("Notes"))
        self.edit.setAccessibleDescription(shown("pane_1"))
        self.set_saved(self._is_saved)

    def set_saved(self, saved: bool) -> None:
        """Whether what is shown is on disk."""
        self._is_saved = saved
        self._saved.setText("✓ " + self.tr("Saved") if saved else "")

    def set_open(self, can_write: bool) -> None:
        """Whether there is a call to write about."""
        self.edit.setReadOnly(not can_write)

    @property
    def text(self) -> str:
        """The notes as shown."""
        return self.edit.shown_text()

    def type_text(self, text: str) -> None:
        """As if the agent had typed it at the cursor."""
        self.edit.type_text(text)

    def focus(self) -> None:
        """Cursor to the end of the notes."""
        self.edit.moveCursor(QTextCursor.MoveOperation.End)
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
