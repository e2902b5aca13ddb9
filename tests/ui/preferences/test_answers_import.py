"""From files to the pack in use: seen before it is written, stoppable, and harmless where it goes wrong."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.domain.faq_import import Change, FileError, Preview, Row
from desktop.ui.main_window import MainWindow
from desktop.ui.preferences.answers_import import ImportBox
from desktop.ui.preferences.simple_pages import AnswersPage
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import OWN_PACK, Desk
from tests.ui.talking import talk

FILE = Path("city.xlsx")
SEEN = Preview(
    articles=1200,
    refused_count=2,
    warned_count=1,
    first=(),
    refused=(
        Row(3, 4, None, "the question is empty", (), "in/city.xlsx"),
        Row(9, 10, None, "<b>no</b> answer", (), "in/city.xlsx"),
    ),
    changes=(Change("A1", "added"), Change("A2", "changed", ("answer",)), Change("A3", "removed")),
    same=1198,
)


def _box(make_window: WindowFactory, **settings: str) -> tuple[MainWindow, ImportBox, Desk]:
    window, desk = make_window(language="en", **settings)
    desk.do(window.action("settings").trigger)
    desk.do(lambda: window.settings_stage.show_page("answers"))
    page = window.settings_stage.page_of("answers")
    assert isinstance(page, AnswersPage)
    return window, page.importing, desk


def test_what_changes_is_shown_before_anything_is_written(make_window: WindowFactory) -> None:
    _window, box, desk = _box(make_window, faq_pack="/packs/city.faq")
    desk.articles.seen = SEEN
    desk.do(lambda: box.preview([FILE]))
    assert desk.articles.told == [("preview", FILE, Path("/packs/city.faq"))]
    assert box.words.text() == (
        "1,200 articles: 1 new, 1 changed, 1 gone, 1,198 as before. 2 rows are left out. "
        "1 rows are taken with remarks."
    )
    assert box.refused.isVisible()
    assert box.refused.toPlainText() == (
        "city.xlsx, line 4: the question is empty\ncity.xlsx, line 10: <b>no</b> answer"
    )
    assert box.build_button.isVisible()


def test_a_pack_that_is_built_is_the_one_in_use_from_then_on(make_window: WindowFactory) -> None:
    window, box, desk = _box(make_window)
    desk.do(lambda: box.preview([FILE]))
    desk.do(box.build_button.click)
    assert desk.articles.told[-1] == ("build", FILE, OWN_PACK)
    assert window.settings.current.faq_pack == str(OWN_PACK)
    assert "3 articles are in use" in box.words.text()
    assert box.choose_button.isVisible()
    assert not box.build_button.isVisible()


def test_a_pack_that_the_settings_name_is_replaced_where_it_is(make_window: WindowFactory) -> None:
    window, box, desk = _box(make_window, faq_pack="/packs/city.faq")
    desk.do(lambda: box.preview([FILE]))
    desk.do(box.build_button.click)
    assert desk.articles.told[-1] == ("build", FILE, Path("/packs/city.faq"))
    assert window.settings.current.faq_pack == "/packs/city.faq"


def test_a_build_tells_how_far_it_is_and_can_be_stopped(make_window: WindowFactory) -> None:
    window, box, desk = _box(make_window)
    desk.do(lambda: box.preview([FILE]))
    desk.articles.gate = asyncio.Event()

    async def work() -> None:
        box.build_button.click()
        while "Indexing" not in box.words.text():
            await asyncio.sleep(0)
        assert box.words.text() == "Indexing: 500 / 2,000"
        assert not box.choose_button.isVisible()
        box.preview([Path("another.csv")])
        box.stop_button.click()

    desk.run(work())
    assert box.words.text() == "Stopped. Nothing was written."
    assert [told[0] for told in desk.articles.told] == ["preview", "build"]
    assert window.settings.current.faq_pack == ""
    assert box.choose_button.isVisible()


@pytest.mark.parametrize("when", ["preview", "build"])
def test_what_goes_wrong_is_said_and_changes_nothing(make_window: WindowFactory, when: str) -> None:
    window, box, desk = _box(make_window)
    if when == "build":
        desk.do(lambda: box.preview([FILE]))
    desk.articles.error = FileError("city.xlsx is not a workbook.")
    desk.do(box.build_button.click if when == "build" else lambda: box.preview([FILE]))
    assert "city.xlsx is not a workbook." in box.words.text()
    assert "the pack in use stays" in box.words.text()
    assert window.settings.current.faq_pack == ""
    desk.articles.error = None
    desk.do(lambda: box.preview([FILE]))
    assert box.build_button.isVisible()


def test_files_without_one_good_row_cannot_be_built(make_window: WindowFactory) -> None:
    _window, box, desk = _box(make_window)
    desk.articles.seen = replace(SEEN, articles=0, changes=(), same=0)
    desk.do(lambda: box.preview([FILE]))
    assert not box.build_button.isEnabled()
    desk.do(box.stop_button.click)
    assert not box.build_button.isVisible()


def test_in_a_call_nothing_is_imported(make_window: WindowFactory) -> None:
    _window, box, desk = _box(make_window)
    talk(desk)
    desk.do(lambda: box.preview([FILE]))
    assert desk.articles.told == []
    assert box.words.text() == "Packs are made between calls."


def test_the_file_dialog_stops_no_call(make_window: WindowFactory) -> None:
    _window, box, desk = _box(make_window)
    desk.do(box.choose_button.click)
    dialog = box.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert dialog.isVisible()
    assert not dialog.isModal()
    desk.do(lambda: dialog.filesSelected.emit(["/in/a.csv", "/in/b.csv"]))
    assert desk.articles.told == [("preview", Path("/in/a.csv"), Path("/in/b.csv"), None)]
    desk.do(desk.phone.ring)
    assert box.findChild(QFileDialog) is None


def test_the_focus_goes_along_and_is_never_taken(make_window: WindowFactory) -> None:
    window, box, desk = _box(make_window)
    window.focus_notes()
    before = QApplication.focusWidget()
    desk.do(lambda: box.preview([FILE]))
    assert QApplication.focusWidget() is before
    box.choose_button.setFocus()
    desk.do(lambda: box.preview([FILE]))
    assert QApplication.focusWidget() is box.build_button
