"""The table of keys: each one does its action wherever the focus is, also while a syllable is composed.

A text field keeps bare characters, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QListView, QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.settings import Settings
from desktop.ui import actions as actions_module
from desktop.ui.actions import Actions
from desktop.ui.application import make_application
from desktop.ui.call.notes_view import NotesEdit
from desktop.ui.commands.rows import CommandRow
from desktop.ui.faq.query_field import QueryField
from desktop.ui.history.row_list import RowList
from desktop.ui.key_table import KEYS
from desktop.ui.main_window import MainWindow
from desktop.ui.shortcuts import is_bare, key_map
from desktop.ui.widgets import Button, ChoiceButton, Combo, Toast
from tests.ui.conftest import WindowFactory

TABLE = [(name, key) for name, each in KEYS.items() if not each.shared for key in each.keys]

SHARED = [("shared", key) for key in ("Ctrl+Return", "Ctrl+Enter", "Esc", "Ctrl+1", "Ctrl+9")]
"""Keys that the window binds once and gives to whom they mean something."""


class _List(RowList[CommandRow]):
    def __init__(self) -> None:
        super().__init__(lambda row: row.words)
        self.show_rows([CommandRow(str(number), str(number)) for number in range(5)])
        self.choose(2)

    def paint_row(self, *_parts: object) -> None:
        """Nothing to see."""


def _combo() -> Combo:
    combo = Combo()
    combo.addItems(["one", "two", "three"])
    combo.setCurrentIndex(1)
    return combo


KINDS: dict[str, Callable[[], QWidget]] = {
    "line": QLineEdit,
    "query": lambda: QueryField(""),
    "text": NotesEdit,
    "list": _List,
    "combo": _combo,
    "button": lambda: Button("Button"),
    "choice": lambda: ChoiceButton("Choice"),
}
FIELDS = ("line", "query", "text")


def _state(widget: QWidget) -> object:
    """What a key could change."""
    if isinstance(widget, QTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QLineEdit):
        return widget.text()
    if isinstance(widget, QComboBox):
        return widget.currentIndex(), widget.view().isVisible()
    return widget.currentIndex().row() if isinstance(widget, QListView) else None


def _click(widget: QWidget, key: str) -> None:
    pressed = QKeySequence.fromString(key)[0]
    if is_bare(key):
        QTest.keyClicks(widget, key)
    else:
        QTest.keyClick(widget, pressed.key(), pressed.keyboardModifiers())


@pytest.fixture
def host(qtbot: QtBot) -> tuple[QWidget, list[str]]:
    """A window with every action of the desk, and the names of those that were triggered."""
    make_application(Settings(language="en", theme="light"))
    window, done = QWidget(), list[str]()
    QVBoxLayout(window)
    acting = Actions(window)
    for name in KEYS:
        acting[name].triggered.connect(lambda _on=False, name=name: done.append(name))
    qtbot.addWidget(window)
    return window, done


def _show(host: QWidget, kind: str, qtbot: QtBot) -> QWidget:
    widget = KINDS[kind]()
    layout = host.layout()
    assert layout is not None
    layout.addWidget(widget)
    host.show()
    host.activateWindow()
    with qtbot.waitActive(host):
        pass
    widget.setFocus()
    assert widget.hasFocus()
    return widget


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_in_every_kind_of_focus(host: tuple[QWidget, list[str]], qtbot: QtBot, kind: str) -> None:
    window, done = host
    widget = _show(window, kind, qtbot)
    for name, key in TABLE:
        before = _state(widget)
        done.clear()
        _click(widget, key)
        if is_bare(key) and kind in FIELDS:
            assert done == [], (name, key)
            assert _state(widget) == f"{before}{key}", (name, key)
        else:
            assert done == [name], (name, key)
            assert _state(widget) == before, (name, key)
        assert widget.hasFocus()


class _InputMethod(QObject):
    """Composes a text in a widget, as an input method does; `commit` ends it, as the desk asks for."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._widget, self._preedit = widget, ""

    def compose(self, text: str) -> None:
        self._preedit = text
        QApplication.sendEvent(self._widget, QInputMethodEvent(text, []))

    def commit(self) -> None:
        text, self._preedit = self._preedit, ""
        if text:
            event = QInputMethodEvent("", [])
            event.setCommitString(text)
            QApplication.sendEvent(self._widget, event)


