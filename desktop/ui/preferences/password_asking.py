"""Asks for the password of the telephone account where the server wants one and no key store has it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt

from desktop.domain.events import RegistrationChanged
from desktop.services.event_bus import EventBus
from desktop.ui.preferences.account_form import AccountForm
from desktop.ui.situation import SituationModel


class PasswordAsking(QObject):
    """Opens the account's page, once until a registration succeeds, and never over a call or a write-up."""

    def __init__(
        self,
        bus: EventBus,
        model: SituationModel,
        open_page: Callable[[str], None],
        form: Callable[[], AccountForm],
    ) -> None:
        super().__init__(model)
        self._model, self._open_page, self._form = model, open_page, form
        self._wanted = self._asked = False
        bus.subscribe(RegistrationChanged, self._changed)
        # Queued: the window settles its focus first.
        model.changed.connect(self._ask, Qt.ConnectionType.QueuedConnection)

    def _changed(self, event: RegistrationChanged) -> None:
        registration = event.registration
        self._wanted = registration.state == "failed" and registration.trouble == "no_password"
        if registration.state == "registered":
            self._asked = False
        self._ask()

    def _ask(self) -> None:
        if self._wanted and not self._asked and self._model.situation == "idle":
            self._asked = True
            self._open_page("account")
            self._form().ask_password()
