"""What is wrong right now, for the slot of the call card: saving, sound, the call, the telephone, settings."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject

from desktop.domain.events import (
    AnswersReplaced,
    CallDialled,
    CallEnded,
    CallerJudged,
    CallReceived,
    LineJudged,
    MicrophoneJudged,
    PhoneLost,
    PhoneRestarted,
    RecordingChanged,
    RegistrationChanged,
    SavingFailed,
    SavingMended,
    SoundChanged,
    SpeechStateChanged,
    TroubleFound,
    WrapUpFinished,
)
from desktop.domain.line_quality import CallerTrouble, MicrophoneTrouble
from desktop.domain.phone import Registration
from desktop.domain.transcript import SpeechState
from desktop.services.desk_services import DeskServices
from desktop.ui import messages
from desktop.ui.call.line_words import line_sentence
from desktop.ui.call.notices import NoticeBoard, Reason
from desktop.ui.call.redial import lost_remote
from desktop.ui.shortcuts import shown
from desktop.ui.situation import SituationModel
from desktop.ui.theme.look import changes, look
from desktop.ui.window_hooks import WindowHooks

ABSENT = (SpeechState.NO_MODEL, SpeechState.FAILED, SpeechState.TOO_SLOW, SpeechState.LITTLE_MEMORY)
TURN_TICKS = 8
"""Seconds for which one reason of several stands while no call is on."""


class Troubles(QObject):
    """Turns events into reasons; each is taken back by the event that mends it."""

    def __init__(
        self, board: NoticeBoard, model: SituationModel, services: DeskServices, window: WindowHooks
    ) -> None:
        super().__init__(model)
        self._board, self._model, self._services, self._window = board, model, services, window
        self._retry_at = 0.0
        self._lost = self._unsaved = self._phone_gone = self._unreachable = False
        bus = services.bus
        self._full = ""
        self._found: dict[str, TroubleFound] = {}
        self._ticks = 0
        bus.subscribe(SavingFailed, self._saving_failed)
        bus.subscribe(SavingMended, lambda _event: self._saving(failed=False))
        bus.subscribe(TroubleFound, self._trouble)
        bus.subscribe(RecordingChanged, self._recording)
        bus.subscribe(AnswersReplaced, lambda _event: self._answers_replaced())
        bus.subscribe(SoundChanged, lambda _event: self._sound())
        bus.subscribe(LineJudged, self._line)
        bus.subscribe(MicrophoneJudged, lambda event: self._microphone(event.trouble))
        bus.subscribe(CallerJudged, lambda event: self._caller(event.trouble))
        bus.subscribe(CallEnded, self._call_ended)
        for later in (CallReceived, CallDialled, WrapUpFinished):
            bus.subscribe(later, lambda _event: self._call(lost=False))
        bus.subscribe(PhoneLost, lambda _event: self._phone(gone=True))
        bus.subscribe(PhoneRestarted, lambda _event: self._phone(gone=False))
        bus.subscribe(RegistrationChanged, self._registration)
        bus.subscribe(SpeechStateChanged, lambda _event: self._speech(tell=True))
        changes().retranslated.connect(self._say_again)
        self._say_again()

    def tick(self) -> None:
        """Seconds to the next attempt count down."""
        if self._services.calls.registration.state == "failed":
            self._register_again()
        # In a call only what is most urgent is said; before it there is time for all.
        self._ticks = self._ticks + 1 if self._model.phase == "idle" else 0
        self._board.take_turns(self._ticks // TURN_TICKS)

    def _say_again(self) -> None:
        problems = self._window.settings.problems
        sentence = messages.settings_sentence(problems[0]) if problems else ""
        self._board.put("settings", _reason(sentence))
        for trouble in self._found.values():
            self._say_trouble(trouble)
        self._saving(failed=self._unsaved)
        self._sound()
        self._line(self._services.line_watch.judged)
        self._microphone(self._services.line_watch.microphone.trouble)
        self._caller(self._services.line_watch.caller.trouble)
        self._call(lost=self._lost)
        self._speech()
        if self._phone_gone:
            self._phone(gone=True)
        elif "phone" not in self._found:
            self._register_again()

    def _saving(self, failed: bool) -> None:
        sentence = messages.cannot_save(self._full)
        if failed and not self._unsaved:
            self._window.announce(sentence, assertive=True)
        self._unsaved = failed
        self._board.put("saving", _reason(sentence if failed else ""))

    def _saving_failed(self, event: SavingFailed) -> None:
        self._full = event.kind
        self._saving(failed=True)

    def _trouble(self, trouble: TroubleFound) -> None:
        self._found[trouble.subject] = trouble
        self._say_trouble(trouble)

    def _recording(self, event: RecordingChanged) -> None:
        sentence = messages.recording_sentence(event.state)
        if self._board.put("recording", _reason(sentence)) and sentence:
            self._window.announce(sentence)

    def _answers_replaced(self) -> None:
        self._found.pop("answers", None)
        self._board.put("answers", None)

    def _say_trouble(self, trouble: TroubleFound) -> None:
        if trouble.subject == "settings":
            return
        sentence = messages.trouble_sentence(trouble, day_of(self._services))
        if sentence and self._board.put(trouble.subject, _reason(sentence)):
            self._window.announce(sentence)

    def _sound(self) -> None:
        sentence = messages.sound_sentence(self._services.calls.sound)
        if sentence and self._board.put("audio", _reason(sentence)):
            self._window.announce(sentence, assertive=True)
        elif not sentence:
            self._board.put("audio", None)

    def _line(self, event: LineJudged | None) -> None:
        sentence = line_sentence(event.trouble if event is not None else None)
        if self._board.put("line", _reason(sentence)) and sentence:
            self._window.announce(sentence, assertive=True)

    def _microphone(self, trouble: MicrophoneTrouble | None) -> None:
        sentence = messages.microphone_sentence(trouble)
        if self._board.put("microphone", _reason(sentence)) and sentence:
            self._window.announce(sentence, assertive=True)

    def _caller(self, trouble: CallerTrouble | None) -> None:
        sentence = messages.caller_sentence(trouble) if trouble is CallerTrouble.SILENT else ""
        if self._board.put("silence", _reason(sentence)) and sentence:
            self._window.announce(sentence, assertive=True)

    def _call_ended(self, event: CallEnded) -> None:
        if event.behind:
            return
        self._line(None)
        self._call(lost=event.lost)
        self._window.announce(messages.call_lost() if event.lost else self.tr("Call ended"), assertive=True)

    def _call(self, lost: bool) -> None:
        self._lost = lost
        again = lost and lost_remote(self._services)
        keys = ((shown("redial"), self.tr("call back")),) if again else ()
        self._board.put("call", Reason(messages.call_lost(), keys=keys) if lost else None)

    def _phone(self, gone: bool) -> None:
        self._phone_gone = gone
        if gone:
            self._found.pop("phone", None)
        if self._board.put("gone", _reason(messages.phone_restarting() if gone else "")) and gone:
            self._window.announce(messages.phone_restarting(), assertive=True)
        if not gone:
            self._register_again()

    def _registration(self, event: RegistrationChanged) -> None:
        self._found.pop("phone", None)
        self._phone(gone=False)
        self._retry_at = self._services.clock.mono() + event.registration.retry_s
        self._register_again()
        self._tell_reach(event.registration)

    def _tell_reach(self, registration: Registration) -> None:
        """Whether calls can come is said when it changes, not with every attempt."""
        if self._services.line.practice:
            return
        if registration.state == "failed" and not self._unreachable:
            self._unreachable = True
            said = (self.tr("Calls can't reach you."), messages.registration_cause(registration))
            self._window.announce(" ".join(filter(None, said)))
        elif registration.state == "registered" and self._unreachable:
            self._unreachable = False
            self._window.announce(self.tr("Calls can reach you again."))

    def _register_again(self) -> None:
        registration = self._services.calls.registration
        if registration.state != "failed" or self._services.line.practice:
            registration = Registration("registered")
        left = self._retry_at - self._services.clock.mono()
        self._board.put("phone", _reason(messages.registration_sentence(registration, left)))

    def _speech(self, tell: bool = False) -> None:
        state = self._services.transcript.state
        restarting = state is SpeechState.RESTARTING and self._model.phase == "talking"
        absent = state in ABSENT
        wanted = restarting or (absent and self._window.settings.current.speech_enabled)
        sentence = messages.speech_sentence(state) if wanted else ""
        if self._board.put("speech", _reason(sentence)) and sentence and tell:
            self._window.announce(sentence)


def day_of(services: DeskServices) -> str:
    """The day of the answers in use, as the reader writes it."""
    answers = services.faq.answers
    if answers is None:
        return ""
    return QLocale(look().language).toString(answers.built.date(), messages.day_format())


def _reason(sentence: str) -> Reason | None:
    return Reason(sentence) if sentence else None