@pytest.mark.parametrize("composed", ["볼", "かん", "tiê"], ids=["ko", "ja", "vi"])
@pytest.mark.parametrize("kind", FIELDS)
def test_every_key_while_composing(
    host: tuple[QWidget, list[str]],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    composed: str,
) -> None:
    window, done = host
    widget = _show(window, kind, qtbot)
    method = _InputMethod(widget)

    class Application:
        """Stands for Qt's: the one input method is ours."""

        focusObject = staticmethod(QApplication.focusObject)
        inputMethod = staticmethod(lambda: method)

    monkeypatch.setattr(actions_module, "QGuiApplication", Application)
    for name, key in ((name, key) for name, key in TABLE if not is_bare(key)):
        before = _state(widget)
        done.clear()
        method.compose(composed)
        _click(widget, key)
        assert done == [name], (name, key)
        assert _state(widget) == f"{before}{composed}", (name, key)


def test_changed_keys_do_the_same(host: tuple[QWidget, list[str]], qtbot: QtBot) -> None:
    window, done = host
    acting = window.findChild(Actions)
    assert isinstance(acting, Actions)
    acting.follow("mute:F4 hold:F3 search:Ctrl+Shift+F end:F13")
    widget = _show(window, "text", qtbot)
    for name in ("mute", "hold", "search", "end"):
        done.clear()
        _click(widget, key_map().main(name))
        assert done == [name]
    done.clear()
    _click(widget, "F8")
    assert done == []


def _focusable(window: MainWindow) -> list[QWidget]:
    """One of each kind of widget that can have the focus now."""
    kinds: dict[type, QWidget] = {}
    for widget in window.findChildren(QWidget):
        usable = widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if usable and not isinstance(widget, Toast):
            kinds.setdefault(type(widget), widget)
    return list(kinds.values())


def test_no_widget_of_the_desk_keeps_a_key_for_itself(make_window: WindowFactory) -> None:
    window, desk = make_window()
    steps: list[Callable[[], object]] = [
        lambda: None,
        desk.phone.ring,
        window.action("answer").trigger,
        lambda: window.open_settings("display"),
        lambda: window.open_settings("keys"),
    ]
    kept: list[str] = []
    tried: set[type] = set()
    for step in steps:
        desk.do(step)
        widgets = [each for each in _focusable(window) if type(each) not in tried]
        tried |= {type(each) for each in widgets}
        desk.do(lambda widgets=widgets: kept.extend(_kept(window, widgets)))  # type: ignore[misc]
    assert kept == []
    assert len(tried) >= 8


def _kept(window: MainWindow, widgets: list[QWidget]) -> list[str]:
    """Which key the widget took although it is an action's. Only the override is asked: nothing is done."""
    wrong = []
    for widget in widgets:
        takes_text = isinstance(widget, QLineEdit | QTextEdit)
        for name, key in [*TABLE, *SHARED]:
            if is_bare(key) and takes_text:
                continue
            pressed = QKeySequence.fromString(key)[0]
            text = key if is_bare(key) else ""
            event = QKeyEvent(QEvent.Type.ShortcutOverride, pressed.key(), pressed.keyboardModifiers(), text)
            event.ignore()
            QApplication.sendEvent(widget, event)
            if event.isAccepted():
                wrong.append(f"{type(widget).__name__} keeps {key} ({name})")
            window.column.red.released.emit()  # what F12 began
    return wrong
