"""What a caller may hear who is not taken: three words in the card's slot, a digit each."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.call import Refusal
from desktop.ui.widgets import Choices, Elided, col

ORDER = (Refusal.BUSY, Refusal.DECLINED, Refusal.AWAY)


def refusal_word(refusal: Refusal) -> str:
    """What the caller hears, in a word."""
    translate = QCoreApplication.translate
    return {
        Refusal.BUSY: translate("Refusal", "Busy"),
        Refusal.DECLINED: translate("Refusal", "Declined"),
        Refusal.AWAY: translate("Refusal", "Not here"),
    }[refusal]


class RefusalRow(QWidget):
    """Takes the focus while it is open."""

    chosen = Signal(Refusal)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Elided("", "caption", "text2")
        self.choices = Choices(
            [refusal_word(each) for each in ORDER], ["1", "2", "3"], columns=3, folds=False
        )
        layout = col(self, gap="")
        layout.addWidget(self._title)
        layout.addWidget(self.choices)
        self.choices.chosen.connect(lambda place: self.chosen.emit(ORDER[place]))
        self.retranslate()

    def retranslate(self) -> None:
        """Words changed."""
        self._title.setText(self.tr("What the caller hears · Esc: it rings on"))
        self.choices.set_words([refusal_word(each) for each in ORDER])
        self.choices.set_question(self._title.text())

    def take_focus(self) -> None:
        """The row is shown now."""
        self.choices.set_index(-1)
        self.choices.buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.text() in ("1", "2", "3") and int(event.text()) - 1
        if place is not False and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.choices.choose(place)
        else:
            super().keyPressEvent(event)
