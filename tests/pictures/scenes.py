"""The walk through every situation of the window, each named once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.call import Hold
from desktop.domain.events import HypothesisChanged, LineChanged, SegmentCommitted, SuggestionOffered
from desktop.domain.faq import Suggestion
from desktop.domain.faq_import import Change, Preview, Row
from desktop.domain.phone import AudioReport, Registration, SoundState, TextCame
from desktop.domain.policy import Supervisor
from desktop.domain.transcript import Hypothesis, Leg, Segment
from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from desktop.ui.preferences.pages import PAGES
from desktop.ui.preferences.simple_pages import AnswersPage
from desktop.ui.theme.look import look
from tests.pictures.languages import DRAWN_IN, TALKS
from tests.ui.fakes import Desk

TALK = [
    (Leg.AGENT, "안녕하십니까, 120 상담사 김다산입니다. 무엇을 도와드릴까요?", 0.93),
    (Leg.CALLER, "여기 소화전 앞에 맨날 차를 대는 사람이 있어요. 단속을 하긴 하는 겁니까?", 0.91),
    (
        Leg.AGENT,
        "위험한 곳이라 많이 걱정되셨겠습니다. 지금 바로 접수해 드리겠습니다. 위치를 말씀해 주시겠어요?",
        0.95,
    ),
    (Leg.CALLER, "한들로 5길 9 편의점 앞이요. 흰색 승합차고 차번호는 끝이 사칠이공이에요.", 0.40),
    (Leg.AGENT, "한들로 5길 9 편의점 앞, 흰색 승합차 끝 번호 4720 말씀이시죠?", 0.90),
    (Leg.CALLER, "앞은 잘 안 보여요. 처리되면 연락은 와요?", 0.92),
]
NOTES = "한들로 5길 9 편의점 앞 소화전\n흰색 승합 끝 4720, 상습\n처리 결과 문자 희망"
TICK_S = 1.2
"""The write-up looks at the clock, which stands still, once a second of its own."""


class Onlooker(Protocol):
    """Looks at a situation: the camera, or a test of what every situation must have."""

    def shoot(self, situation: str, again: Callable[[], object] | None = None) -> None:
        """The window is in this situation; `again` brings back what does not last."""

    def pass_by(self, situation: str) -> None:
        """The window is in this situation, which is drawn in another language of the window only."""


class Scenes:
    """One window through everything that can happen to it, a picture of each."""

    def __init__(self, camera: Onlooker, desk: Desk, window: MainWindow) -> None:
        self._camera, self._desk, self._window = camera, desk, window
        assert isinstance(window.panes, DeskPanes)
        self._panes = window.panes

    def all(self, language: str) -> None:
        """From the first start to the last call."""
        self.first_start(language)
        self.answers()
        self.call()
        self.other_lines()
        self.commands()
        self.bad_call()
        self.after()
        self.languages()
        self.lists()
        self.settings()
        self.missing()

    def shoot(self, name: str, again: Callable[[], object] | None = None) -> None:
        """A picture of what is there."""
        self._camera.shoot(name, again)

    def do(self, *works: Callable[[], object]) -> None:
        """Things that a person or the phone does, one after the other."""
        for work in works:
            self._desk.do(work)

    def press(self, *names: str) -> None:
        """Actions by their names."""
        self.do(*(self._window.action(name).trigger for name in names))

    def say(self, leg: Leg, text: str, start: float, confidence: float = 0.9, call_id: str = "c1") -> None:
        """A line of the transcript is committed."""
        segment = Segment(call_id, leg, text, confidence, start, start + 5)
        self._desk.services.transcript.segments.append(segment)
        self.do(partial(self._desk.services.bus.publish, SegmentCommitted(segment)))

    def ask(self, words: str) -> None:
        """Type a question."""
        self.do(lambda: self._panes.answers.field.setText(words))

    def first_start(self, language: str) -> None:
        """The question for the language, how to begin, a desk without an account."""
        self.shoot("first-language")
        self.do(lambda: self._window.first_start.choose_language(language))
        self.shoot("first-start")
        self.do(self._window.first_start.escape)
        self.shoot("no-account")
        self.do(lambda: self._desk.phone.say(Registration("registered")))
        self.shoot("idle-first-day")

    def answers(self) -> None:
        """An answer that is read, flagged and proposed anew; the shelves; nothing found."""
        self.ask("여권")
        self.do(lambda: self._panes.choose(1))
        self.shoot("answer")
        self.press("pin", "favourite", "flag")
        self.do(self._window.toast.hide)
        self.shoot("answer-flag")
        self.press("keep_form", "propose_edit")
        self.do(self._window.toast.hide)
        self.shoot("answer-proposal")
        self.do(self._panes.escape, self._window.toast.hide, self._panes.answers.clear_query)
        self.do(self._panes.escape)
        for shelf in ("browse", "favourites", "mine", "often"):
            self.do(self._panes.answers.shelves.tabs[shelf].click)
            if shelf != "often":
                self.shoot(f"shelf-{shelf}")
        self.ask("쀍쀍쀍")
        self.shoot("nothing-found")
        self.do(self._panes.answers.clear_query)

    def call(self) -> None:
        """Ringing, what the caller may hear instead, talking, reading, muted, held, the choice of a state."""
        self.do(self._desk.phone.ring)
        self._desk.clock.go(3)
        self.shoot("ringing")
        self.press("decline_with")
        self.shoot("declining")
        self.do(self._window.column.card.close_slot, self._window.focus_notes)
        self.press("answer")
        self._talk()
        self.shoot("talking")
        self.ask("과태료 이의")
        self.do(lambda: self._panes.choose(1))
        self.say(Leg.CALLER, "과태료 통지를 받으면 며칠 안에 이의를 내요?", 63)
        self.shoot("talking-answer")
        self.do(self._panes.escape, self._panes.escape, self._panes.answers.clear_query)
        self.press("mute")
        self.shoot("muted")
        self.press("mute", "hold")
        self.shoot("hold")
        self.press("hold", "state")
        self.shoot("state-menu")
        self.do(self._window.state_menu.close_menu)
        self.press("volume")
        self.shoot("volumes")
        self.do(self._window.column.card.close_slot, self._window.focus_notes)

    def _talk(self) -> None:
        bus, services = self._desk.services.bus, self._desk.services
        services.transcript.begin("c1")
        for number, (leg, text, confidence) in enumerate(TALK):
            self.say(leg, text, number * 9.0, confidence)
        said = Hypothesis("c1", Leg.AGENT, "단속 부서에 바로 전달하고, 원하시면", 10, 60, 62)
        card = Suggestion(
            "F037", "접수한 민원이 어디까지 진행됐는지 알고 싶어요.", "처리되면 연락은 와요?", 0.9
        )
        services.faq.suggestion = card
        self.do(lambda: bus.publish(HypothesisChanged(said)), lambda: bus.publish(SuggestionOffered(card)))
        self._desk.clock.go(64)
        self.do(lambda: self._window.notes.type_text(NOTES))
        for side, level in (("agent", -30.0), ("caller", -18.0)):
            self.do(partial(self._desk.phone.say, AudioReport("c1", side, True, level, 0)))

    def other_lines(self) -> None:
        """A second caller, whom the caller goes to, somebody who is asked, three on one line."""
        protection, phone = self._desk.services.protection, self._desk.phone
        self.do(lambda: phone.ring("c2", "sip:0212345678@city"))
        self.shoot("second-call")
        self.press("end")
        self.press("transfer")
        self.shoot("transfer")
        self.do(self._window.column.card.close_slot, self._window.focus_notes)
        protection.policy = replace(protection.policy, supervisor=Supervisor("김팀장", "sip:boss@city"))
        self.press("supervisor")
        self.shoot("consult-calling")
        self.do(phone.second_answers)
        self.shoot("consult")
        self.press("interpreter")
        self.do(lambda: phone.say(replace(phone.media, id="c1", hold=Hold.NONE)))
        self.shoot("conference")
        self.do(phone.second_ends)

    def commands(self) -> None:
        """All commands, some found by their initial consonants, all keys."""
        self.press("commands")
        self.shoot("commands")
        self.do(lambda: self._window.overlay.field.setText({"ko": "ㅂㄹ"}.get(look().language, "ho")))
        self.shoot("commands-found")
        self.press("keys")
        self.shoot("keys")
        self.do(self._window.commands.close)

    def bad_call(self) -> None:
        """A hint, the procedure with a warning, a crisis, the report and why it is withdrawn."""
        self.say(Leg.CALLER, "이 멍청이가 어디서 훈계야.", 70)
        self.shoot("hint")
        for name in ("red_button", "said_it"):
            self._desk.clock.go(2)
            self.press(name)
        self.shoot("procedure")
        self.press("change_type")
        self.shoot("procedure-type")
        self.do(self._panes.escape)
        self.press("crisis")
        self.shoot("crisis")
        self.do(lambda: self._desk.services.protection.leave_crisis("picture"))
        self._desk.clock.go(2)
        self.press("end")
        self._desk.clock.go(2)
        self.shoot("report")
        self.press("withdraw")
        self.shoot("report-withdraw")

    def after(self) -> None:
        """Write-up, the toast with its way back, idle again."""
        self.do(self._window.close_report)
        self._desk.clock.go(19)
        self._desk.run(asyncio.sleep(TICK_S))
        self.shoot("wrap-up")
        self.do(lambda: self._window.wrap_up.choose("주정차", "transferred"))
        self.press("done")
        text = self._window.toast.text
        self.shoot("toast", lambda: self._window.show_toast(text, lambda: None))
        self.do(self._window.toast.hide)
        self.shoot("idle")

    def languages(self) -> None:
        """A caller in each of the other languages, and the answer in it."""
        services = self._desk.services
        for language, (article_id, talk) in TALKS.items():
            call_id = f"call-{language}"
            self.do(partial(self._desk.phone.ring, call_id))
            self.press("answer")
            services.transcript.begin(call_id)
            self.do(partial(services.transcript.speak, language))
            for number, (leg, text) in enumerate(talk):
                self.say(leg, text, number * 9.0, call_id=call_id)
            self._desk.run(self._read(article_id))
            if DRAWN_IN[language] == look().language:
                self.shoot(f"language-{language}")
            else:
                self._camera.pass_by(f"language-{language}")
            self.press("end")
            self._desk.clock.go(2)
            self.do(lambda: self._window.wrap_up.choose("여권", "answered"))
            self.press("done")
            self._desk.clock.go(60)
            self.do(self._window.toast.hide)

    async def _read(self, article_id: str) -> None:
        article = await self._desk.services.faq.open(article_id)
        assert article is not None
        await self._panes.faq.reader.read(article, ())

    def lists(self) -> None:
        """All calls, one that is read, text messages, a caller who has been there before."""
        self.press("calls")
        self.shoot("calls")
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
            self.do(partial(QTest.keyClick, self._panes.every.field, key))
        self.shoot("call-reading")
        self.press("calls")
        self.do(
            lambda: self._desk.phone.say(TextCame("sip:01012344720@city", "내일 10시에 다시 걸겠습니다."))
        )
        self.shoot("text-came")
        self.press("texts")
        self.shoot("texts")
        self.press("calls")

    def _import(self) -> None:
        """What a file would change, with rows that are left out."""
        page = self._window.settings_stage.page_of("answers")
        assert isinstance(page, AnswersPage)
        reasons = ("the question is empty", "the id 'A7' occurs twice (first in row 7)")
        refused = tuple(
            Row(9, 10 + each, None, reason, (), "city.csv") for each, reason in enumerate(reasons)
        )
        changes = (Change("A1", "added"), Change("A2", "changed"))
        self._desk.articles.seen = Preview(1200, 2, 1, (), refused, changes, 1198)
        self.do(lambda: page.importing.preview([Path("city.csv")]))
        self.shoot("settings-import")

    def settings(self) -> None:
        """Every page."""
        self.press("settings")
        for page in PAGES:
            show = partial(self._window.settings_stage.show_page, page)
            self.do(show)
            self.shoot(f"settings-{page}", show if page == "display" else None)
            if page == "answers":
                self._import()
        self.press("settings")

    def missing(self) -> None:
        """What is said where something is missing, and practice."""
        self.do(lambda: self._desk.phone.say(Registration("failed", 503, "", 12.0)))
        self.shoot("not-registered")
        self.do(lambda: self._desk.phone.say(SoundState("", "", "no_devices")))
        self.shoot("no-sound")
        line = self._desk.services.line.line
        line.scenario, line.title = "S03", "억울한 주정차 과태료"
        self.do(lambda: self._desk.services.bus.publish(LineChanged("S03", line.title)))
        self.shoot("practice")
