"""Pictures of the real window: `python -m tests.ui.pictures FOLDER [WIDTHxHEIGHT] [theme] [language]`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import qasync
from PySide6.QtWidgets import QWidget

from desktop import paths
from desktop.adapters.search.answers import PackAnswers
from desktop.domain.events import HypothesisChanged, LineChanged, SegmentCommitted, SuggestionOffered
from desktop.domain.faq import Suggestion
from desktop.domain.faq_import import Change, Preview, Row
from desktop.domain.phone import AudioReport, Registration, SoundState
from desktop.domain.transcript import Hypothesis, Leg, Segment
from desktop.ui.application import make_application
from desktop.ui.main_window import MainWindow
from desktop.ui.panes import DeskPanes
from desktop.ui.preferences.simple_pages import AnswersPage
from tests.ui.fakes import Desk, FakeSettings, make_desk

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


class Scene:
    """One window through the situations of a call, a picture of each."""

    def __init__(self, folder: Path, desk: Desk, window: MainWindow) -> None:
        self._folder, self._desk, self._window = folder, desk, window

    def shoot(self, name: str) -> None:
        """Let everything settle, then save."""
        self._desk.run(asyncio.sleep(0.35))
        self._window.grab().save(str(self._folder / f"{name}.png"))

    def do(self, work: Callable[[], object]) -> None:
        """Something that a person or the phone does."""
        self._desk.do(work)

    def press(self, name: str) -> None:
        """An action by its name."""
        self._desk.do(self._window.action(name).trigger)

    def say(self, leg: Leg, text: str, start: float, confidence: float = 0.9) -> None:
        """A line of the transcript is committed."""
        segment = Segment("c1", leg, text, confidence, start, start + 5)
        self._desk.services.transcript.segments.append(segment)
        self.do(partial(self._desk.services.bus.publish, SegmentCommitted(segment)))

    def call(self) -> None:
        """Ringing, talking, muted, held."""
        self.do(self._desk.phone.ring)
        self._desk.clock.go(3)
        self.shoot("02-ringing")
        self.press("answer")
        bus, services = self._desk.services.bus, self._desk.services
        services.transcript.begin("c1")
        for number, (leg, text, confidence) in enumerate(TALK):
            self.say(leg, text, number * 9.0, confidence)
        self.do(
            lambda: bus.publish(
                HypothesisChanged(
                    Hypothesis("c1", Leg.AGENT, "단속 부서에 바로 전달하고, 원하시면", 10, 60, 62)
                )
            )
        )
        card = Suggestion(
            "F037", "접수한 민원이 어디까지 진행됐는지 알고 싶어요.", "처리되면 연락은 와요?", 0.9
        )
        services.faq.suggestion = card
        self.do(lambda: bus.publish(SuggestionOffered(card)))
        self._desk.clock.go(64)
        self.do(lambda: self._window.notes.type_text(NOTES))
        for side, level in (("agent", -30.0), ("caller", -18.0)):
            self.do(partial(self._desk.phone.say, AudioReport("c1", side, True, level, 0)))
        self.shoot("03-talking")
        panes = self._window.panes
        assert isinstance(panes, DeskPanes)
        self.do(lambda: panes.answers.field.setText("과태료 이의"))
        self.do(lambda: panes.choose(1))
        self.say(Leg.CALLER, "과태료 통지를 받으면 며칠 안에 이의를 내요?", 63)
        self.shoot("03-reading")
        self.do(panes.escape)
        self.do(panes.escape)
        self.do(panes.answers.clear_query)
        self.press("mute")
        self.shoot("03-muted")
        self.press("mute")
        self.press("hold")
        self.shoot("03-hold")
        self.press("hold")
        self.press("state")
        self.shoot("03-state")
        self.do(self._window.state_menu.close_menu)

    def commands(self) -> None:
        """All commands, found by initial consonants, and all keys."""
        self.press("commands")
        self.shoot("17-commands")
        self.do(lambda: self._window.overlay.field.setText("ㅂㄹ"))
        self.shoot("17-commands-found")
        self.press("keys")
        self.shoot("17-keys")
        self.do(self._window.commands.close)

    def answers(self) -> None:
        """An answer that is read, flagged and proposed anew."""
        panes = self._window.panes
        assert isinstance(panes, DeskPanes)
        self.do(lambda: panes.answers.field.setText("여권"))
        self.do(lambda: panes.choose(1))
        self.shoot("16-reading")
        for name in ("pin", "favourite", "flag"):
            self.press(name)
        self.shoot("16-flag")
        self.press("keep_form")
        self.press("propose_edit")
        self.shoot("16-proposal")
        self.do(panes.escape)
        self.do(self._window.toast.hide)
        self.do(panes.answers.clear_query)
        self.do(panes.escape)
        for shelf in ("browse", "favourites", "mine", "often"):
            self.do(panes.answers.shelves.tabs[shelf].click)
            self.shoot(f"16-shelf-{shelf}")

    def bad_call(self, words: str = "이 멍청이가 어디서 훈계야.") -> None:
        """A hint, the procedure with a warning, a crisis, the report and why it is withdrawn."""
        self.say(Leg.CALLER, words, 70)
        self.shoot("04-hint")
        for name in ("red_button", "said_it"):
            self._desk.clock.go(2)
            self.press(name)
        self.shoot("04-abuse")
        self.press("crisis")
        self.shoot("08-crisis")
        self.do(lambda: self._desk.services.protection.leave_crisis("picture"))
        self._desk.clock.go(2)
        self.press("end")
        self._desk.clock.go(2)
        self.shoot("06-report")
        self.press("withdraw")
        self.shoot("06-withdraw")

    def after(self) -> None:
        """Write-up, idle again."""
        self.do(self._window.close_report)
        self._desk.clock.go(19)
        self.shoot("09-wrapup")
        self.do(lambda: self._window.wrap_up.choose("주정차", "transferred"))
        self.press("done")
        self.shoot("01-idle")

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
        self.shoot("11-settings-import")

    def others(self) -> None:
        """Settings, practice, what is missing."""
        self.press("settings")
        for page in ("sound", "display", "transcript", "keys", "account", "answers", "practice", "records"):
            self.do(partial(self._window.settings_stage.show_page, page))
            self.shoot(f"11-settings-{page}")
            if page == "answers":
                self._import()
        self.press("settings")
        self.do(lambda: self._desk.phone.say(Registration("failed", 503, "", 12.0)))
        self.shoot("15-not-registered")
        self.do(lambda: self._desk.phone.say(SoundState("", "", "no_devices")))
        self.shoot("15-no-sound")
        line = self._desk.services.line.line
        line.scenario, line.title = "S03", "억울한 주정차 과태료"
        self.do(lambda: self._desk.services.bus.publish(LineChanged("S03", line.title)))
        self.shoot("10-practice")


def main(arguments: list[str]) -> int:
    """Take all pictures."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    width, height = (int(part) for part in (arguments[1] if len(arguments) > 1 else "1366x768").split("x"))
    theme = arguments[2] if len(arguments) > 2 else "light"
    language = arguments[3] if len(arguments) > 3 else "ko"
    settings = FakeSettings(theme=theme, language="")
    application = make_application(settings.current)
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    desk = make_desk(
        loop, loop.run_until_complete(PackAnswers.open(paths.resources() / "faq" / "sample.faq"))
    )
    desk.settings = settings
    window = desk.do(lambda: MainWindow(desk.services, settings, desk.sound, desk.accounts))
    window.resize(width, height)
    desk.do(window.show)
    scene = Scene(folder, desk, window)
    scene.shoot("00-language")
    scene.do(lambda: window.first_start.choose_language(language))
    scene.shoot("00-begin")
    scene.do(window.first_start.escape)
    scene.do(lambda: desk.phone.say(Registration("registered")))
    scene.shoot("01-idle-empty")
    scene.answers()
    scene.call()
    scene.commands()
    scene.bad_call()
    scene.after()
    scene.others()
    _tell_size(window, width, height)
    desk.close()
    return 0


def _tell_size(window: QWidget, width: int, height: int) -> None:
    if (window.width(), window.height()) != (width, height):
        print(f"the window grew to {window.width()}x{window.height()}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
