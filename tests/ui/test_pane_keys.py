"""Ctrl+Enter, Ctrl+digits and Esc mean one thing at a time."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.talking import end, say, talk


def _panes(window: MainWindow) -> DeskPanes:
    assert isinstance(window.panes, DeskPanes)
    return window.panes


def _wrap_up(make_window: WindowFactory) -> tuple[MainWindow, DeskPanes, Desk]:
    window, desk = make_window()
    talk(desk)
    say(desk, "여권을 다시 만들고 싶어요.", 1)
    window.focus_notes()
    end(desk)
    return window, _panes(window), desk


def test_control_enter_is_done_only_where_the_write_up_has_the_focus(make_window: WindowFactory) -> None:
    _window, panes, desk = _wrap_up(make_window)
    panes.wrap_up_view.first_focus().setFocus()
    assert panes.confirm() == "done"
    panes.transcript.list.setFocus()
    assert panes.confirm() == ""
    desk.do(panes._search)
    assert panes.confirm() == ""
    assert desk.do(panes.escape)
    assert panes.wrap_up_view.isVisible()


def test_digits_belong_to_the_write_up_after_a_call_and_to_answers_before(make_window: WindowFactory) -> None:
    window, panes, desk = _wrap_up(make_window)
    assert desk.do(lambda: panes.choose(1))
    assert desk.services.wrap_up.open is not None
    assert desk.services.wrap_up.open.category
    assert window.faq.read_article_id == ""
    assert not desk.do(lambda: panes.choose(9))


def test_actions_are_enabled_where_they_mean_something(make_window: WindowFactory) -> None:
    window, desk = make_window()
    names = ("find_in_call", "mark", "jump_to_live", "spoken_language", "done", "send_report", "more_time")

    def enabled() -> set[str]:
        return {name for name in names if window.action(name).isEnabled()}

    assert enabled() == set()
    talk(desk)
    assert enabled() == {"find_in_call", "mark", "jump_to_live", "spoken_language"}
    end(desk)
    assert enabled() == {"find_in_call", "mark", "done", "more_time"}


def test_write_up_of_zero_seconds_leads_back_to_idle(make_window: WindowFactory) -> None:
    window, desk = make_window()
    desk.services.wrap_up.seconds = 0
    talk(desk)
    end(desk)
    assert window.situation == "idle"
    assert _panes(window).today.isVisible()
    assert [row.call_id for row in _panes(window).today.list.rows.rows] == ["c1"]


def test_everything_that_takes_the_focus_has_a_name(make_window: WindowFactory) -> None:
    _window, panes, _desk = _wrap_up(make_window)
    pages: list[QWidget] = [panes.answers, panes.wrap_up_view, panes.form, panes.transcript, panes.today]
    for page in [*pages, panes.every, panes.reading, panes.evidence]:
        for widget in page.findChildren(QWidget):
            if widget.focusPolicy() and (widget.isEnabled() or isinstance(widget, QLineEdit)):
                hidden = widget.isHidden() or not widget.isVisibleTo(page)
                assert hidden or widget.accessibleName(), f"{type(page).__name__}: {widget}"
