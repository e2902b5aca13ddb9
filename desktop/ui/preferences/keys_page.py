"""The page of keys: every action with its key, found by typing; a key is changed by pressing another one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
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


class KeyRow(QWidget):
    """One action: its name, why a key was not taken, its keys, and back to its own key where it has another."""

    def __init__(self, name: str, key: KeyButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.key = name, key
        self._words = Paragraph("", "body")
        self.hint = Paragraph("", "caption", "warnText")
        self.reset = Button("", kind="quiet", height="small", strong=False)
        words = col(gap="")
        words.addStretch()
        words.addWidget(self._words)
        words.addWidget(self.hint)
        words.addStretch()
        line = row(self, gap="s", margins=("", "hair", "", "hair"))
        line.addLayout(words, 1)
        if not KEYS[name].shared:
            line.addWidget(self.reset)
        for bare in KEYS[name].keys:
            if len(bare) == 1:
                line.addWidget(KeyCap(bare))
        line.addWidget(key)
        self.hint.hide()
        key.setEnabled(not KEYS[name].shared)

    def show_now(self) -> None:
        """Name and key of now."""
        words = translate("Actions", KEYS[self.name].words)
        keys = key_map()
        self._words.set(words)
        if not self.key.listening:
            self.key.setText(cap(keys.main(self.name)))
        self.key.setAccessibleName(f"{words}: {cap(keys.main(self.name))}")
        self.reset.setText(translate("Keys", "Default: {key}").format(key=cap(KeyMap().main(self.name))))
        self.reset.setVisible(self.name in keys.changed)
        self.reset.setAccessibleName(f"{words}: {self.reset.text()}")

    def explain(self, text: str) -> None:
        """Why the key was not taken, "" for nothing."""
        self.hint.set(text)
        self.hint.setVisible(bool(text))


class KeysPage(QWidget):
    """A change holds at once and can be taken back; a key that another action has is named, and swapped when meant."""

    def __init__(self, window: WindowHooks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._asked = ("", "")
        self.field = QueryField("")
        self.reset_all = Button("", kind="normal", strong=False)
        self._intro = Paragraph("", "caption", "text2")
        self._headings: dict[str, Label] = {}
        self.rows: dict[str, KeyRow] = {}
        layout = col(self, gap="hair")
        top = row(gap="s")
        top.addWidget(self.field, 1)
        top.addWidget(self.reset_all)
        layout.addLayout(top)
        layout.addSpacing(4)
        layout.addWidget(self._intro)
        for group in GROUPS:
            self._headings[group] = Label("", "captionStrong", "text2")
            layout.addSpacing(8)
            layout.addWidget(self._headings[group])
            for name in (each for each, key in KEYS.items() if key.group == group):
                layout.addWidget(self._make(name))
        layout.addStretch()
        self.field.query_changed.connect(lambda _text: self._filter())
        self.reset_all.clicked.connect(lambda: self._keep(KeyMap(), self.tr("All keys are the usual ones.")))
        window.services.bus.subscribe(CallReceived, lambda _event: self._stop())
        self.retranslate()

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
        for each in self.rows.values():
            each.show_now()
            if KEYS[each.name].shared:
                each.key.set_reason(self.tr("This key means several things and stays as it is."))
        self.reset_all.setEnabled(bool(key_map().changed))

    def enter(self) -> None:
        """The page is seen: all actions."""
        self.field.clear()
        self.retranslate()

    def _make(self, name: str) -> KeyRow:
        button = KeyButton(self._belongs_to_a_call)
        made = KeyRow(name, button)
        button.caught.connect(lambda pressed: self._caught(name, pressed))
        button.stopped.connect(lambda: self._stopped(name))
        made.reset.clicked.connect(lambda: self._reset(name))
        self.rows[name] = made
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
        for each in self.rows.values():
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
