"""One text message in full, and a line to answer it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.theme.look import look
from desktop.ui.widgets import Field, Label, Paragraph, Scroll, col

LONGEST_ANSWER = 300
"""Characters: with three bytes each they fit into one message."""


class TextBox(QWidget):
    """`given` carries an answer that is not blank. What was begun stays when it could not be sent."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._who = Label("", "captionStrong", "text2", tabular=True)
        self.text = Paragraph("", "body")
        self._answered = Label("", "caption", "text3")
        self.answer = Field()
        self.answer.setMaxLength(LONGEST_ANSWER)
        content = QWidget()
        inside = col(content)
        inside.addWidget(self.text)
        inside.addStretch()
        self._scroll = Scroll(content)
        layout = col(self, gap="xs")
        for widget in (self._who, self._scroll, self._answered, self.answer):
            layout.addWidget(widget)
        self.answer.returnPressed.connect(self._give)
        self.hide()

    def show_text(self, who: str, text: str, answered: str, can_answer: bool) -> None:
        """Show one; `answered` is what was sent back, "" for nothing."""
        self._who.setText(who)
        self.text.set(text)
        wanted = self.text.heightForWidth(look().size(480)) + look().space("s")
        self._scroll.setFixedHeight(min(wanted, look().size(150)))
        self._answered.setText(self.tr("You answered: {words}").replace("{words}", answered))
        self._answered.setVisible(bool(answered))
        self.answer.setVisible(can_answer)
        words = self.tr("Answer, Enter sends it")
        self.answer.setPlaceholderText(words)
        self.answer.setAccessibleName(words)
        self.show()

    def _give(self) -> None:
        if self.answer.text().strip():
            self.given.emit(self.answer.text().strip())
