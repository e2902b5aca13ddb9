"""Proposals: kept at every key, begun again where they were left, finished for the owner."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import WindowFactory
from tests.ui.faq.test_answer_keys import panes_of, press
from tests.ui.faq.test_reading import write
from tests.ui.talking import FewAnswers

CTRL = Qt.KeyboardModifier.ControlModifier


def test_every_key_of_an_edit_is_on_disk(make_window: WindowFactory, answers: FewAnswers) -> None:
    window, desk = make_window()
    panes = panes_of(window)
    desk.do(lambda: panes.choose(2))
    desk.do(window.action("propose_edit").trigger)
    view = panes.proposal
    assert (view.question.toPlainText(), view.answer.toPlainText()) == (
        answers.known[1].question,
        answers.known[1].answer,
    )
    assert view.answer.hasFocus()
    write(desk, " A")
    desk.do(lambda: QApplication.sendEvent(view.answer, QInputMethodEvent("권", [])))
    (kept,) = desk.run(desk.own.proposals())
    assert (kept.article_id, kept.answer, kept.done) == ("F2", answers.known[1].answer + " A권", False)
    assert "✓" in view._saved.text()


def test_what_was_begun_goes_on_after_a_kill(make_window: WindowFactory) -> None:
    """The presenter knows nothing of it any more: it comes from the file."""
    window, desk = make_window()
    panes = panes_of(window)
    desk.do(window.action("propose_new").trigger)
    write(desk, "new question")
    panes._proposal.proposal = None
    desk.do(lambda: panes.proposal.show_proposal(False, "", "", ""))
    desk.do(panes._leave_proposal)
    desk.do(window.action("propose_new").trigger)
    assert panes.proposal.question.toPlainText() == "new question"
    assert len(desk.run(desk.own.proposals())) == 1


def test_a_finished_proposal_is_in_the_export(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    panes = panes_of(window)
    desk.do(window.action("propose_new").trigger)
    write(desk, "question")
    press(desk, Qt.Key.Key_Return, CTRL)
    assert panes.proposal.isVisible()
    assert "both needed" in window.toast.text
    panes.proposal.answer.setFocus()
    write(desk, "answer")
    panes.proposal.variants.setFocus()
    write(desk, "one")
    press(desk, Qt.Key.Key_Return)
    write(desk, " two ")
    press(desk, Qt.Key.Key_Return, CTRL)
    assert panes.answers.isVisible()
    assert panes.answers.field.hasFocus()
    line = json.loads(desk.run(desk.services.faq.own.for_the_owner()))
    assert (line["kind"], line["question"], line["answer"], line["variants"]) == (
        "proposal",
        "question",
        "answer",
        ["one", "two"],
    )
    desk.do(window.action("undo").trigger)
    assert panes.proposal.isVisible()
    assert desk.run(desk.services.faq.own.for_the_owner()) == ""


def test_a_proposal_thrown_away_comes_back_with_undo(make_window: WindowFactory) -> None:
    window, desk = make_window()
    panes = panes_of(window)
    desk.do(window.action("propose_new").trigger)
    write(desk, "abc")
    desk.do(panes.proposal._discard.click)
    assert desk.run(desk.own.proposals()) == []
    desk.do(window.action("undo").trigger)
    assert panes.proposal.question.toPlainText() == "abc"
    assert len(desk.run(desk.own.proposals())) == 1


def test_a_ringing_call_takes_no_text_from_under_the_hands(make_window: WindowFactory) -> None:
    window, desk = make_window()
    panes = panes_of(window)
    desk.do(window.action("propose_new").trigger)
    desk.do(desk.phone.ring)
    assert window.situation == "ringing"
    assert panes.proposal.question.hasFocus()
    write(desk, "still")
    desk.do(window.action("answer").trigger)
    assert panes.answers.isVisible()
    assert desk.run(desk.own.proposals())[0].question == "still"
