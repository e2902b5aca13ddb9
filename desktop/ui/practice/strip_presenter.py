"""Between practice and its strip."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.domain.events import LineChanged
from desktop.services.desk_services import DeskServices
from desktop.ui.practice.strip import PracticeStrip
from desktop.ui.window_hooks import WindowHooks


class StripPresenter(QObject):
    """Shows the strip while the practice line is in use; Ctrl+Q leaves."""

    def __init__(self, strip: PracticeStrip, services: DeskServices, window: WindowHooks) -> None:
        super().__init__(strip)
        self._strip, self._services, self._window = strip, services, window
        services.bus.subscribe(LineChanged, lambda _event: self._show())
        window.action("quit_practice").triggered.connect(self._leave)
        self._show()

    def _leave(self) -> None:
        self._window.start(self._services.practice.end(), "leave practice")

    def _show(self) -> None:
        line = self._services.line.line
        self._strip.show_scenario(f"{line.scenario} {line.title}".strip())
        self._window.action("quit_practice").setEnabled(bool(line.scenario))
        self._window.retranslate()
