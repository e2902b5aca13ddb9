"""The page of keys: every action with its key, found by typing; a key is changed by pressing another one."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.events import CallReceived
from desktop.settings import SettingsError
from desktop.ui.commands.finding import finds
from desktop.ui.commands.rows import findable
from desktop.ui.faq.query_field import QueryField
from desktop.ui.key_rules import refusal
from desktop.ui.key_table import CALL, GROUPS, KEYS, PROTECTION
from desktop.ui.preferences.key_button import KeyButton
from desktop.ui.shortcuts import KeyMap, cap, key_map
from desktop.ui.widgets import Button, KeyCap, Label, Paragraph, col, row
from desktop.ui.window_hooks import WindowHooks

translate = QCoreApplication.translate
SEEN_FIRST = 2
"""So many groups fill the page: those of a call."""
BETWEEN_MS = 25
"""From one group to the next: a painting, and a key, come in between."""


class KeyRow(QWidget):
    """One action: its name, why a key was not taken, its keys, and back to its own key where it has another.

    Hint and way back are made when they are first wanted: sixty rows have neither, and the page opens in half the time.
    """

    reset_wanted = Signal()

    def __init__(self, name: str, key: KeyButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.key = name, key
        self._words = Paragraph("", "body")
        self._column = col(gap="")
        self._column.addStretch()
        self._column.addWidget(self._words)
        self._column.addStretch()
        self._line = row(self, gap="s", margins=("", "hair", "", "hair"))
        self._line.addLayout(self._column, 1)
        for bare in KEYS[name].keys:
            if len(bare) == 1:
                self._line.addWidget(KeyCap(bare))
        self._line.addWidget(key)
        key.setEnabled(not KEYS[name].shared)

    @cached_property
    def hint(self) -> Paragraph:
        """Why a key was not taken."""
        hint = Paragraph("", "caption", "warnText", parent=self)
        hint.hide()
        self._column.insertWidget(2, hint)
        return hint

    @cached_property
    def reset(self) -> Button:
        """Back to the action's own key."""
        reset = Button("", kind="quiet", height="small", strong=False, parent=self)
        reset.hide()
        self._line.insertWidget(1, reset)
        before = self.key.previousInFocusChain()
        while before is not None and before.focusPolicy() == Qt.FocusPolicy.NoFocus:
            before = before.previousInFocusChain()
        QWidget.setTabOrder(before or self.key, reset)
        reset.clicked.connect(self.reset_wanted)
        return reset

    def show_now(self) -> None:
        """Name and key of now."""
        words = translate("Actions", KEYS[self.name].words)
        keys = key_map()
        self._words.set(words)
        if not self.key.listening:
            self.key.setText(cap(keys.main(self.name)))
        self.key.setAccessibleName(f"{words}: {cap(keys.main(self.name))}")
        changed = self.name in keys.changed
        if changed or "reset" in self.__dict__:
            self.reset.setText(translate("Keys", "Default: {key}").format(key=cap(KeyMap().main(self.name))))
            self.reset.setVisible(changed)
            self.reset.setAccessibleName(f"{words}: {self.reset.text()}")

    def explain(self, text: str) -> None:
        """Why the key was not taken, "" for nothing."""
        if text or "hint" in self.__dict__:
            self.hint.set(text)
            self.hint.setVisible(bool(text))


