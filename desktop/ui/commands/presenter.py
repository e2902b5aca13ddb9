"""Ctrl+K and F1: what the overlay lists, what Enter does, when it closes by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.actions import commit_composition
from desktop.ui.commands.overlay import CommandOverlay
from desktop.ui.commands.rows import CommandRow, found_rows, grouped_rows, spoken
from desktop.ui.key_table import CALL, KEYS, SOUND
from desktop.ui.situation import SituationModel
from desktop.ui.theme.look import changes
from desktop.ui.widgets.focus import give_focus
from desktop.ui.window_hooks import WindowHooks

Mode = Literal["commands", "keys"]
_UNSEEN = ("abuse", "crisis", "report", "settings", "first_start")
"""Situations that the agent has asked for and that the overlay would cover."""
_NEEDS_NO_STAGE = ("undo", "mark", "supervisor", "commands", "keys")


class Moment(Protocol):
    """What the window knows of this moment beyond the enabled states of its actions."""

    def confirms(self) -> str:
        """Which action Ctrl+Enter means now."""

    def can_undo(self) -> bool:
        """Whether a message offers to take something back."""

    def rests(self) -> bool:
        """Whether a call has ended within the last second."""

    def settle(self) -> None:
        """Put the focus where the hands are needed, where it is nowhere."""


class CommandPresenter(QObject):
    """Fills the overlay. A call's own keys work while it is open; whatever else needs the stage closes it."""

    def __init__(
        self, overlay: CommandOverlay, model: SituationModel, window: WindowHooks, moment: Moment
    ) -> None:
        super().__init__(overlay)
        self._overlay, self._model, self._window, self._moment = overlay, model, window, moment
        self._mode: Mode = "commands"
        self._before: QWidget | None = None
        self._confirms = ""
        self._told = ""
        overlay.query_changed.connect(lambda _text: self._show(fresh=True))
        overlay.chosen_changed.connect(self._explain)
        overlay.run_requested.connect(self._run)
        overlay.change.clicked.connect(self._change_keys)
        self._open_by("commands")
        self._open_by("keys")
        for name, key in KEYS.items():
            if key.group not in (CALL, SOUND) and name not in _NEEDS_NO_STAGE:
                window.action(name).triggered.connect(self.close)
        model.changed.connect(lambda now, _before: self._follow(now))
        model.phase_changed.connect(lambda _phase: self._show())
        changes().retranslated.connect(self._show)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)

    @property
    def is_open(self) -> bool:
        """Whether the overlay is seen."""
        return not self._overlay.isHidden()

    def toggle(self, mode: Mode) -> None:
        """Open, change from one list to the other, or close."""
        if self.is_open and mode == self._mode:
            self.close()
            return
        if not self.is_open:
            self._before, self._confirms = QApplication.focusWidget(), self._moment.confirms()
        self._mode = mode
        self._told = ""
        self._overlay.open_with(self._title(), self._rows(""))
        self._window.announce(self._title())

    def close(self) -> None:
        """Give the focus back to where it was."""
        if not self.is_open:
            return
        commit_composition()
        before, self._before = self._before, None
        give_focus(before)
        self._overlay.hide()
        self._moment.settle()

    # inside
    def _open_by(self, mode: Mode) -> None:
        self._window.action(mode).triggered.connect(lambda: self.toggle(mode))

    def _title(self) -> str:
        return self.tr("All commands") if self._mode == "commands" else self.tr("All keys")

    def _rows(self, query: str) -> list[CommandRow]:
        list_of: Callable[[str, Callable[[str], str]], list[CommandRow]] = (
            found_rows if self._mode == "commands" else grouped_rows
        )
        return list_of(query, self._reason)

    def _show(self, fresh: bool = False) -> None:
        """The rows of now; `fresh` chooses the first one, else the chosen one stays."""
        if not self.is_open:
            return
        chosen = self._overlay.list.chosen_row()
        keep = chosen.name if chosen is not None and not fresh else ""
        self._overlay.show_rows(self._rows(self._overlay.field.query), keep)

    def _reason(self, name: str) -> str:
        """When an action makes sense, "" where it does now."""
        action, key = self._window.action(name), KEYS[name]
        protection = self._window.services.protection
        if name == "red_button" and protection.running and protection.state.warnings_locked:
            return self.tr("Locked in a crisis call")
        possible = action.isEnabled()
        if name == "keep_form":
            possible = self._confirms == name
        elif name == "undo":
            possible = self._moment.can_undo()
        elif name == "sound_check":
            possible = self._window.situation == "settings"
        return "" if possible else QCoreApplication.translate("Actions", key.when) or self.tr("Not now")

    def _explain(self) -> None:
        row = self._overlay.list.chosen_row()
        if row is None and not self._overlay.field.query.strip():
            self._overlay.explain(self.tr("Type, or choose with the arrows; Enter does it."))
            return
        if row is None:
            words = self.tr("Nothing for “{words}”. Use fewer words.")
            self._tell(words.replace("{words}", self._overlay.field.query.strip()))
            return
        words = self.tr("Enter does it, the arrows choose another.")
        self._overlay.explain(self._not_now(row.reason) if row.reason else words)
        self._say(spoken(row))

    def _not_now(self, reason: str) -> str:
        return self.tr("Not now · {when}").replace("{when}", reason)

    def _tell(self, text: str) -> None:
        self._overlay.explain(text, important=True)
        self._say(text)

    def _say(self, text: str) -> None:
        if text != self._told:
            self._told = text
            self._window.announce(text)

    def _run(self, place: int) -> None:
        rows = self._overlay.list.rows.rows
        if not 0 <= place < len(rows) or not rows[place].name:
            return
        name = rows[place].name
        if reason := self._reason(name):
            self._told = ""
            self._tell(self._not_now(reason))
        elif KEYS[name].shared and self._moment.rests():
            self._told = ""
            self._tell(self.tr("The call has just ended. Once more, if you mean it."))
        else:
            self.close()
            self._window.action(name).trigger()

    def _change_keys(self) -> None:
        self.close()
        self._window.open_settings("keys")

    def _follow(self, situation: str) -> None:
        if situation in _UNSEEN:
            self.close()
        else:
            self._show()

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Whoever goes elsewhere has done with the list; another window in front changes nothing."""
        inside = new is not None and (new is self._overlay or self._overlay.isAncestorOf(new))
        if self.is_open and new is not None and not inside and new.window() is self._overlay.window():
            self._before = None
            self._overlay.hide()
