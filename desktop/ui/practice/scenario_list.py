"""The scenarios of practice: which can be taken now, which need what is not there yet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.services.desk_services import DeskServices
from desktop.ui.widgets import Button, Paragraph, col
from desktop.ui.window_hooks import WindowHooks


class ScenarioList(QWidget):
    """One button a scenario; those not offered are disabled and say what they need."""

    def __init__(
        self,
        services: DeskServices,
        window: WindowHooks,
        leave: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services, self._window, self._leave = services, window, leave
        self._hint = Paragraph("", "caption", "text2")
        self.buttons: dict[str, Button] = {}
        self._layout = layout = col(self, gap="xs")
        layout.addWidget(self._hint)
        layout.addStretch()
        self.retranslate()

    def enter(self) -> None:
        """The page is seen: what there is to practise."""
        self._window.start(self._show(), "read scenarios")

    async def _show(self) -> None:
        found = await self._services.practice.scenarios()
        for scenario in () if self.buttons else found:
            button = Button(
                f"{scenario.id}  {scenario.title}", icon="cap", left=True, strong=False, fixed=True
            )
            button.setEnabled(scenario.offered)
            button.clicked.connect(lambda _checked=False, chosen=scenario.id: self._begin(chosen))
            self.buttons[scenario.id] = button
            self._layout.insertWidget(self._layout.count() - 1, button)
        self.retranslate()

    def retranslate(self) -> None:
        self._hint.set(
            self.tr("A simulated citizen calls. Nothing goes out of this computer; records are kept apart.")
        )
        for button in self.buttons.values():
            if not button.isEnabled():
                button.set_reason(self.tr("Needs a procedure that comes in a later version."))

    def _begin(self, scenario_id: str) -> None:
        if not self._services.practice.idle:
            self._window.show_toast(self.tr("Practice starts when no call and no wrap-up is open."))
            return
        self._leave()
        self._window.start(self._services.practice.begin(scenario_id), "begin practice")
