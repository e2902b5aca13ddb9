"""Between the services and the two bars."""

from __future__ import annotations

from datetime import datetime
from time import monotonic

from PySide6.QtCore import QObject, QTimer

from desktop.domain.agent import AgentState
from desktop.domain.call import Outcome
from desktop.domain.events import (
    AgentStateChanged,
    AnswersReplaced,
    CallChanged,
    CallEnded,
    CallerJudged,
    EscalationFiled,
    EvidenceFrozen,
    LineChanged,
    LineJudged,
    MicrophoneJudged,
    PhoneLost,
    RegistrationChanged,
    SoundChanged,
    SoundHeard,
    SpeechStateChanged,
    TroubleFound,
)
from desktop.domain.transcript import SpeechLevel, SpeechState
from desktop.services.desk_services import DeskServices
from desktop.ui import messages
from desktop.ui.bars.light_bar import LightBar
from desktop.ui.bars.line_lights import coming, leaving, microphone
from desktop.ui.bars.top_bar import TopBar
from desktop.ui.call.troubles import day_of
from desktop.ui.call.words import clock_text, state_word
from desktop.ui.shortcuts import shown
from desktop.ui.situation import SituationModel
from desktop.ui.theme.look import changes
from desktop.ui.window_hooks import WindowHooks

TICK_MS = 250
QUIET_DB = -60.0
"""Shown as no bar; full scale shows all."""
LEVEL_LIFE_S = 0.6
"""Bars fall to zero when no level has come for this long."""


