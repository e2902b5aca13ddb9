"""What a screen reader is told of the shared parts, and that what it presses is pressed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.settings import Settings
from desktop.ui.application import make_application
from desktop.ui.faq.hit_list import READ_OUT, spoken
from desktop.ui.faq.rows import AnswerRow
from desktop.ui.transcript.line import Heard, Line, Side
from desktop.ui.transcript.model import TranscriptModel
from desktop.ui.widgets import Button, ChoiceButton, Choices, Combo, KeyCap, Light, TabGroup, row
from tests.ui.accessible import Role, faults, tree


@pytest.fixture(autouse=True)
def styled(qtbot: QtBot) -> None:
    make_application(Settings(language="en", theme="light"))


def press(widget: QWidget, name: str) -> None:
    """As a screen reader does it."""
    actions = QAccessible.queryAccessibleInterface(widget).actionInterface()
    assert name in actions.actionNames()
    actions.doAction(name)


TOGGLE, PRESS = QAccessibleActionInterface.toggleAction(), QAccessibleActionInterface.pressAction()


def test_an_option_that_a_screen_reader_chooses_is_chosen(qtbot: QtBot) -> None:
    choices, chosen = Choices(["Yes", "No"], []), list[int]()
    qtbot.addWidget(choices)
    choices.chosen.connect(chosen.append)
    press(choices.buttons[1], TOGGLE)
    press(choices.buttons[0], TOGGLE)
    assert (chosen, choices.index) == ([1, 0], 0)
    choices.set_index(1)
    choices.set_index(-1)
    assert chosen == [1, 0]
    choices.buttons[1].click()
    choices.buttons[1].click()
    assert chosen == [1, 0, 1, 1]


def test_a_box_that_a_screen_reader_ticks_is_ticked(qtbot: QtBot) -> None:
    tick, told = ChoiceButton("Asked", tick=True), list[bool]()
    qtbot.addWidget(tick)
    tick.clicked.connect(lambda: told.append(tick.isChecked()))
    for _ in range(2):
        press(tick, TOGGLE)
    tick.setChecked(True)
    assert told == [True, False]
    assert tree(tick).role is Role.CheckBox


def test_an_option_says_what_it_answers(qtbot: QtBot) -> None:
    choices = Choices(["Yes", "No"], ["1", "2"])
    qtbot.addWidget(choices)
    choices.set_question("A threat?", "Somebody is named.")
    node = tree(choices.buttons[0])
    assert (node.role, node.description) == (Role.RadioButton, "1 · A threat? · Somebody is named.")
    assert node.name == "Yes"


def test_the_name_of_a_page_says_whether_it_is_shown(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    tabs, asked = [Button(name) for name in ("Sound", "Keys", "Practice")], list[str]()
    line = row(window)
    for tab in tabs:
        line.addWidget(tab)
        tab.clicked.connect(lambda _on=False, tab=tab: asked.append(tab.text()))
    group = TabGroup(tabs, follows=True, parent=window)
    group.show_chosen(tabs[0])
    with qtbot.waitExposed(window):
        window.show()
    assert tree(tabs[0]).role is Role.RadioButton
    press(tabs[1], TOGGLE)
    tabs[0].click()
    assert (asked, [tab.isChecked() for tab in tabs]) == (["Keys", "Sound"], [True, False, False])
    tabs[0].setFocus()
    QTest.keyClick(tabs[0], Qt.Key.Key_Left)
    assert asked[-1] == "Practice"
    group.show_chosen(None)
    assert not any(tab.isChecked() for tab in tabs)


def test_a_light_says_its_state_and_is_pressed(qtbot: QtBot) -> None:
    light, asked = Light(), list[bool]()
    qtbot.addWidget(light)
    light.asked.connect(lambda: asked.append(True))
    for state, words in (
        ("ok", "fine"),
        ("off", "not in use"),
        ("warn", "impaired"),
        ("fail", "not working"),
    ):
        light.set("Microphone", state, "Plug it in.")
        node = tree(light)
        assert (node.role, node.name, node.description) == (
            Role.Button,
            "Microphone",
            f"{words} · Plug it in.",
        )
    press(light, PRESS)
    qtbot.waitUntil(lambda: asked == [True])
    QTest.keyClick(light, Qt.Key.Key_Return)
    QTest.mouseClick(light, Qt.MouseButton.LeftButton)
    assert asked == [True] * 3


def test_an_ampersand_is_no_key(qtbot: QtBot) -> None:
    button = Button("Bed & breakfast")
    qtbot.addWidget(button)
    assert button.shortcut().isEmpty()
    assert tree(button).name == "Bed & breakfast"


def test_keys_that_are_signs_are_said_in_words(qtbot: QtBot) -> None:
    cap = KeyCap("← →")
    qtbot.addWidget(cap)
    assert tree(cap).name == "Left and Right arrow"


def test_all_that_is_painted_of_a_line_is_said() -> None:
    model = TranscriptModel()
    model.names = {Side.CALLER: "Caller"}
    line = Line(
        Side.CALLER,
        "10:32:01",
        "Go away",
        unsure=True,
        marked=True,
        heard=Heard(((0, 2),), "abuse, first time"),
    )
    assert model.spoken(line) == "Caller 10:32:01 Go away. unsure words. ⚑ marked · abuse, first time"


def test_a_row_of_the_answers_says_as_much_as_is_seen() -> None:
    words = spoken(AnswerRow("A", "Where?", "At the office. " * 40, "Passports"))
    assert words.startswith("Where?. At the office. At")
    assert words.endswith("…. Passports")
    assert len(words) < READ_OUT + 30
    assert spoken(AnswerRow("A", "Where?", "", "Flag")) == "Where?. Flag"


def test_what_is_wrong_in_a_tree_is_found(qtbot: QtBot) -> None:
    """No name, a sign for one, a word that says nothing, a combo box without label, two that are the same."""
    window = QWidget()
    qtbot.addWidget(window)
    line = row(window)
    for widget in (
        Button(""),
        Button("→", "F2"),
        Button("Later"),
        Button("Send it"),
        Button("Send it"),
        Combo(),
    ):
        line.addWidget(widget)
    with qtbot.waitExposed(window):
        window.show()
    kinds = [fault.partition(":")[0] for fault in faults(tree(window))]
    one_word = "one word that does not say what it does"
    assert kinds == ["no name", one_word, "a sign for a name", one_word, "no name", "told twice"]
