"""The top bar: working state, how long, what comes next, how many today; tabs; crisis, commands, settings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.agent import AgentState
from desktop.ui.actions import Actions
from desktop.ui.bars.bar import Bar
from desktop.ui.bars.state_menu import StateMenu
from desktop.ui.call.words import state_word
from desktop.ui.panes_contract import Place
from desktop.ui.shortcuts import shown
from desktop.ui.theme.look import look
from desktop.ui.widgets import Button, Chip, Label, TabGroup, row

_TABS: dict[Place, str] = {"left": "pane_1", "middle": "pane_2", "right": "pane_3"}


class TopBar(Bar):
    """Passive. Where one pane is seen at a time its tabs stand here; room for them is taken from facts and words."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(1.34, line_on_top=False, parent=parent)
        self.state = Button(key=shown("state"), icon="clock", kind="chosen", left=True)
        self.state.setObjectName("state")
        self._clock = Label("", "bodyStrong", "text2", tabular=True)
        self._next = Chip("", "outline")
        self._today = Label("", "caption", "text2", tabular=True)
        self.menu = StateMenu()
        self.menu.closed.connect(self.fit)
        self._following = ""
        self.crisis = Button(key=shown("crisis"), icon="care", kind="quiet", strong=False)
        self.commands = Button(key=shown("commands"), kind="quiet", strong=False)
        self.settings = Button(key=shown("settings"), icon="gear", kind="quiet", strong=False)
        self.tabs: dict[Place, Button] = {
            place: Button(key=shown(name), kind="quiet", strong=False) for place, name in _TABS.items()
        }
        self._fronts = TabGroup(list(self.tabs.values()), follows=False, parent=self)
        layout = row(self, margins=("m", "", "m", ""))
        for widget in (self.state, self._clock, self._next):
            layout.addWidget(widget)
        layout.addWidget(self._today)
        layout.addWidget(self.menu)
        layout.addStretch(1)
        for place, tab in self.tabs.items():
            tab.bind(actions[_TABS[place]])
            layout.addWidget(tab)
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
        self.setAccessibleName(self.tr("State and commands"))
        self.crisis.setText(self.tr("Crisis call"))
        self.commands.setText(self.tr("All commands"))
        self.settings.setText(self.tr("Settings"))
        self.tabs["left"].setText(self.tr("Notes"))
        self.tabs["middle"].setText(self.tr("Talk", "tab"))
        self.tabs["right"].setText(self.tr("Task", "tab"))
        for tab in self.tabs.values():
            tab.set_purpose(self.tr("Pane of the window"))
        self.mark_crisis(self.crisis.kind == "care")
        self.mark_settings(self.settings.kind == "chosen")
        self.fit()

    def show_state(self, word: str, busy: bool, following: str) -> None:
        """The state's word; `following` says what comes next, "" where nothing is queued."""
        self.state.setText(word)
        self.state.set_icon("answer" if busy else "clock")
        self._following = following
        self._next.set(following)
        self.fit()

    def open_menu(self, state: AgentState, during_call: bool) -> None:
        """Offer the states in place of the facts."""
        self.menu.open_menu(state, during_call)
        self.fit()

    def fit(self) -> None:
        """First the words of settings and crisis call go, then facts; the tabs and the state stay."""
        words = *map(state_word, AgentState), self.state.text()
        state = max(map(self.state.width_for, words))
        left = self.menu.wide if self.menu.is_open else self._clock.sizeHint().width()
        room = self.room() - self._taken([state, left])
        tabs = [
            tab for place, tab in self.tabs.items() if look().folded and (place != "left" or look().compact)
        ]
        if self.menu.is_open and self._taken([tab.sizeHint().width() for tab in tabs]) > room:
            tabs = []
        room -= self._taken([tab.sizeHint().width() for tab in tabs])
        for tab in self.tabs.values():
            tab.setVisible(tab in tabs)
        self._fit_tools(room)
        self._fit_facts(self.room() - self._shown_width())

    def _fit_tools(self, room: int) -> None:
        tools = self.crisis, self.settings, self.commands
        full = [tool.width_for(tool.text()) for tool in tools]
        small = self.crisis.height()
        choices = full, full[:2], [full[0], small], [small, small], [small]
        chosen = next((each for each in choices if self._taken(each) <= room), [])
        for place, tool in enumerate(tools):
            there = place < len(chosen)
            tool.setVisible(there)
            tool.set_brief(there and chosen[place] == small)

    def _fit_facts(self, room: int) -> None:
        for fact, wanted in ((self._clock, True), (self._next, bool(self._following)), (self._today, True)):
            width = self._taken([fact.sizeHint().width()])
            there = wanted and not self.menu.is_open and width <= room
            fact.setVisible(there)
            room -= width if there else 0

    def _shown_width(self) -> int:
        parts = self.state, *self.tabs.values(), self.crisis, self.commands, self.settings
        return self._taken([part.sizeHint().width() for part in parts if not part.isHidden()])

    def _taken(self, widths: Sequence[int]) -> int:
        """Width of parts with a gap beside each."""
        return sum(widths) + self.gap() * len(widths)

    def mark_front(self, front: Place | None) -> None:
        """Which tab is chosen, None where a page fills the stage."""
        for place, tab in self.tabs.items():
            tab.set_kind("chosen" if place == front else "quiet")
        self._fronts.show_chosen(self.tabs[front] if front is not None else None)

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
        self.crisis.set_purpose(self.tr("This call is a crisis call") if on else "")

    def mark_settings(self, is_open: bool) -> None:
        """Show that the settings fill the stage."""
        self.settings.set_kind("chosen" if is_open else "quiet")
        self.settings.set_purpose(self.tr("They are open") if is_open else "")
