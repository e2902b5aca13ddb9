"""A line to type in."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.theme.look import look


class Field(QLineEdit):
    """Sets its own measures: in the style sheet, another text size would have every widget polished anew."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.restyle()

    def restyle(self) -> None:
        self.setFont(look().font("body"))
        self.set_room(0, 0)

    def set_room(self, left: int, right: int) -> None:
        """Measures by the look; `left` and `right` are pixels that a subclass paints in."""
        now = look()
        # The style sheet has given one pixel, which it takes for the edge of the focus.
        pad = now.space("s") - 1
        self.setFixedHeight(now.control)
        self.setTextMargins(left + pad, 0, right + pad, 0)
