"""Alt+U takes back what every message that offers it names, and leaves the focus where it is."""

from __future__ import annotations

import ast
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import desktop.ui
from desktop.ui.panes import DeskPanes
from tests.ui.conftest import WindowFactory
from tests.ui.talking import FewAnswers, end, say, talk

TESTS = Path(__file__).parent
TRIED = {
    "transcript/presenter.copy": "transcript/test_details.py::"
    "test_a_click_copies_the_real_value_and_undo_takes_it_back",
    "wrap_up/presenter.insert_lines": "test_undo.py::test_key_lines_are_taken_out_of_the_notes_again",
    "wrap_up/presenter._save": "wrap_up/test_write_up.py::test_undo_opens_the_write_up_again_as_it_was",
    "preferences/model_box._remove": "preferences/test_models_page.py::"
    "test_removed_and_taken_back_by_the_key_that_the_toast_names",
    "preferences/keys_page._write": "preferences/test_keys_page.py::"
    "test_a_pressed_key_holds_at_once_everywhere",
    "call/device_toasts._replaced": "call/test_volume.py::test_a_headset_that_goes_is_said_and_undo_waits_for_it",
    "call/device_toasts._stay": "call/test_volume.py::test_a_headset_that_goes_is_said_and_undo_waits_for_it",
    "protection/incidents_presenter._tell": "protection/test_incidents.py::"
    "test_where_nothing_counts_any_more_nobody_is_warned_of",
    "faq/draft_presenter._insert": "faq/test_draft.py::test_one_key_copies_the_sentences_and_undo_takes_them_back",
    "faq/reader.copy": "faq/test_answers_pane.py::"
    "test_undo_takes_the_answer_out_of_the_notes_and_nothing_else",
    "faq/reader.turn": "faq/test_reading.py::test_favourite_and_pin_are_kept_shown_and_taken_back",
    "faq/reader.keep_flag": "faq/test_reading.py::"
    "test_an_exclamation_mark_flags_where_no_text_field_has_the_focus",
    "faq/proposal_presenter.finish": "faq/test_proposals.py::test_a_finished_proposal_is_in_the_export",
    "faq/proposal_presenter.discard": "faq/test_proposals.py::test_a_proposal_thrown_away_comes_back_with_undo",
    "escalation/presenter._take_back": "escalation/test_untouched.py::"
    "test_a_report_that_was_a_mistake_is_withdrawn_by_keys_and_can_stand_again",
}
"""Who offers to take something back, and the test that presses the key."""


def _functions(file: Path) -> dict[str, ast.AST]:
    tree = ast.parse(file.read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name: node for node in ast.walk(tree) if isinstance(node, kinds)}


def _offers_undo(function: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "show_toast"
        and len(node.args) + len(node.keywords) > 1
        for node in ast.walk(function)
    )


def test_every_message_with_a_way_back_is_tried() -> None:
    folder = Path(desktop.ui.__file__).parent
    found = {
        f"{file.relative_to(folder).with_suffix('').as_posix()}.{name}"
        for file in folder.rglob("*.py")
        for name, function in _functions(file).items()
        if _offers_undo(function)
    }
    assert found == set(TRIED)
    for place in TRIED.values():
        file, _, name = place.partition("::")
        tried = ast.unparse(_functions(TESTS / file)[name])
        assert "'undo'" in tried or ".undo" in tried, place


def test_key_lines_are_taken_out_of_the_notes_again(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    talk(desk)
    say(desk, "여권을 다시 만들고 싶어요. 어떻게 해야 하나요?", 1)
    desk.do(lambda: window.notes.type_text("4720"))
    end(desk)
    panes = window.panes
    assert isinstance(panes, DeskPanes)
    desk.do(panes.wrap_up_view.other.setFocus)
    desk.do(window.action("insert_lines").trigger)
    assert window.notes.text.startswith("4720\n")
    desk.do(window.action("undo").trigger)
    assert window.notes.text == "4720"
    assert panes.wrap_up_view.other.hasFocus()


def test_taking_back_leaves_the_cursor_where_the_agent_types(make_window: WindowFactory) -> None:
    window, desk = make_window(1366, 768, language="en", text_size=200)
    desk.do(lambda: desk.services.faq.use(FewAnswers()))
    talk(desk)
    desk.do(lambda: window.notes.type_text("4720"))
    desk.do(window.action("search").trigger)
    panes = window.panes
    assert isinstance(panes, DeskPanes)
    desk.do(lambda: panes.answers.field.setText("소화전"))
    desk.do(lambda: panes.choose(1))
    desk.do(window.action("copy_to_notes").trigger)
    assert "소화전" in window.notes.text
    desk.do(window.action("undo").trigger)
    assert window.notes.text == "4720"
    assert panes.answers.field.hasFocus()
    assert panes.answers.field.isVisible()


def test_the_button_gives_the_focus_back_when_it_goes(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    talk(desk)
    undone: list[bool] = []
    for goes in (
        lambda: QTest.keyClick(window.toast._button, Qt.Key.Key_Return),
        window.action("undo").trigger,
        lambda: window.show_toast("Another one"),
    ):
        desk.do(window.focus_notes)
        desk.do(lambda: window.show_toast("Kept.", lambda: undone.append(True)))
        window.toast._button.setFocus(Qt.FocusReason.TabFocusReason)
        assert QApplication.focusWidget() is window.toast._button
        window.toast._expire()
        assert window.toast.text == "Kept.", "it stays while it is focused"
        desk.do(goes)
        assert window.notes.edit.hasFocus()
    assert undone == [True, True]
