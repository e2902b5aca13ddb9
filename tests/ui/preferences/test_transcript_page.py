"""Settings › Transcript: what runs the speech model, and what is said where the chosen engine can't."""

from __future__ import annotations

from desktop.domain.transcript import ENGINES, SpeechRemark, SpeechState
from desktop.ui.messages import speech_remark
from desktop.ui.preferences.transcript_page import TranscriptPage
from tests.ui.conftest import WindowFactory


def test_the_engine_is_a_choice(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    page = window.settings_stage.page_of("transcript")
    assert isinstance(page, TranscriptPage)
    desk.do(page.enter)
    assert [button.text() for button in page._engine.buttons] == ["Automatic", "PyTorch", "CTranslate2"]
    assert page._engine.index == ENGINES.index("auto")
    desk.do(lambda: page._engine.chosen.emit(2))
    assert desk.settings.current.speech_engine == "ctranslate2"
    desk.do(page.enter)
    assert page._engine.index == 2


def test_an_engine_that_is_missing_is_said_while_the_other_one_works(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    page = window.settings_stage.page_of("transcript")
    assert isinstance(page, TranscriptPage)
    transcript = desk.services.transcript
    for remark in (SpeechRemark.NOT_INSTALLED, SpeechRemark.NO_ROOM, SpeechRemark.NOT_CONVERTED):
        transcript.state, transcript.detail = SpeechState.READY, remark.value
        desk.do(page.enter)
        assert page.state.text() == speech_remark(remark.value) != ""
        assert "CTranslate2" in page.state.text()


def test_the_language_in_which_calls_begin_is_a_choice(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en", speech_language="mn")
    page = window.settings_stage.page_of("transcript")
    assert isinstance(page, TranscriptPage)
    desk.do(page.enter)
    assert page._language.buttons[page._language.index].text() == "Монгол"
    desk.do(lambda: page._language.chosen.emit(1))
    assert desk.settings.current.speech_language == "en"
