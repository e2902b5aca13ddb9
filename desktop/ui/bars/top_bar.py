"""The top bar: working state, how long, what comes next, how many today; crisis, commands, settings."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.agent import AgentState
from desktop.ui.actions import Actions
from desktop.ui.bars.bar import Bar
from desktop.ui.bars.state_menu import StateMenu
from desktop.ui.shortcuts import shown
from desktop.ui.widgets import Button, Chip, Label, row


class TopBar(Bar):
    """Passive."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(1.34, line_on_top=False, parent=parent)
        self.state = Button(key=shown("state"), icon="clock", kind="chosen", left=True)
        self.state.setObjectName("state")
        self._clock = Label("", "bodyStrong", "text2", tabular=True)
        self._next = Chip("", "outline")
        self._today = Label("", "caption", "text2", tabular=True)
        self.menu = StateMenu()
        self.menu.closed.connect(lambda: self._show_facts(True))
        self._following = ""
        self.crisis = Button(key=shown("crisis"), icon="care", kind="quiet", strong=False)
        self.commands = Button(key=shown("commands"), kind="quiet", strong=False)
        self.settings = Button(key=shown("settings"), kind="quiet", strong=False)
        layout = row(self, margins=("m", "", "m", ""))
        for widget in (self.state, self._clock, self._next):
            layout.addWidget(widget)
        layout.addSpacing(12)
        layout.addWidget(self._today)
        layout.addWidget(self.menu)
        layout.addStretch(1)
        for button, name in (
            (self.crisis, "crisis"),
            (self.commands, "commands"),
            (self.settings, "settings"),
        ):
            button.bind(actions[name])
            layout.addWidget(button)
        self.state.bind(actions["state"])
        self._next.hide()
        self.retranslate()

    def retranslate(self) -> None:
        self.crisis.setText(self.tr("Crisis call"))
        self.commands.setText(self.tr("All commands"))
        self.settings.setText(self.tr("Settings"))

    def show_state(self, word: str, busy: bool, following: str) -> None:
        """The state's word; `following` says what comes next, "" where nothing is queued."""
        self.state.setText(word)
        self.state.set_icon("answer" if busy else "clock")
        self._following = following
        self._next.set(following)
        self._show_facts(not self.menu.isVisible())

    def open_menu(self, state: AgentState, during_call: bool) -> None:
        """Offer the states in place of the facts."""
        self._show_facts(False)
        self.menu.open_menu(state, during_call)

    def _show_facts(self, shown: bool) -> None:
        self._clock.setVisible(shown)
        self._today.setVisible(shown)
        self._next.setVisible(shown and bool(self._following))

    def show_clock(self, text: str) -> None:
        """How long the state lasts."""
        if text != self._clock.text():
            self._clock.setText(text)

    def show_today(self, text: str) -> None:
        """How many calls today."""
        self._today.setText(text)

    def mark_crisis(self, on: bool) -> None:
        """Show that the call is on the crisis path."""
        self.crisis.set_kind("care" if on else "quiet")

    def mark_settings(self, is_open: bool) -> None:
        """Show that the settings fill the stage."""
        self.settings.set_kind("chosen" if is_open else "quiet")
