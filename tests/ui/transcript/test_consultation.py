"""The pane while the agent speaks with somebody else: that conversation in front, the citizen's untouched behind."""

from __future__ import annotations

from desktop.domain.asked import Asked
from desktop.domain.consultation import Purpose
from desktop.domain.transcript import Hypothesis, Leg, Segment
from desktop.domain.transcript_events import AskedRunning, AskedSaid, AskedShown
from desktop.ui.panes import DeskPanes
from desktop.ui.transcript.line import Side
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk
from tests.ui.phone_fakes import START
from tests.ui.talking import murmur, say, talk

ASKED = Asked("c2", "c1", Purpose.OTHER, "01055512345", START)
SAID = Segment("c2", Leg.CALLER, "담당 부서는 주차관리과입니다.", 0.9, 0.5, 2.5)


def tell(desk: Desk, event: object) -> None:
    desk.do(lambda: desk.services.bus.publish(event))


def test_a_consultation_takes_the_pane_and_gives_it_back_as_it_was(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    assert isinstance(window.panes, DeskPanes)
    view = window.panes.transcript
    talk(desk)
    say(desk, "소화전 앞에 차가 있어요.", 1)
    view.mark()
    view.show_recording("desk")
    tell(desk, AskedShown(ASKED))
    assert view.accessibleName() == "Consultation: 010-••••-2345"
    assert (view.list.isHidden(), view.strip.isHidden()) == (True, True)
    assert (view._recorded.isHidden(), view._language.isHidden()) == (True, True), "nobody records this"
    assert not view._empty.isHidden()
    tell(desk, AskedRunning(Hypothesis("c2", Leg.CALLER, "담당", 2, 0.5, 1.0)))
    assert (view.asked.strip.text(), view.strip.text()) == ("담당", "")
    tell(desk, AskedSaid(SAID))
    assert view.asked.strip.text() == ""
    assert [(line.side, line.text) for line in view.asked.model.lines] == [(Side.ASKED, SAID.text)]
    assert not view.asked.list.isHidden()
    assert view._empty.isHidden()
    say(desk, "빨리요.", 4)  # the citizen's last words before the hold come late
    murmur(desk, "여보세요", 6)
    assert view.list.isHidden()
    view.open_find()
    view._find.field.setText("차")
    assert view.asked.model.lines[0].found
    tell(desk, AskedShown(None))
    assert view.accessibleName() == "Live transcript"
    assert [bool(line.found) for line in view.model.lines] == [True, False], "it is looked for here now"
    assert not view.asked.model.lines[0].found
    view.close_find()
    assert [(line.text, line.marked) for line in view.model.lines] == [
        ("소화전 앞에 차가 있어요.", True),
        ("빨리요.", False),
    ]
    assert (view.list.isHidden(), view.strip.text()) == (False, "여보세요")
    assert (view.asked.list.isHidden(), view.asked.strip.isHidden()) == (True, True)
    assert (view._recorded.isHidden(), view._language.isHidden()) == (False, False)


def test_words_of_another_consultation_are_not_shown(make_window: WindowFactory) -> None:
    window, desk = make_window(language="en")
    assert isinstance(window.panes, DeskPanes)
    view = window.panes.transcript
    talk(desk)
    tell(desk, AskedSaid(SAID))
    assert view.asked.model.rowCount() == 0, "nothing is in front"
    tell(desk, AskedShown(ASKED, (SAID,)))
    tell(desk, AskedSaid(Segment("c3", Leg.CALLER, "다른 통화", 0.9, 1.0, 2.0)))
    assert [line.text for line in view.asked.model.lines] == [SAID.text]