class KeysPage(QWidget):
    """A change holds at once and can be taken back; a key that another action has is named, and swapped when meant.

    What is seen first is made first; the other groups follow, one at a time, so that no key waits for all of them.
    """

    def __init__(self, window: WindowHooks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._asked = ("", "")
        self.field = QueryField("")
        self.reset_all = Button("", kind="normal", strong=False)
        self._intro = Paragraph("", "caption", "text2")
        self._headings: dict[str, Label] = {}
        self._rows: dict[str, KeyRow] = {}
        self._unmade = list(GROUPS)
        self._layout = layout = col(self, gap="hair")
        top = row(gap="s")
        top.addWidget(self.field, 1)
        top.addWidget(self.reset_all)
        layout.addLayout(top)
        layout.addSpacing(4)
        layout.addWidget(self._intro)
        for _ in range(SEEN_FIRST):
            self._make_group()
        layout.addStretch()
        self.field.query_changed.connect(lambda _text: self._filter())
        self.reset_all.clicked.connect(lambda: self._keep(KeyMap(), self.tr("All keys are the usual ones.")))
        window.services.bus.subscribe(CallReceived, lambda _event: self._stop())
        self.retranslate()
        QTimer.singleShot(BETWEEN_MS, self, self._go_on)

    @property
    def rows(self) -> dict[str, KeyRow]:
        """Every action's row, by its name."""
        while self._unmade:
            self._make_group()
        return self._rows

    def _go_on(self) -> None:
        if self._unmade:
            self._make_group()
            QTimer.singleShot(BETWEEN_MS, self, self._go_on)

    def _make_group(self) -> None:
        """The next group, before the stretch at the end."""
        group, place = (
            self._unmade.pop(0),
            self._layout.count() - (len(self._unmade) < len(GROUPS) - SEEN_FIRST),
        )
        self._headings[group] = Label("", "captionStrong", "text2")
        self._headings[group].setText(translate("Actions", group))
        self._layout.insertSpacing(place, 8)
        self._layout.insertWidget(place + 1, self._headings[group])
        for number, name in enumerate(each for each, key in KEYS.items() if key.group == group):
            self._layout.insertWidget(place + 2 + number, self._make(name))
            self._show_row(self._rows[name])

    def retranslate(self) -> None:
        """Language or keys have changed."""
        self.field.setAccessibleName(self.tr("Find an action or a key"))
        self.field.setPlaceholderText(self.tr("A word or a key"))
        self.reset_all.setText(self.tr("All to default"))
        self._intro.set(
            self.tr(
                "Choose a key, then press the new one; Esc leaves it as it is. "
                "Most keys with Ctrl or Alt, and the F keys, can be used."
            )
        )
        for group, heading in self._headings.items():
            heading.setText(translate("Actions", group))
        for each in self._rows.values():
            self._show_row(each)
        self.reset_all.setEnabled(bool(key_map().changed))

    def _show_row(self, one: KeyRow) -> None:
        one.show_now()
        if KEYS[one.name].shared:
            one.key.set_reason(self.tr("This key means several things and stays as it is."))

    def enter(self) -> None:
        """The page is seen: all actions."""
        self.field.clear()
        self.retranslate()

    def _make(self, name: str) -> KeyRow:
        button = KeyButton(self._belongs_to_a_call)
        made = KeyRow(name, button)
        button.caught.connect(lambda pressed: self._caught(name, pressed))
        button.stopped.connect(lambda: self._stopped(name))
        made.reset_wanted.connect(lambda: self._reset(name))
        self._rows[name] = made
        return made

    def _filter(self) -> None:
        seen: set[str] = set()
        for name, each in self.rows.items():
            found = finds(self.field.query, findable(name))
            each.setVisible(found)
            if found:
                seen.add(KEYS[name].group)
        for group, heading in self._headings.items():
            heading.setVisible(group in seen)

    def _belongs_to_a_call(self, pressed: str) -> bool:
        """A call goes on or rings: its keys do what they always do, listening or not."""
        if self._window.services.calls.current is None:
            return False
        owner = key_map().owner(pressed)
        return bool(owner) and KEYS[owner].group in (CALL, PROTECTION)

    def _caught(self, name: str, pressed: str) -> None:
        keys, own = key_map(), key_map().main(name)
        usual = pressed == KeyMap().main(name)
        reason = "" if usual else refusal(pressed)
        other = keys.owner(pressed, but=name)
        if reason:
            self._explain(name, f"{cap(pressed)}: {translate('Keys', reason)}")
        elif other and self._asked != (name, pressed):
            self._asked = (name, pressed)
            offer = self.tr("Press it once more to let the two change places.")
            self._explain(name, f"{self._taken(other, pressed)} {offer}")
        else:
            made = keys.having(name, pressed)
            self.rows[name].key.stop()
            self._keep(made.having(other, own) if other else made, self._moved(name, pressed))

    def _reset(self, name: str) -> None:
        usual = KeyMap().main(name)
        other = key_map().owner(usual, but=name)
        if other:
            self._explain(name, self._taken(other, usual))
            return
        self.rows[name].key.setFocus()
        self._keep(key_map().having(name, ""), self._moved(name, usual))

    def _moved(self, name: str, key: str) -> str:
        words = translate("Actions", KEYS[name].words)
        return self.tr("{key} is now: {action}").format(key=cap(key), action=words)

    def _taken(self, other: str, key: str) -> str:
        words = translate("Actions", KEYS[other].words)
        return self.tr("{key} is the key of ‘{action}’.").format(key=cap(key), action=words)

    def _explain(self, name: str, text: str) -> None:
        self.rows[name].explain(text)
        self._window.announce(text, assertive=True)

    def _stop(self) -> None:
        for each in self._rows.values():
            each.key.stop()

    def _stopped(self, name: str) -> None:
        self._asked = ("", "")
        self.rows[name].explain("")
        self.rows[name].show_now()

    def _keep(self, keys: KeyMap, said: str) -> None:
        before = key_map()
        self._window.start(self._write(keys, said, before), "keep keys")

    async def _write(self, keys: KeyMap, said: str, before: KeyMap | None) -> None:
        """Keep them, let them hold, say so; `before` is what Alt+U brings back, None for nothing."""
        try:
            self._window.settings.change(keys=keys.text())
        except SettingsError:
            self._window.settings_changed()  # they hold for this run only
            raise
        self._window.settings_changed()
        undo = None
        if before is not None:
            back = self.tr("The keys are as they were.")
            undo = lambda: self._window.start(self._write(before, back, None), "keep keys")  # noqa: E731
        self._window.show_toast(said, undo)
