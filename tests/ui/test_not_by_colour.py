"""Nothing is told by colour, sound or motion alone: in one ink every state still looks different, and is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.agent import AgentState
from desktop.domain.call import Hold
from desktop.domain.phone import MediaReport, Registration
from desktop.ui.application import make_application
from desktop.ui.escalation.evidence import Quote
from desktop.ui.escalation.quote_list import QuoteList
from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from desktop.ui.protection.ladder_bar import LadderBar, Rung
from desktop.ui.theme import tokens
from desktop.ui.theme.look import look
from desktop.ui.transcript import bubble
from desktop.ui.transcript.line import Heard, Line, Running, Side
from desktop.ui.transcript.model import TranscriptModel
from desktop.ui.widgets import ChoiceButton, Light
from tests.ui.conftest import WindowFactory
from tests.ui.fakes import Desk, FakeSettings
from tests.ui.talking import end, say, talk

PAPER = {
    "window",
    "surface",
    "subtle",
    "accentSoft",
    "warnSoft",
    "careSoft",
    "dangerSoft",
    "onAccent",
    "onInk",
}
ENGLISH = FakeSettings(language="en").current
ONE_INK = {name: "#FFFFFF" if name in PAPER | {"onDanger"} else "#000000" for name in tokens.LIGHT}


@pytest.fixture(autouse=True)
def one_ink(qapp: QApplication) -> Iterator[None]:
    """Every ground is paper, every edge, letter and fill is ink."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(tokens.THEMES, "light", ONE_INK)
        make_application(ENGLISH)
        yield
    make_application(ENGLISH)


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def said(widget: QWidget) -> str:
    """All that a screen reader is told of one part and of what is in it."""
    return " | ".join(_told(QAccessible.queryAccessibleInterface(widget)))


def _told(face: QAccessibleInterface) -> Iterator[str]:
    state, text = face.state(), QAccessible.Text
    yield from filter(None, (face.text(each) for each in (text.Name, text.Description, text.Value)))
    yield from (word for word, on in (("checked", state.checked), ("disabled", state.disabled)) if on)
    for place in range(face.childCount()):
        child = face.child(place)
        if child is not None and not child.state().invisible:
            yield from _told(child)


@dataclass(frozen=True)
class Seen:
    """One state of one part: how it looks and what is said of it."""

    state: str
    look: QImage
    words: str

    def differs(self, other: Seen) -> None:
        assert self.look != other.look, f"{self.state} looks like {other.state}"
        assert self.words != other.words, f"{self.state} is said like {other.state}: {self.words}"


def tell_apart(states: list[Seen]) -> None:
    """Each from each other."""
    for one, other in combinations(states, 2):
        one.differs(other)


# parts by themselves
def test_lights_by_their_shape() -> None:
    light, states = Light(), list[Seen]()
    for state in ("ok", "off", "warn", "fail"):
        light.set("Phone", state)
        states.append(Seen(state, picture(light), said(light)))
    tell_apart(states)


def test_levels_by_the_height_of_the_bars() -> None:
    light, pictures = Light(bars=True), list[QImage]()
    light.set("Microphone", "ok")
    for level in (0.0, 0.5, 1.0):
        light.set_level(level)
        pictures.append(picture(light))
    assert all(one != other for one, other in combinations(pictures, 2))


def test_the_steps_of_the_ladder() -> None:
    bar, states = LadderBar(), list[Seen]()
    bar.resize(300, bar.height())
    for state, done, now in (("done", True, False), ("now", False, True), ("later", False, False)):
        bar.set_rungs([Rung("First warning", done, now)], ("done", "now", "later"))
        states.append(Seen(state, picture(bar), said(bar)))
    tell_apart(states)


