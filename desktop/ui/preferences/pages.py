"""Settings fill the stage; the phone stays, so that a call can be taken meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from desktop.ui.practice.scenario_list import ScenarioList
from desktop.ui.preferences.account_form import AccountForm
from desktop.ui.preferences.kept_page import KeptPage
from desktop.ui.preferences.keys_page import KeysPage
from desktop.ui.preferences.simple_pages import (
    AnswersPage,
    DisplayPage,
    RecordsPage,
)
from desktop.ui.preferences.sound_check import SoundPage
from desktop.ui.preferences.sound_check_port import AccountPort, SoundCheckPort
from desktop.ui.preferences.transcript_page import TranscriptPage
from desktop.ui.widgets import Button, KeyCap, Label, Scroll, Stack, TabGroup, col, row
from desktop.ui.window_hooks import WindowHooks


class Page(Protocol):
    """What a page answers beside being a widget."""

    def enter(self) -> None:
        """The page is seen."""


PAGES = ("sound", "display", "transcript", "keys", "account", "answers", "practice", "records", "kept")


class SettingsStage(QFrame):
    """Page names at the left, the page at the right; arrows walk the names."""

    def __init__(
        self,
        window: WindowHooks,
        sound_check: SoundCheckPort,
        accounts: AccountPort,
        leave: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._leave = leave
        self._makers: dict[str, Callable[[], QWidget]] = {
            "sound": lambda: SoundPage(sound_check, window),
            "display": lambda: DisplayPage(window),
            "transcript": lambda: TranscriptPage(window),
            "keys": lambda: KeysPage(window),
            "account": lambda: AccountForm(accounts, window),
            "answers": lambda: AnswersPage(window),
            "practice": lambda: ScenarioList(window.services, window, leave),
            "records": lambda: RecordsPage(window),
            "kept": lambda: KeptPage(window),
        }
        self._pages: dict[str, QWidget] = {}
        self.buttons = {name: Button(kind="quiet", left=True, strong=False, fixed=True) for name in PAGES}
        self._tabs = TabGroup(list(self.buttons.values()), follows=True, parent=self)
        self._title = Label("", "title")
        self._heading = Label("", "title")
        self._foot = Label("", "caption", "text2")
        self._stack = Stack()
        self.page = "sound"
        self._lay_out()
        self.retranslate()
        window.action("sound_check").triggered.connect(self._sound_check)

    def _lay_out(self) -> None:
        outer = row(self, gap="l", margins=("m", "head", "l", "m"))
        names = col(gap="hair")
        head = row()
        head.addWidget(self._title)
        head.addWidget(KeyCap("Esc"))
        head.addStretch()
        names.addLayout(head)
        for name in PAGES:
            self.buttons[name].clicked.connect(lambda _checked=False, name=name: self.show_page(name))
            names.addWidget(self.buttons[name])
        names.addStretch()
        body = col(gap="xs")
        body.addWidget(self._heading)
        body.addWidget(self._stack, 1)
        body.addWidget(self._foot)
        outer.addLayout(names, 2)
        outer.addLayout(body, 7)

    def retranslate(self) -> None:
        words = {
            "sound": self.tr("Sound"),
            "display": self.tr("Display and text"),
            "transcript": self.tr("Transcript"),
            "keys": self.tr("Keys"),
            "account": self.tr("Phone account"),
            "answers": self.tr("Answers"),
            "practice": self.tr("Practice"),
            "records": self.tr("My records"),
            "kept": self.tr("Kept about me"),
        }
        for name, text in words.items():
            self.buttons[name].setText(text)
            self.buttons[name].set_purpose(self.tr("Page of the settings"))
        self._title.setText(self.tr("Settings"))
        self._foot.setText(self.tr("Changes apply at once unless a hint says otherwise."))
        self.setAccessibleName(self.tr("Settings"))
        self._heading.setText(self.buttons[self.page].text())

    def page_of(self, name: str) -> QWidget:
        """A page of PAGES; it is made when it is first wanted, so that the window opens without it."""
        if name not in self._pages:
            self._pages[name] = self._makers[name]()
            self._stack.addWidget(Scroll(self._pages[name]))
        return self._pages[name]

    def account_form(self) -> AccountForm:
        """The page of the telephone account."""
        return cast(AccountForm, self.page_of("account"))

    def show_page(self, name: str) -> None:
        """Bring a page of PAGES to the front."""
        self.page = name
        for other, button in self.buttons.items():
            button.set_kind("chosen" if other == name else "quiet")
        self._tabs.show_chosen(self.buttons[name])
        self._heading.setText(self.buttons[name].text())
        page = self.page_of(name)
        self._stack.setCurrentIndex(list(self._pages).index(name))
        if hasattr(page, "enter"):
            cast(Page, page).enter()

    def enter(self) -> None:
        """The settings are opened: the page of last time, focus on its name."""
        self.show_page(self.page)
        self.buttons[self.page].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _sound_check(self) -> None:
        page = self._stack.currentWidget()
        sound = page.widget() if isinstance(page, Scroll) else None
        if self.isVisible() and isinstance(sound, SoundPage):
            sound.play()
