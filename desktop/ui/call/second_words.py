"""Words of the call card about holds, transfers and the second line: who is on the line, who hears nothing."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.domain.asked import Asked
from desktop.domain.call import Call, mask_number, number_of
from desktop.domain.consultation import Consultation, Purpose
from desktop.ui.call.words import who

translate = QCoreApplication.translate


def name_of_second(second: Consultation | Asked, mask: bool) -> str:
    """Who it is; a number that the agent typed is masked like the caller's."""
    if second.purpose is Purpose.SUPERVISOR:
        return second.name or translate("SecondLine", "Supervisor")
    if second.purpose is Purpose.INTERPRETER:
        return translate("SecondLine", "Interpreter")
    return mask_number(second.name) if mask and second.purpose is Purpose.OTHER else second.name


def head_of_second(call: Call, second: Consultation) -> str:
    """Who hears whom while the caller is there too."""
    held = call.on_hold
    if second.together:
        if held:
            return translate("SecondLine", "Caller on hold, hears nothing")
        return translate("SecondLine", "All three hear each other")
    if second.answered and second.waits:
        return translate("SecondLine", "With the caller · the other waits")
    if held or not second.joins:
        return translate("SecondLine", "Caller on hold, hears nothing")
    return translate("SecondLine", "The caller hears you")


def line_of_second(second: Consultation, mask: bool) -> str:
    """Who is on the second line and how."""
    name = name_of_second(second, mask)
    if not second.answered:
        return translate("SecondLine", "Calling: {name}").format(name=name)
    if second.together:
        return translate("SecondLine", "Joined: {name}").format(name=name)
    if second.hold_pending and second.waits:
        return translate("SecondLine", "Asking for hold: {name}").format(name=name)
    if second.hold_pending:
        return translate("SecondLine", "Asking to resume: {name}").format(name=name)
    if second.waits:
        return translate("SecondLine", "Waiting: {name}").format(name=name)
    return translate("SecondLine", "On the line: {name}").format(name=name)


def head_of_pending(call: Call) -> str:
    """The other side has not agreed yet to be put on hold or taken back; the sound is cut until it has."""
    if call.wants_hold:
        return translate("SecondLine", "Asking for hold · no sound")
    return translate("SecondLine", "Asking to resume · no sound")


def head_of_handing(call: Call) -> str:
    """Who hears whom while a transfer runs."""
    if call.silenced:
        return translate("SecondLine", "Handing over · caller hears nothing")
    return translate("SecondLine", "Handing over · caller hears you")


def line_of_handing(call: Call, second: Consultation | None, mask: bool) -> str:
    """To whom the caller is being handed."""
    number = number_of(call.handed_to)
    if second is not None and second.number == number:
        name = name_of_second(second, mask)
    else:
        name = mask_number(number) if mask else number
    return translate("SecondLine", "Handing over to: {name}").format(name=name)


def head_of_parked(call: Call) -> str:
    """Who hears whom while another caller is on hold."""
    if call.on_hold:
        return translate("SecondLine", "Both callers on hold, hear nothing")
    return translate("SecondLine", "With this caller · the other waits")


def line_of_parked(parked: Call, mask: bool) -> str:
    """Who is on hold behind the call in front, or is asked to be."""
    if parked.hold_pending:
        return translate("SecondLine", "Asking for hold: {name}").format(name=who(parked, mask))
    return translate("SecondLine", "On hold: {name}").format(name=who(parked, mask))


def line_of_waiting(waiting: Call, mask: bool) -> str:
    """Who calls beside the call in front."""
    return translate("SecondLine", "Second call: {name}").format(name=who(waiting, mask))


def failed_words(name: str, cause: str) -> str:
    """Nobody came, or a transfer was not taken."""
    if cause == "transfer":
        return translate("SecondLine", "The transfer was not taken. The caller is still yours.")
    if cause == "busy":
        return translate("SecondLine", "{name} is busy.").format(name=name)
    return translate("SecondLine", "{name} did not answer.").format(name=name)