@pytest.mark.parametrize("tick", [False, True])
def test_what_is_chosen(tick: bool) -> None:
    button, states = ChoiceButton("Sexual", "2", tick=tick), list[Seen]()
    button.resize(200, button.height())
    for on in (False, True):
        button.setChecked(on)
        states.append(Seen(f"chosen {on}", picture(button), said(button)))
    tell_apart(states)


TEXT = "take this fine away"
PLAIN = Line(Side.CALLER, "10:00:00", TEXT)
LINES = {
    "plain": PLAIN,
    "the agent's": replace(PLAIN, side=Side.AGENT),
    "a third party's": replace(PLAIN, side=Side.THIRD),
    "unsure": replace(PLAIN, unsure=True),
    "a doubtful word": replace(PLAIN, doubts=((5, 9),)),
    "marked": replace(PLAIN, marked=True),
    "a cause": replace(PLAIN, cause=(0, 9)),
    "abuse": replace(PLAIN, heard=Heard(((0, 9),), "Insult · counted as the 1st")),
    "a crisis": replace(PLAIN, heard=Heard(((0, 9),), "May be a crisis · F11", care=True)),
}


def painted(line: Line | Running) -> QImage:
    image = QImage(700, 90, QImage.Format.Format_RGB32)
    image.fill(look().colour("surface"))
    painter = QPainter(image)
    laid = bubble.lay_out_running(line, 700) if isinstance(line, Running) else bubble.lay_out_line(line, 700)
    bubble.paint_speech(painter, QRectF(0, 0, 700, 90), line, laid)
    painter.end()
    return image


def test_lines_of_the_transcript() -> None:
    model = TranscriptModel()
    model.names = bubble.names()
    tell_apart([Seen(state, painted(line), model.spoken(line)) for state, line in LINES.items()])
    found = replace(PLAIN, found=((0, 9),))
    both: tuple[Line | Running, ...] = (PLAIN, found, Running(Side.CALLER, "10:00:00", TEXT, 19))
    assert all(painted(one) != painted(other) for one, other in combinations(both, 2))


def test_quotes_of_a_report() -> None:
    quotes, states = QuoteList(), list[Seen]()
    quotes.resize(500, 60)
    for state, unsure, heard in (("new", False, False), ("unsure", True, False), ("heard", False, True)):
        quote = Quote(3.0, "10:00:03", TEXT, unsure, heard, 5.0)
        quotes.show_quotes([quote])
        states.append(Seen(state, picture(quotes), quotes._spoken(quote)))
    tell_apart(states)


# parts of the window, through a day
Part = Callable[[MainWindow, DeskPanes], QWidget]
PARTS: dict[str, Part] = {
    "state": lambda window, _panes: window.top_bar.state,
    "crisis": lambda window, _panes: window.top_bar.crisis,
    "settings": lambda window, _panes: window.top_bar.settings,
    "card": lambda window, _panes: window.column.card,
    "end": lambda window, _panes: window.column.card.buttons["end"],
    "mute": lambda window, _panes: window.column.card.buttons["mute"],
    "hold": lambda window, _panes: window.column.card.buttons["hold"],
    "red": lambda window, _panes: window.column.red,
    "phone": lambda window, _panes: window.light_bar.phone,
    "sent": lambda window, _panes: window.light_bar.sent,
    "pack": lambda window, _panes: window.light_bar._pack,
    "transcript": lambda _window, panes: panes.transcript,
    "jump": lambda _window, panes: panes.transcript.jump_button,
    "supervisor": lambda _window, panes: panes.crisis.supervisor,
    "notes": lambda window, _panes: window.notes,
}


class Day:
    """A window that is looked at before and after what happens."""

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        assert isinstance(window.panes, DeskPanes)
        self.window, self.desk, self.panes = window, desk, window.panes
        self.notes: dict[str, list[Seen]] = {}

    def see(self, state: str, *parts: str) -> None:
        """Keep how parts are in this state."""
        self.desk.settle()
        for part in parts:
            widget = PARTS[part](self.window, self.panes)
            assert widget.isVisible(), (part, state)
            self.notes.setdefault(part, []).append(Seen(f"{part}: {state}", picture(widget), said(widget)))

    def press(self, name: str) -> None:
        self.desk.clock.go(1)
        self.desk.do(self.window.action(name).trigger)


