"""The settings page says what of the site's own thesaurus is in use."""

from __future__ import annotations

import pytest

from desktop.domain.faq import OwnWords
from desktop.ui.main_window import MainWindow
from desktop.ui.preferences.simple_pages import AnswersPage
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk


def page_of(window: MainWindow, desk: Desk) -> AnswersPage:
    desk.do(window.action("settings").trigger)
    desk.do(lambda: window.settings_stage.show_page("answers"))
    page = window.settings_stage.page_of("answers")
    assert isinstance(page, AnswersPage)
    return page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (OwnWords(), "None of your own words are in use."),
        (OwnWords("/a/w.csv", 1200), "In use: 1,200 rows from w.csv."),
        (
            OwnWords("/a/w.csv", 3, 2, 5, "no stem in the column everyday"),
            "In use: 3 rows from w.csv; 2 are left out, the first in line 5: no stem in the column everyday.",
        ),
        (
            OwnWords("/a/w.csv", problem="Permission denied"),
            "The file of your own words can't be read (Permission denied). Search works without it.",
        ),
    ],
)
def test_what_is_in_use_is_said(make_window: WindowFactory, state: OwnWords, words: str) -> None:
    window, desk = make_window(language="en")
    page = page_of(window, desk)
    desk.do(lambda: window.services.faq.use_words(state))
    assert page._words.text() == words


def test_the_file_is_a_setting(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en", faq_thesaurus="/a/w.csv")
    page = page_of(window, desk)
    assert page._thesaurus.text() == "/a/w.csv"
    page._thesaurus.setText(" /b/w.csv ")
    desk.do(page._thesaurus.editingFinished.emit)
    assert window.settings.current.faq_thesaurus == "/b/w.csv"
