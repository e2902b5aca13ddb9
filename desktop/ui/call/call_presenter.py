"""Between calls and their card: words, what can be pressed, what is wrong."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QObject, QTimer

from desktop.domain.call import MOST_EARLIER_CALLS, Call, CallState, Direction, Hold, Outcome
from desktop.domain.events import (
    AgentStateChanged,
    CallChanged,
    CallConfirmed,
    CallDialled,
    CallEnded,
    CallMissed,
    CallReceived,
    CallUnparked,
    ConsultationChanged,
    LineChanged,
    LineJudged,
    LinesChanged,
    ProcedureChanged,
    RegistrationChanged,
    WrapUpFinished,
)
from desktop.services.desk_services import DeskServices
from desktop.ui.call.call_card import Behind, CallCard, CardContent
from desktop.ui.call.hold_teller import HoldTeller, MuteTeller
from desktop.ui.call.line_words import quality_word
from desktop.ui.call.notices import NoticeBoard
from desktop.ui.call.phase import hold_of
from desktop.ui.call.second_line import SecondLinePresenter
from desktop.ui.call.second_words import (
    head_of_handing,
    head_of_parked,
    head_of_pending,
    head_of_second,
    line_of_handing,
    line_of_parked,
    line_of_second,
    line_of_waiting,
)
from desktop.ui.call.troubles import Troubles
from desktop.ui.call.words import clock_text, history_text, name_of, waiting_word, who
from desktop.ui.category_words import path_words
from desktop.ui.coalesced import Coalesced
from desktop.ui.escalation.delivery_notices import DeliveryNotices
from desktop.ui.protection.hints import ProtectionHints
from desktop.ui.shortcuts import shown
from desktop.ui.situation import SituationModel
from desktop.ui.theme.look import changes
from desktop.ui.window_hooks import WindowHooks

TICK_MS = 250
TOPIC_WITHIN = 50
"""The last topic is looked for in so many calls."""
END_TWICE_S = 1.5
SHOWN_DIGITS = 8


class CallPresenter(QObject):
    """Follows the current call; keys go to the call service."""

    def __init__(
        self, card: CallCard, model: SituationModel, services: DeskServices, window: WindowHooks
    ) -> None:
        super().__init__(card)
        self._card, self._model, self._services, self._window = card, model, services, window
        self.board = NoticeBoard(card.show_reason)
        self.hints = ProtectionHints(self.board, services, window, self)
        self.deliveries = DeliveryNotices(self.board, services, window, self)
        self._troubles = Troubles(self.board, model, services, window)
        self._second = SecondLinePresenter(self.board, card, model, services, window)
        self._holds = HoldTeller(services.clock, window.announce)
        self._mutes = MuteTeller(window.announce)
        self._earlier: tuple[str, str] = ("", "")
        self._facts_of = ""
        self._end_pressed = self._turned = self._left = float("-inf")
        self._waits = False
        self._missed = 0
        self._shown_call: Call | None = None
        self._digits = ""
        self._counting = Coalesced(window.start, self._count_missed, "count missed calls")
        bus = services.bus
        bus.subscribe(CallReceived, self._call_came)
        bus.subscribe(CallDialled, self._call_came)
        bus.subscribe(CallConfirmed, self._call_came)
        bus.subscribe(CallUnparked, self._call_came)
        others = (CallChanged, AgentStateChanged, RegistrationChanged, WrapUpFinished, ProcedureChanged)
        for other in (*others, ConsultationChanged, LineJudged):
            bus.subscribe(other, lambda _event: self._show())
        bus.subscribe(LinesChanged, self._lines_changed)
        bus.subscribe(CallEnded, self._call_ended)
        for end in (CallMissed, LineChanged):
            bus.subscribe(end, lambda _event: self._ended())
        model.phase_changed.connect(lambda _phase: self._show())
        changes().retranslated.connect(self._reload)
        self._connect()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)
        self._ended()

    def _connect(self) -> None:
        calls, start = self._services.calls, self._window.start
        work = {
            "answer": calls.answer,
            "end": self._end,
            "mute": calls.toggle_mute,
            "hold": calls.toggle_hold,
        }
        for name, method in work.items():
            self._window.action(name).triggered.connect(
                lambda _checked=False, method=method, name=name: start(method(), name)
            )
        self._window.action("dial").triggered.connect(lambda: self._card.open_dial())
        self._card.dial_field.wanted.connect(self._dial)
        self._card.digit_typed.connect(self._digit)
        self._card.slot_closed.connect(self._show)

    async def _end(self) -> None:
        """In a crisis nobody is hung up on by a slip: the key has to come twice.

        Nor is the caller in front by a key that was meant for one who is gone: the other call ended just now, or who
        waited waits no more. Nor is who rings declined by it.
        """
        now = self._services.clock.mono()
        if now - self._turned < END_TWICE_S or (
            self._model.phase == "ringing" and now - self._left < END_TWICE_S
        ):
            return
        second = self._services.calls.second.state
        calls = self._services.calls
        careful = calls.in_crisis() and second is None and calls.waiting is None and calls.parked is None
        if careful and now - self._end_pressed > END_TWICE_S:
            self._end_pressed = now
            self._window.announce(self.tr("Press again to hang up"), assertive=True)
            return
        await calls.end()

    def _dial(self, target: str) -> None:
        self._card.close_slot()
        self._window.focus_notes()
        calls = self._services.calls
        if self._card.hands_over:
            self._window.start(calls.second.hand_over_to(target), "transfer")
        else:
            self._window.start(calls.dial(target), "dial")

    def _call_ended(self, event: CallEnded) -> None:
        if event.call.ended_by != "local":
            self._left = self._services.clock.mono()
        if not event.behind and self._services.calls.current is not None:
            self._turned = self._services.clock.mono()
        self._ended()

    def _lines_changed(self, event: LinesChanged) -> None:
        if self._waits and event.waiting is None and event.parked is None:
            self._turned = self._services.clock.mono()
        self._waits = event.waiting is not None
        self._show()

    def _digit(self, digit: str) -> None:
        """They stay on the card until the call ends: who is asked for a long number sees how far it is."""
        self._digits += digit
        self._window.start(self._services.calls.send_digits(digit), "send a digit")
        self._window.announce(digit)
        self._show()

    def _call_came(self, event: CallReceived | CallDialled | CallConfirmed | CallUnparked) -> None:
        self._show()
        if isinstance(event, CallReceived) and not self._card.is_written_in:
            self._card.close_slot()
        if isinstance(event, CallReceived):
            name = who(event.call, self._window.settings.current.mask_numbers)
            words = self.tr("Incoming call: {name}. {key} answers.")
            self._window.announce(words.format(name=name, key=shown("answer")), assertive=True)
        resumed = isinstance(event, CallConfirmed) and event.resumed
        if resumed or event.call.id != self._facts_of:
            self._reload()

    def _ended(self) -> None:
        self._digits = ""
        self._show()
        self._counting.ask()

    def _reload(self) -> None:
        self._earlier = ("", "")
        call = self._services.calls.current or self._shown_call
        self._facts_of = call.id if call is not None else ""
        if call is not None:
            self._window.start(self._load_earlier(call), "load earlier calls")
        self._show()

    async def _load_earlier(self, call: Call) -> None:
        records = self._services.line.records
        found = await records.calls_with(call.remote, MOST_EARLIER_CALLS)
        earlier = [other for other in found if other.id != call.id]
        lately = [other.id for other in earlier[:TOPIC_WITHIN]]
        written = await records.wrap_ups(lately)
        last = next((each for each in map(written.get, lately) if each is not None and each.category), None)
        topic = self.tr("Last topic  {topic}").replace("{topic}", path_words(last.category)) if last else ""
        if call.id == self._facts_of:
            self._earlier = (history_text(earlier, self._services.clock.now()), topic)
            self._show()

    async def _count_missed(self) -> None:
        midnight = self._services.clock.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        calls = await self._services.line.records.calls(1000, midnight)
        self._missed = sum(call.outcome is Outcome.MISSED for call in calls)
        self._show()

    # showing
    def _show(self) -> None:
        self._model.refresh()
        call = self._services.calls.current
        phase = self._model.phase
        if call is None and phase == "ended":
            call = self._services.calls.last
        self._shown_call = call
        muted = call is not None and call.muted and phase == "talking"
        careful = self._services.calls.in_crisis()
        talking = phase == "talking"
        self._card.set_phase(
            phase, muted=muted, hold=hold_of(call) if talking else "", careful=careful, behind=self._behind()
        )
        self._enable()
        self._card.set_content(self._idle() if call is None else self._content(call))
        self._tell_hold(call if talking else None)

    def _tell_hold(self, call: Call | None) -> None:
        words = self._head(call) if call is not None else ""
        plain = words in (self.tr("Incoming"), self.tr("Outgoing"))
        self._holds.look(call, self.tr("You hear each other") if plain else words)
        muted = self.tr("Muted · the caller can't hear you")
        self._mutes.look(call, (muted, self.tr("Not muted · the caller hears you")))

    def _enable(self) -> None:
        phase = self._model.phase
        calls = self._services.calls
        talking, second, crisis = phase == "talking", calls.second.state, calls.in_crisis()
        waits = second is not None and second.answered and second.waits
        possible = {
            "answer": phase == "ringing" or (talking and calls.waiting is not None and not crisis),
            "end": phase in ("ringing", "dialling", "talking") or second is not None,
            "mute": talking,
            "hold": (talking and not (crisis and calls.parked is not None)) or waits,
            "dial": phase == "idle" or (talking and calls.second.free),
        }
        for name, enabled in possible.items():
            self._window.action(name).setEnabled(enabled)

    def _idle(self) -> CardContent:
        state = self._services.agent.state
        chosen = bool(self._window.settings.current.account)
        nobody = self._services.calls.registration.state == "none" and not chosen
        if nobody and not self._services.line.practice:
            account = self.tr("No phone account yet · {key}").format(key=shown("settings"))
        else:
            account = self.tr("{key} to dial").format(key=shown("dial"))
        missed = self.tr("%n missed call(s) today", "", self._missed)
        lines = (self._second_words() or account, missed, "")
        return CardContent(self.tr("No call"), "", False, waiting_word(state), lines)

    def _behind(self) -> Behind:
        calls = self._services.calls
        if calls.second.state is not None:
            return "second"
        if calls.waiting is not None:
            return "waiting"
        return "parked" if calls.parked is not None else ""

    def _second_words(self) -> str:
        """Who is on the second line, "" for nobody."""
        calls, mask = self._services.calls, self._window.settings.current.mask_numbers
        if calls.waiting is not None and self._card.asking:
            return line_of_waiting(calls.waiting, mask)  # their notice has no place while the slot is lent
        if calls.current is not None and calls.current.handed_to:
            return line_of_handing(calls.current, calls.second.state, mask)
        if calls.second.state is not None:
            return line_of_second(calls.second.state, mask)
        return line_of_parked(calls.parked, mask) if calls.parked is not None else ""

    def _content(self, call: Call) -> CardContent:
        mask = self._window.settings.current.mask_numbers
        phase = self._model.phase
        lines = (self._second_words() or name_of(call, mask), *self._earlier)
        chips = (self._chips(call)) if phase == "talking" else ()
        return CardContent(
            self._head(call), self._clock(call), phase != "ringing", who(call, mask), lines, chips
        )

    def _chips(self, call: Call) -> tuple[str, ...]:
        chips = [self.tr("HD voice")] if call.codec.upper().startswith(("G722", "OPUS")) else []
        if call.encrypted:
            chips.append(self.tr("Encrypted"))
        judged = self._services.line_watch.judged
        if self._digits:
            chips.append(self.tr("Keys {digits}").replace("{digits}", self._digits[-SHOWN_DIGITS:]))
        word = quality_word(judged.measured) if judged is not None else ""
        if word:
            chips.append(word)
        return tuple(chips)

    def _head(self, call: Call) -> str:
        phase = self._model.phase
        if phase == "ringing":
            return self.tr("Incoming call")
        if phase == "dialling":
            ringing = call.state is CallState.EARLY
            if ringing and call.codec:
                return self.tr("Not answered yet · you hear the other side")
            return self.tr("It rings at the other side") if ringing else self.tr("Calling")
        if phase == "ended":
            return self.tr("Call ended")
        if call.handed_to:
            return head_of_handing(call)
        if call.hold_pending:
            return head_of_pending(call)
        second = self._services.calls.second.state
        if second is not None:
            return head_of_second(call, second)
        if self._services.calls.parked is not None:
            return head_of_parked(call)
        if call.on_hold:
            return self.tr("On hold · neither hears the other")
        if call.hold is Hold.REMOTE:
            return self.tr("The other side has put you on hold")
        if call.muted:
            return self.tr("Muted · the caller can't hear you")
        return self.tr("Incoming") if call.direction is Direction.INCOMING else self.tr("Outgoing")

    def _clock(self, call: Call) -> str:
        now = self._services.clock.now()
        if self._model.phase == "ringing":
            waited = max(timedelta(0), now - call.created)
            return self.tr("Waited {time}").format(time=clock_text(int(waited.total_seconds())))
        return "" if call.confirmed is None else clock_text(call.seconds(now))

    def _tick(self) -> None:
        call = self._services.calls.current
        if call is not None:
            self._card.set_clock(self._clock(call))
            self._tell_hold(call if self._model.phase == "talking" else None)
        self._troubles.tick()
