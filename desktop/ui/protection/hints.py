"""What the protection has to say in the notice slot of the call card: a hint, a known caller, the time."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from desktop.domain import procedure
from desktop.domain.events import (
    CallEnded,
    CallerKnown,
    CallMissed,
    CallParked,
    CallReceived,
    CallUnparked,
    ProcedureChanged,
)
from desktop.domain.procedure_state import Due, Phase
from desktop.domain.strikes import CallerHistory
from desktop.services.desk_services import DeskServices
from desktop.ui.call.notices import NoticeBoard, Reason
from desktop.ui.shortcuts import shown
from desktop.ui.theme.look import changes, look
from desktop.ui.window_hooks import WindowHooks


class ProtectionHints(QObject):
    """Puts the reasons on the board; nothing here plays, ends, opens or takes the focus."""

    def __init__(
        self, board: NoticeBoard, services: DeskServices, window: WindowHooks, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._board, self._services, self._window = board, services, window
        self._protection = services.protection
        self._history = CallerHistory()
        bus = services.bus
        bus.subscribe(ProcedureChanged, lambda _event: self.show())
        bus.subscribe(CallerKnown, self._caller_known)
        for kind in (CallReceived, CallParked, CallUnparked):
            bus.subscribe(kind, lambda _event: self._forget())
        for end in (CallMissed, CallEnded):
            bus.subscribe(end, lambda _event: self._ended())
        changes().retranslated.connect(self.show)

    def _caller_known(self, event: CallerKnown) -> None:
        current = self._services.calls.current
        if current is not None and current.id == event.call_id:
            self._history = event.history
            self.show()

    def _ended(self) -> None:
        """What is known of a caller who is still there stays."""
        if self._services.calls.current is None:
            self._forget()
        else:
            self.show()

    def _forget(self) -> None:
        self._history = CallerHistory()
        self.show()

    def show(self) -> None:
        """All three topics as they stand."""
        self._put("crisis", self._crisis(), assertive=True)
        self._put("abuse", self._abuse(), assertive=True)
        self._put("time", self._time())
        self._put("known", self._known())

    def _put(self, topic: str, reason: Reason | None, assertive: bool = False) -> None:
        """Show it; a screen reader says it with the keys that answer it."""
        if self._board.put(topic, reason) and reason is not None:
            keys = [f"{key} {what}" for key, what in reason.keys]
            self._window.announce(". ".join([reason.text, *keys]), assertive)

    def _crisis(self) -> Reason | None:
        state = self._protection.state
        if not self._protection.running or state.crisis_hint is None:
            return None
        translate = QCoreApplication.translate
        keys = (
            (shown("crisis"), translate("Protection", "crisis call")),
            ("Esc", translate("Protection", "no")),
        )
        return Reason(translate("Protection", "This may be a crisis"), "care", "care", keys)

    def _abuse(self) -> Reason | None:
        state, policy = self._protection.state, self._protection.policy
        if not self._protection.running or not state.open_hits or state.in_crisis:
            return None
        translate = QCoreApplication.translate
        chosen = policy.class_of(procedure.suggested_class(state, policy, self._protection.now))
        count = self._protection.counters[chosen.axis.value]
        text = translate("Protection", "Sounds like: {what} · {count}").format(
            what=policy.word(chosen.label, look().language), count=count
        )
        step = procedure.next_step(state, policy)
        word = (
            translate("Protection", "begin")
            if state.phase is Phase.LISTENING or step is None
            else policy.word(procedure.ladder(state, policy)[step][0].label, look().language)
        )
        keys = ((shown("red_button"), word), ("Esc", translate("Protection", "no")))
        return Reason(text, "warn", "warn", keys)

    def _time(self) -> Reason | None:
        if not self._protection.running or self._protection.state.in_crisis:
            return None
        aid = procedure.time_aid(self._protection.state, self._protection.policy, self._protection.now)
        if aid.due is Due.NOTHING or self._protection.state.phase is Phase.LADDER:
            return None
        translate = QCoreApplication.translate
        text = (
            translate("Protection", "The recommended time is over")
            if aid.due is Due.END
            else translate("Protection", "Recommended time: {minutes} min left").format(
                minutes=aid.minutes_left
            )
        )
        return Reason(text, "plain", "clock", ((shown("red_button"), translate("Protection", "say so")),))

    def _known(self) -> Reason | None:
        if not self._history or self._services.calls.current is None:
            return None
        translate, policy = QCoreApplication.translate, self._protection.policy
        words = {
            "malicious": translate("Protection", "abuse {count}"),
            "difficult": translate("Protection", "difficult {count}"),
        }
        counts = " · ".join(words[axis].format(count=count) for axis, count in self._history.counts)
        try:
            last = policy.word(policy.class_of(self._history.last_class).label, look().language)
        except KeyError:
            last = ""
        text = translate("Protection", "Mind this caller · {counts} · last: {last}")
        keys = ((shown("incidents"), translate("Protection", "see or correct")),)
        return Reason(text.format(counts=counts, last=last), "warn", "warn", keys)
