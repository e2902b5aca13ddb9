"""Settings › Transcript: models are listed, installed, chosen, verified and removed; practice has its own."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.domain.speech_models import ModelRefused
from desktop.domain.transcript import SpeechState
from desktop.ui.main_window import MainWindow
from desktop.ui.preferences.model_row import ModelRow
from desktop.ui.preferences.transcript_page import TranscriptPage
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.model_fakes import BASE, PRACTICE, SMALL
from tests.ui.talking import talk


def _page(make_window: WindowFactory, **settings: str) -> tuple[MainWindow, TranscriptPage, Desk]:
    window, desk = make_window(language="en", **settings)
    desk.do(window.action("settings").trigger)
    desk.do(lambda: window.settings_stage.show_page("transcript"))
    page = window.settings_stage.page_of("transcript")
    assert isinstance(page, TranscriptPage)
    return window, page, desk


def _row(page: TranscriptPage, name: str) -> ModelRow:
    return next(each for each in page.models.rows if each.model.name == name)


def _list(desk: Desk, page: TranscriptPage, *models: object) -> None:
    desk.models.there = [*models]  # type: ignore[list-item]
    desk.do(page.enter)


def test_what_a_person_needs_to_choose(make_window: WindowFactory) -> None:
    _window, page, desk = _page(make_window, speech_model=str(BASE.path))
    _list(
        desk,
        page,
        BASE,
        SMALL,
        replace(BASE, name="odd", intact=False, languages=("ko", "en"), cost=None),
        PRACTICE,
    )
    assert [each.model.name for each in page.models.rows] == ["base", "small", "odd", "practice-ko"]
    assert _row(page, "base").details.text() == (
        f"145 MB · 99 languages · a second of speech costs 0.20 s here\nSHA-256 {'ed' * 32}"
    )
    assert _row(page, "base").use_button.text() == "In use"
    assert not _row(page, "base").remove_button.isEnabled()
    assert "too slow for this computer" in _row(page, "small").details.text()
    odd = _row(page, "odd").details.text()
    assert "ko, en · speed not measured" in odd
    assert "has changed since it was checked" in odd


def test_the_practice_model_is_labelled_and_cannot_be_chosen_or_removed(make_window: WindowFactory) -> None:
    window, page, desk = _page(make_window)
    practice = _row(page, "practice-ko")
    assert practice.details.text().startswith("Practice voices only")
    assert not practice.use_button.isVisible()
    assert not practice.remove_button.isVisible()
    assert practice.verify_button.isVisible()
    desk.do(lambda: page.models.install("/stick/base.pt"))
    # Not even where it is the only other one: what is installed is not chosen by itself.
    assert window.settings.current.speech_model == ""


def test_installed_then_chosen(make_window: WindowFactory) -> None:
    window, page, desk = _page(make_window)
    desk.do(lambda: page.models.install("/stick/base.pt"))
    assert desk.models.told == [("install", "/stick/base.pt")]
    assert page.models.words.text() == "base is installed. Choose it to use it for calls."
    desk.do(_row(page, "base").use_button.click)
    assert window.settings.current.speech_model == str(BASE.path)
    assert _row(page, "base").used
    assert page.model.text() == str(BASE.path)
    desk.models.changed = False
    desk.do(lambda: page.models.install("/stick/base.pt"))
    assert page.models.words.text() == "base is this very file already."


def test_an_installation_tells_how_far_it_is_and_can_be_cancelled(make_window: WindowFactory) -> None:
    _window, page, desk = _page(make_window)
    desk.models.gate = asyncio.Event()

    async def work() -> None:
        page.models.install_button.setFocus()
        page.models.install("/stick/base.pt")
        while "MB" not in page.models.words.text():
            await asyncio.sleep(0)
        assert page.models.words.text() == "Reading: 50 / 145 MB"
        assert not page.models.install_button.isVisible()
        assert not _row(page, "practice-ko").verify_button.isEnabled()
        assert QApplication.focusWidget() is page.models.stop_button
        page.models.install("/stick/other.pt")
        page.models.stop_button.click()

    desk.run(work())
    assert page.models.words.text() == "Stopped. Nothing was changed."
    assert [told[0] for told in desk.models.told] == ["install"]
    assert QApplication.focusWidget() is page.models.install_button
    assert _row(page, "practice-ko").verify_button.isEnabled()


def test_what_is_refused_is_said(make_window: WindowFactory) -> None:
    _window, page, desk = _page(make_window)
    desk.models.error = ModelRefused("<b>x.pt</b> is no Whisper checkpoint.")
    desk.do(lambda: page.models.install("/stick/x.pt"))
    assert page.models.words.text() == (
        "That did not work, nothing was changed: <b>x.pt</b> is no Whisper checkpoint."
    )
    assert page.models.install_button.isVisible()


def test_verified(make_window: WindowFactory) -> None:
    _window, page, desk = _page(make_window)
    desk.do(_row(page, "practice-ko").verify_button.click)
    assert page.models.words.text() == "practice-ko is whole and works."
    assert "a second of speech costs 0.50 s here" in _row(page, "practice-ko").details.text()
    desk.models.reason = "it is not the file that was installed."
    desk.do(_row(page, "practice-ko").verify_button.click)
    assert page.models.words.text() == "practice-ko can't be used: it is not the file that was installed."


def test_removed_and_taken_back_by_the_key_that_the_toast_names(make_window: WindowFactory) -> None:
    window, page, desk = _page(make_window)
    _list(desk, page, BASE, PRACTICE)
    desk.do(_row(page, "base").remove_button.click)
    assert [each.model.name for each in page.models.rows] == ["practice-ko"]
    assert window.toast.text == "base was removed."
    desk.do(window.toast.undo)
    assert [each.model.name for each in page.models.rows] == ["base", "practice-ko"]


def test_one_that_cannot_be_removed_or_brought_back(make_window: WindowFactory) -> None:
    window, page, desk = _page(make_window)
    _list(desk, page, BASE, PRACTICE)
    desk.models.error = ModelRefused("it is held.")
    desk.do(_row(page, "base").remove_button.click)
    assert page.models.words.text() == "it is held."
    desk.models.error = None
    desk.do(_row(page, "base").remove_button.click)
    desk.models.error = ModelRefused("install it again.")
    desk.do(window.toast.undo)
    assert page.models.words.text() == "install it again."


def test_the_model_in_use_stays_whoever_asks(desk: Desk) -> None:
    with pytest.raises(ModelRefused, match="in use"):
        desk.run(desk.services.models.remove(BASE, str(BASE.path)))


def test_in_a_call_nothing_is_installed_and_a_call_closes_the_dialog(make_window: WindowFactory) -> None:
    _window, page, desk = _page(make_window)
    desk.do(page.models.install_button.click)
    dialog = page.models.findChild(QFileDialog)
    assert dialog is not None
    assert not dialog.isModal()
    talk(desk)
    assert not shiboken6.isValid(dialog)  # type: ignore[no-untyped-call]
    desk.do(page.models.install_button.click)
    desk.do(lambda: page.models.install("/stick/base.pt"))
    desk.do(_row(page, "practice-ko").verify_button.click)
    assert desk.models.told == []
    assert "between calls" in page.models.words.text()


STATES = (
    (SpeechState.NO_MODEL, "No speech model. Calls and search work.", "No transcript model"),
    (SpeechState.LOADING, "The speech model is loading.", "Transcript starting"),
    (SpeechState.READY, "The transcript is ready.", "Transcript ready"),
    (SpeechState.DEGRADED, "found by its loudness alone", "Transcript reduced"),
    (
        SpeechState.FAILED,
        "can't start. Calls and search work. Settings › Transcript (why.)",
        "Transcript failed",
    ),
    (SpeechState.RESTARTING, "Transcript restarting", "Transcript restarting"),
    (SpeechState.OFF, "turned off", "Transcript off"),
)


def test_every_state_is_on_the_page_and_in_the_lights_as_it_comes(make_window: WindowFactory) -> None:
    window, page, desk = _page(make_window)
    for state, words, light in STATES:
        desk.do(partial(desk.services.transcript._state_changed, state, "why."))
        assert words in page.state.text()
        assert window.light_bar.transcript.text() == light
        if state is not SpeechState.READY:
            assert words in window.light_bar.transcript.toolTip()


def test_a_path_that_is_typed_is_kept(make_window: WindowFactory) -> None:
    window, page, desk = _page(make_window)
    page.model.setText(" /share/base.pt ")
    desk.do(page.model.editingFinished.emit)
    assert window.settings.current.speech_model == "/share/base.pt"
