"""Between the second line and its keys: supervisor, transfer, three-way; what stands in the notice slot."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.domain.call import Call, CallState
from desktop.domain.consultation import Consultation
from desktop.domain.events import (
    CallChanged,
    CallConfirmed,
    CallEnded,
    ConsultationChanged,
    ConsultationFailed,
    LinesChanged,
)
from desktop.services.desk_services import DeskServices
from desktop.services.help_service import Help
from desktop.ui.call.call_card import CallCard
from desktop.ui.call.notices import NoticeBoard, Reason
from desktop.ui.call.second_words import (
    failed_words,
    line_of_handing,
    line_of_parked,
    line_of_second,
    line_of_waiting,
)
from desktop.ui.call.words import who
from desktop.ui.help_words import help_words
from desktop.ui.shortcuts import shown
from desktop.ui.situation import SituationModel
from desktop.ui.theme.look import changes
from desktop.ui.window_hooks import WindowHooks


class SecondLinePresenter(QObject):
    """Keys go to the help and the consultation service; the card's own words are the call presenter's."""

    def __init__(
        self,
        board: NoticeBoard,
        card: CallCard,
        model: SituationModel,
        services: DeskServices,
        window: WindowHooks,
    ) -> None:
        super().__init__(model)
        self._board, self._card, self._services, self._window = board, card, services, window
        self._second = services.calls.second
        bus, start = services.bus, window.start
        self._told = self._handed_to = ""
        for kind in (ConsultationChanged, CallChanged, CallConfirmed):
            bus.subscribe(kind, lambda _event: self.show())
        bus.subscribe(LinesChanged, lambda event: self._lines_changed(event.waiting))
        bus.subscribe(CallEnded, self._call_ended)
        bus.subscribe(
            ConsultationFailed, lambda event: window.show_toast(failed_words(event.name, event.cause))
        )
        model.phase_changed.connect(lambda _phase: self.show())
        changes().retranslated.connect(self.show)
        window.action("supervisor").triggered.connect(
            lambda: start(self._call_supervisor(), "call supervisor")
        )
        window.action("transfer").triggered.connect(self._transfer)
        window.action("interpreter").triggered.connect(lambda: start(self._three_way(), "three-way"))
        self.show()

    def _transfer(self) -> None:
        """To the one who was asked; without one, to a number."""
        if self._services.calls.parked is not None:
            self._window.show_toast(self._never_joined())
        elif self._second.state is None:
            self._card.open_dial(hands_over=True)
        else:
            self._window.start(self._second.hand_over(), "transfer")

    async def _three_way(self) -> None:
        """Join who is on the second line; where nobody is, the interpreter comes into the call."""
        if self._services.calls.parked is not None:
            self._window.show_toast(self._never_joined())
            return
        if self._second.state is not None:
            await self._second.join()
            return
        outcome = await self._services.help.interpreter()
        if outcome is not Help.CALLED:
            self._window.show_toast(help_words(outcome, self.tr("Interpreter")))

    async def _call_supervisor(self) -> None:
        outcome = await self._services.help.supervisor()
        if outcome is not Help.CALLED:
            name = self._services.protection.policy.supervisor.name
            self._window.show_toast(help_words(outcome, name))

    def _never_joined(self) -> str:
        return self.tr("Two callers never hear each other, and neither is handed over. End one call first.")

    def _lines_changed(self, waiting: Call | None) -> None:
        """One who waits is told once; the ear has had its tone."""
        if waiting is not None and waiting.id != self._told:
            self._told = waiting.id
            if not self._card.is_written_in:
                self._card.close_slot()
            words = self.tr("Second call: {name}").format(name=who(waiting, self._masked))
            self._window.announce(words, assertive=True)
        self.show()

    def _call_ended(self, event: CallEnded) -> None:
        """Of two callers one is gone: the other is as they were before."""
        calls = self._services.calls
        if event.behind:
            words = self.tr("The caller on hold has hung up.")
            self._window.announce(words, assertive=True)
            self._window.show_toast(words)
        elif calls.current is not None and calls.current.confirmed is not None:
            words = self.tr("Call ended. {name} is still on hold, {key} takes them back.")
            name = who(calls.current, self._masked)
            self._window.show_toast(words.format(name=name, key=shown("hold")))
        self.show()

    @property
    def _masked(self) -> bool:
        return self._window.settings.current.mask_numbers

    def show(self) -> None:
        """What can be pressed, and the notice."""
        second, calls = self._second.state, self._services.calls
        call, free = calls.current, self._second.free
        confirmed = call is not None and call.state is CallState.CONFIRMED
        handing = call is not None and bool(call.handed_to)
        two = confirmed and second is not None and second.answered and not (second.together or handing)
        refused = confirmed and calls.parked is not None and not handing  # the key says why
        self._window.action("transfer").setEnabled(two or refused or (confirmed and free))
        alone = confirmed and free and self._services.help.has_interpreter
        self._window.action("interpreter").setEnabled(two or refused or alone)
        self._window.action("supervisor").setEnabled(free and (call is None or confirmed))
        self._board.put("second", self._notice(second, two))
        self._tell_handing()

    def _notice(self, second: Consultation | None, two: bool) -> Reason | None:
        call = self._services.calls.current
        if call is not None and call.handed_to:
            return self._handing(call, second)
        return self._reason(second, two) if second is not None else self._other_caller()

    def _handing(self, call: Call, second: Consultation | None) -> Reason:
        """A transfer runs, the card says to whom: what comes of it, and how the caller is spoken with meanwhile."""
        text = self.tr("If nobody takes it, the caller comes back.")
        alone = second is None and call.wants_hold
        keys = ((shown("hold"), self.tr("speak meanwhile")),) if alone else ()
        return Reason(text, "plain", "transfer", keys)

    def _tell_handing(self) -> None:
        """The running transfer is said once."""
        call = self._services.calls.current
        handed_to = call.handed_to if call is not None else ""
        if handed_to and handed_to != self._handed_to and call is not None:
            line = line_of_handing(call, self._second.state, self._masked)
            words = self.tr("{line}. If nobody takes it, the caller comes back.").format(line=line)
            self._window.announce(words)
        self._handed_to = handed_to

    def _other_caller(self) -> Reason | None:
        """A second caller: what the keys do about them."""
        calls, front = self._services.calls, self._services.calls.current
        if calls.waiting is not None and front is not None:
            text = line_of_waiting(calls.waiting, self._masked)
            if front.rings or calls.in_crisis():
                return Reason(text, "plain", "person")
            keys = ((shown("answer"), self.tr("answer, hold this call")), (shown("end"), self.tr("decline")))
            return Reason(text, "plain", "person", keys)
        if calls.parked is None:
            return None
        key = (shown("end"), self.tr("end it")) if calls.in_crisis() else (shown("hold"), self.tr("swap"))
        return Reason(line_of_parked(calls.parked, self._masked), "plain", "person", (key,))

    def _reason(self, second: Consultation, two: bool) -> Reason:
        text = line_of_second(second, self._masked)
        keys = [(shown("end"), self.tr("end it"))]
        if second.answered and second.waits and self._services.calls.current is None:
            keys.append((shown("hold"), self.tr("take back")))
        if two:
            keys += [(shown("hold"), self.tr("swap")), (shown("interpreter"), self.tr("join"))]
        return Reason(text, "plain", "person", tuple(keys))