@pytest.fixture
def day(make_window: WindowFactory) -> Day:
    window, desk = make_window(language="en")
    return Day(window, desk)


def test_the_states_of_the_desk(day: Day) -> None:
    desk, phone = day.desk, day.desk.phone
    desk.do(lambda: phone.say(Registration("registered")))
    day.see("ready", "state", "phone", "settings", "card", "red", "pack")
    desk.do(lambda: phone.say(Registration("failed", 503, "", 12.0)))
    day.see("not registered", "phone", "card")
    desk.do(lambda: phone.say(Registration("registered")))
    desk.run(desk.services.agent.choose(AgentState.BREAK))
    day.see("break", "state")
    desk.run(desk.services.agent.choose(AgentState.READY))
    desk.do(
        lambda: day.window.light_bar.show_pack(day.window.light_bar._pack.text(), "The new one is broken.")
    )
    day.see("older answers", "pack")
    desk.do(lambda: day.window.open_settings("display"))
    day.see("open", "settings")
    desk.do(day.window._close_settings)
    desk.do(phone.ring)
    day.see("ringing", "state", "card", "end")
    for states in day.notes.values():
        tell_apart(states)


def test_the_states_of_a_call(day: Day) -> None:
    desk, phone, window = day.desk, day.desk.phone, day.window
    talk(desk)
    for second in range(40):
        say(desk, TEXT, second)
    day.see("talking", "crisis", "end", "mute", "hold", "red", "sent", "transcript", "jump", "notes")
    day.panes.transcript.show_recording("desk")
    day.see("recorded", "transcript")
    bar = day.panes.transcript.list.verticalScrollBar()
    desk.do(lambda: bar.setValue(0))
    day.see("scrolled up", "jump")
    day.press("mute")
    day.see("muted", "mute", "sent")
    day.press("mute")
    day.press("hold")
    desk.do(lambda: phone.say(MediaReport("c1", "G722", 16000, Hold.LOCAL, False, False)))
    day.see("on hold", "hold", "sent")
    desk.do(lambda: phone.say(MediaReport("c1", "G722", 16000, Hold.NONE, False, False)))
    desk.do(lambda: window.notes.type_text("flat 3"))
    day.see("written", "notes")
    day.press("red_button")
    day.see("abuse", "red")
    day.press("crisis")
    day.see("a crisis", "crisis", "end", "red", "supervisor")
    desk.do(desk.services.protection.supervisor_called)
    day.see("called", "supervisor")
    end(desk)
    desk.settle()
    day.see("ended", "red")
    for states in day.notes.values():
        tell_apart(states)


def test_tabs_where_one_pane_is_seen(make_window: WindowFactory) -> None:
    window, _desk = make_window(1366, 768, language="en", text_size=200)
    states = []
    for front in ("middle", "right"):
        window.top_bar.mark_front("middle" if front == "middle" else "right")
        tab = window.top_bar.tabs["middle"]
        states.append(Seen(f"{front} in front", picture(tab), said(tab)))
    tell_apart(states)


def test_two_states_that_only_differ_in_colour_would_be_found() -> None:
    """The eye of this test is tried on a fault that is made."""
    window = QWidget()
    states = []
    for colour in ("warnText", "text3"):
        image = QImage(40, 20, QImage.Format.Format_RGB32)
        image.fill(look().colour("surface"))
        painter = QPainter(image)
        painter.setPen(look().colour(colour))
        painter.drawText(QPoint(2, 15), "28 Nov")
        painter.end()
        states.append(Seen(colour, image, said(window)))
    with pytest.raises(AssertionError, match="looks like"):
        tell_apart(states)
