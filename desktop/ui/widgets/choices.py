"""Checkable options with a digit or a key each; one of a group, or each on its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from desktop.ui.theme import icons
from desktop.ui.theme.look import look
from desktop.ui.widgets.button import ARROWS, Button


class ChoiceButton(Button):
    """An option: chosen it is filled and has a tick; `tick` shows a box that can be ticked instead."""

    def __init__(
        self, text: str, key: str = "", *, tick: bool = False, parent: QWidget | None = None
    ) -> None:
        self._tick = tick
        super().__init__(text, key, left=True, strong=False, fixed=True, parent=parent)
        self.setCheckable(True)
        # For screen readers: one of several, or a box to tick.
        self.setAutoExclusive(not tick)
        if tick:
            self._icon = "check"

    def _toggled(self, on: bool) -> None:
        if self._tick:
            self.update()
        else:
            self.set_kind("chosen" if on else "normal")
            self.set_icon("check" if on else "")
            self._strong = on
            self.restyle()
        super()._toggled(on)

    def width_if_chosen(self) -> int:
        """What the word needs with its tick: choosing never moves an option."""
        now = look()
        words = QFontMetricsF(now.font("bodyStrong")).horizontalAdvance(self.text())
        return round(words + now.space("m") + now.size(18) + now.space("s") * 2) + 3

    def _paint_row(self, painter: QPainter, box: QRectF, colour: QColor) -> None:
        super()._paint_row(painter, box, colour)
        if self._tick:
            now = look()
            side = now.size(18)
            place = QRectF(round(box.left() + now.space("m")), round(box.center().y() - side / 2), side, side)
            square = place.adjusted(1, 1, -1, -1)
            painter.setPen(QPen(now.colour("accent" if self.isChecked() else "control"), 1.5))
            painter.setBrush(now.colour("accent" if self.isChecked() else "surface"))
            painter.drawRoundedRect(square, 3, 3)
            if self.isChecked():
                icons.draw(painter, "check", square.adjusted(1, 1, -1, -1), now.colour("onAccent"))


class Choices(QWidget):
    """One of several options in a grid; arrows walk, Enter or Space chooses. `keys` are the caps only.

    Where a word is too long for its column the options stand below each other, unless `folds` says that there is no
    room for that.
    """

    chosen = Signal(int)

    def __init__(
        self,
        words: Sequence[str],
        keys: Sequence[str],
        columns: int = 1,
        *,
        folds: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns, self._folds, self._folded = columns, folds and columns > 1, False
        self._group = QButtonGroup(self)
        self.buttons: list[ChoiceButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for number, text in enumerate(words):
            button = ChoiceButton(text, keys[number] if number < len(keys) else "")
            button.clicked.connect(lambda _on=False, number=number: self.chosen.emit(number))
            self.buttons.append(button)
            self._group.addButton(button, number)
        self._place()
        self.restyle()

    def restyle(self) -> None:
        self._grid.setSpacing(look().space("xs"))
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _place(self) -> None:
        columns = 1 if self._folded else self._columns
        for number, button in enumerate(self.buttons):
            self._grid.addWidget(button, number // columns, number % columns)
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _fold(self) -> None:
        if not self._folds:
            return
        gaps = self._grid.spacing() * (self._columns - 1)
        wanted = max(button.width_if_chosen() for button in self.buttons) * self._columns + gaps
        if (wanted > self.width()) != self._folded:
            self._folded = not self._folded
            self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in ARROWS:
            super().keyPressEvent(event)
            return
        shown = [button for button in self.buttons if button.isVisible() and button.isEnabled()]
        here = next((i for i, button in enumerate(shown) if button.hasFocus()), None)
        if here is not None:
            step = 1 if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Down) else -1
            shown[(here + step) % len(shown)].setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def index(self) -> int:
        """The chosen option, -1 for none."""
        return self._group.checkedId()

    def set_index(self, index: int) -> None:
        """Show an option as chosen without telling anybody; -1 for none."""
        if index < 0:
            self._group.setExclusive(False)
            for button in self.buttons:
                button.setChecked(False)
            self._group.setExclusive(True)
        else:
            self.buttons[index].setChecked(True)

    def choose(self, index: int) -> None:
        """As if the agent had clicked the option."""
        self.buttons[index].setChecked(True)
        self.chosen.emit(index)

    def set_question(self, question: str, hint: str = "") -> None:
        """What is chosen here: a screen reader says it with every option."""
        self.setAccessibleName(question)
        self.setAccessibleDescription(hint)
        for button in self.buttons:
            button.set_purpose("\n".join(filter(None, (question, hint))))

    def set_words(self, words: Sequence[str]) -> None:
        """Other words for the same options."""
        for button, text in zip(self.buttons, words, strict=True):
            button.setText(text)
        self._fold()