class BarsPresenter(QObject):
    """Keeps both bars true."""

    def __init__(
        self,
        top: TopBar,
        lights: LightBar,
        model: SituationModel,
        services: DeskServices,
        window: WindowHooks,
    ) -> None:
        super().__init__(top)
        self._top, self._lights, self._menu = top, lights, top.menu
        self._model, self._services, self._window = model, services, window
        self._heard_at = {"agent": 0.0, "caller": 0.0}
        bus = services.bus
        self._found: dict[str, TroubleFound] = {}
        self._phone_gone = False
        bus.subscribe(TroubleFound, self._trouble)
        bus.subscribe(AnswersReplaced, lambda _event: self._answers_replaced())
        bus.subscribe(PhoneLost, lambda _event: self._phone_is(gone=True))
        bus.subscribe(RegistrationChanged, lambda _event: self._phone_is(gone=False))
        bus.subscribe(AgentStateChanged, lambda _event: self._show_state())
        bus.subscribe(SoundHeard, self._level)
        judged = (LineJudged, MicrophoneJudged, CallerJudged)
        for kind in (SoundChanged, SpeechStateChanged, *judged, CallChanged):
            bus.subscribe(kind, lambda _event: self._show_lights())
        for count in (CallEnded, EvidenceFrozen, EscalationFiled, LineChanged):
            bus.subscribe(count, lambda _event: window.start(self._count(), "count today's calls"))
        bus.subscribe(LineChanged, lambda _event: self._show_foundations())
        model.phase_changed.connect(lambda _phase: self._show_all())
        changes().retranslated.connect(self._show_all)
        window.action("state").triggered.connect(self._open_menu)
        top.menu.chosen.connect(lambda state: window.start(services.agent.choose(state), "choose state"))
        told = (
            lights.phone,
            lights.microphone,
            lights.caller,
            lights.sent,
            lights.transcript,
            lights.records,
            lights.settings,
        )
        for light in told:
            light.asked.connect(lambda light=light: window.show_toast(light.toolTip()))
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)
        self._today = 0
        self._unfiled = self._unconfirmed = 0
        self._show_all()
        window.start(self._count(), "count today's calls")

    def _show_all(self) -> None:
        self._show_state()
        self._show_lights()
        self._show_counts()
        self._show_foundations()
        self._tick()

    # what the desk stands on
    def _trouble(self, trouble: TroubleFound) -> None:
        self._found[trouble.subject] = trouble
        self._show_foundations()
        self._show_lights()

    def _answers_replaced(self) -> None:
        self._found.pop("answers", None)
        self._show_foundations()

    def _sentence_of(self, subject: str) -> str:
        trouble = self._found.get(subject)
        return messages.trouble_sentence(trouble, day_of(self._services)) if trouble is not None else ""

    def _show_foundations(self) -> None:
        day, wrong = day_of(self._services), self._sentence_of("answers")
        none = self.tr("No answers") if self._services.faq.opened.is_set() else ""
        self._lights.show_pack(self.tr("Offline data {day}").format(day=day) if day else none, wrong)
        # Practice has a file of its own, so what is wrong with it counts only meanwhile.
        unsaved = self._sentence_of("practice" if self._services.line.practice else "records")
        self._lights.records.setVisible(bool(unsaved))
        self._lights.records.set(self.tr("Records are not kept"), "fail", unsaved)
        wrong_settings = [messages.settings_sentence(each) for each in self._window.settings.problems]
        wrong_settings += [messages.key_sentence(each) for each in self._window.key_problems]
        self._lights.settings.setVisible(bool(wrong_settings))
        self._lights.settings.set(self.tr("Check settings"), "warn", "\n".join(wrong_settings))

    # state
    def _show_state(self) -> None:
        agent = self._services.agent
        busy = self._model.phase in ("ringing", "dialling", "talking")
        word = self.tr("Ringing") if self._model.phase == "ringing" else state_word(agent.state)
        queued = agent.state in (AgentState.ON_CALL, AgentState.WRAP_UP)
        following = self.tr("Next: {state}").format(state=state_word(agent.queued)) if queued else ""
        rest = self._services.protection.policy.rest_minutes
        if agent.state is AgentState.REST and rest and not busy:
            # An offer, never a countdown: the agent ends it, sooner or later.
            following = self.tr("{minutes} min are yours").format(minutes=rest)
        self._top.show_state(word, busy, following)

    def _open_menu(self) -> None:
        if self._menu.isVisible():
            self._menu.close_menu()
            return
        agent = self._services.agent
        queued = agent.state in (AgentState.ON_CALL, AgentState.WRAP_UP)
        self._top.open_menu(agent.queued if queued else agent.state, queued)

    def _seconds_in_state(self) -> int:
        now = self._services.clock.now()
        call = self._services.calls.current
        if call is not None and self._model.phase == "ringing":
            return max(0, int((now - call.created).total_seconds()))
        if call is not None and self._model.phase == "talking":
            return call.seconds(now)
        return max(0, int((now - self._services.agent.since).total_seconds()))

    # lights
    def _show_lights(self) -> None:
        self._phone_light()
        sound = self._services.calls.sound
        self._lights.microphone.set(*microphone(sound, self._services.line_watch.microphone.trouble))
        mute_ear = sound.problem in ("no_devices", "no_speaker", "speaker_gone")
        deaf = messages.sound_sentence(sound) if mute_ear else ""
        call = self._services.calls.current if self._model.phase == "talking" else None
        self._lights.sent.setVisible(call is not None)
        if call is None:
            self._lights.caller.set(self.tr("No call"), "off")
        else:
            watch = self._services.line_watch
            self._lights.caller.set(*coming(call, watch, deaf))
            self._lights.sent.set(*leaving(call, watch))
        self._transcript_light()

    def _phone_light(self) -> None:
        registration = self._services.calls.registration
        left = self.tr("Calls can reach you.")
        if registration.server:
            left = self.tr("Calls can reach you by way of {server}.").format(server=registration.server)
        sentence = messages.registration_sentence(registration, registration.retry_s)
        words = {
            "registered": (self.tr("Registered"), "ok", left),
            "trying": (self.tr("Connecting"), "warn", messages.registration_sentence(registration, 0)),
            "failed": (
                self.tr("Not registered"),
                "fail",
                f"{sentence} {messages.registration_cause(registration)}"
                if registration.retry_s
                else sentence,
            ),
            "unregistered": (self.tr("Signed off"), "off", self.tr("The phone account is signed off.")),
        }
        none = (
            self.tr("No account"),
            "off",
            self.tr("Add a phone account in the settings: {key}").format(key=shown("settings")),
        )
        seen = words.get(registration.state, none)
        if self._phone_gone:
            seen = (self.tr("Phone restarting"), "warn", messages.phone_restarting())
        elif wrong := self._sentence_of("phone"):
            seen = (self.tr("Phone down"), "fail", wrong)
        self._lights.phone.set(*seen)

    def _phone_is(self, gone: bool) -> None:
        self._phone_gone = gone
        self._found.pop("phone", None)
        self._show_lights()

    def _transcript_light(self) -> None:
        transcript = self._services.transcript
        state, detail, level = transcript.state, transcript.detail, transcript.level
        ready = self.tr("Transcript on") if self._model.phase == "talking" else self.tr("Transcript ready")
        words = {
            SpeechState.OFF: (self.tr("Transcript off"), "off"),
            SpeechState.NO_MODEL: (self.tr("No transcript model"), "warn"),
            SpeechState.UNSUITED: (self.tr("No transcript here"), "off"),
            SpeechState.TOO_SLOW: (self.tr("No transcript here"), "warn"),
            SpeechState.LITTLE_MEMORY: (self.tr("No transcript here"), "warn"),
            SpeechState.LOADING: (self.tr("Transcript starting"), "off"),
            SpeechState.READY: (ready, "ok"),
            SpeechState.DEGRADED: (
                self.tr("Transcript behind") if level is SpeechLevel.LATER else self.tr("Transcript reduced"),
                "warn",
            ),
            SpeechState.FAILED: (self.tr("Transcript failed"), "fail"),
            SpeechState.RESTARTING: (self.tr("Transcript restarting"), "warn"),
        }
        said = messages.speech_words(state, detail, level) or messages.speech_remark(detail)
        self._lights.transcript.set(*words[state], said)

    def _level(self, event: SoundHeard) -> None:
        report = event.report
        light = self._lights.microphone if report.leg == "agent" else self._lights.caller
        light.set_level(1 - report.level_db / QUIET_DB)
        self._heard_at["agent" if report.leg == "agent" else "caller"] = monotonic()

    # counts and clocks
    async def _count(self) -> None:
        midnight = self._services.clock.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        calls = await self._services.line.records.calls(2000, midnight)
        self._today = sum(call.outcome is Outcome.ANSWERED for call in calls)
        self._unfiled, self._unconfirmed = await self._services.escalation.open_reports()
        self._show_counts()

    def _show_counts(self) -> None:
        self._top.show_today(self.tr("%n call(s) today", "", self._today))
        texts = [self.tr("%n report(s) to send", "", self._unfiled)] if self._unfiled else []
        if self._unconfirmed:
            texts.append(self.tr("%n sent unconfirmed", "", self._unconfirmed))
        self._lights.reports.setText(" · ".join(texts))

    def _tick(self) -> None:
        self._top.show_clock(clock_text(self._seconds_in_state()))
        local: datetime = self._services.clock.now().astimezone()
        self._lights.show_time(f"{local:%H:%M}")
        for leg, light in (("agent", self._lights.microphone), ("caller", self._lights.caller)):
            if monotonic() - self._heard_at[leg] > LEVEL_LIFE_S:
                light.set_level(0)
