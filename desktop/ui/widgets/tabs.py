"""Names of pages, of which one is shown: a screen reader hears which; arrows go from name to name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QButtonGroup

from desktop.ui.widgets.button import Button


class TabGroup(QButtonGroup):
    """Its buttons never check themselves: whoever shows the page says so with `show_chosen`.

    `follows`: an arrow shows the page at once; else it moves the focus alone.
    """

    def __init__(self, buttons: Sequence[Button], follows: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._tabs, self._follows = list(buttons), follows
        # Exclusive ones can't all be unchecked, and no page need be shown.
        self.setExclusive(False)
        for button in self._tabs:
            button.be_tab(self._step)
            self.addButton(button)

    def show_chosen(self, chosen: Button | None) -> None:
        """Which page is shown, None for none."""
        for button in self._tabs:
            button.setChecked(button is chosen)

    def _step(self, button: Button, by: int) -> None:
        seen = [each for each in self._tabs if each.isVisible() and each.isEnabled()]
        other = seen[(seen.index(button) + by) % len(seen)]
        other.setFocus(Qt.FocusReason.TabFocusReason)
        if self._follows:
            other.click()
