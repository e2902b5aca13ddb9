"""In a practice call: what a good agent would say now, and a key by which the desk says it."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.practice import ModelLineChanged
from desktop.services.desk_services import DeskServices
from desktop.ui.panes_contract import PaneHooks
from desktop.ui.shortcuts import shown
from desktop.ui.widgets import Button, Label, Paragraph, col, row


class ModelLineCard(QWidget):
    """Shown while it is the agent's turn. Needs no microphone: whoever has none practises with the key alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = Label("", "caption", "accentText")
        self._line = Paragraph("", "speech")
        self.button = Button("", shown("say_for_me"), height="small", strong=False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout = col(self, gap="xs", margins=("", "", "s", ""))
        head = row(gap="s")
        head.addWidget(self._caption)
        head.addStretch()
        head.addWidget(self.button)
        layout.addLayout(head)
        layout.addWidget(self._line)
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Words changed."""
        self._caption.setText(self.tr("You could say"))
        self.button.setText(self.tr("Say it for me"))

    def show_line(self, text: str) -> None:
        """Show what could be said; "" hides the card."""
        self._line.set(text)
        self.setVisible(bool(text))


class ModelLinePresenter:
    """Follows the practice call."""

    def __init__(self, card: ModelLineCard, say: QAction, services: DeskServices, hooks: PaneHooks) -> None:
        self._card, self._action, self._services, self._hooks = card, say, services, hooks
        card.button.bind(say)
        say.triggered.connect(self._say)
        self._end = services.bus.subscribe(ModelLineChanged, lambda event: self._show(event.text))
        self._show(services.practice.model_line.text)

    def close(self) -> None:
        """Hear no more events."""
        self._end()

    def _show(self, text: str) -> None:
        self._card.show_line(text)
        self._action.setEnabled(bool(text))
        if text:
            self._hooks.announce(text)

    def _say(self) -> None:
        self._hooks.start(self._services.practice.model_line.say(), "say the model line")
