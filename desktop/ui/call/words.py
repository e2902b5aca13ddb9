"""Words of the call card that depend on a call."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.domain.agent import AgentState
from desktop.domain.call import NAMELESS, Call, earlier_calls, mask_number, number_of

translate = QCoreApplication.translate


def clock_text(seconds: int) -> str:
    """01:04, from an hour on 1:02:03."""
    hours, rest = divmod(max(0, seconds), 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{second:02}" if hours else f"{minutes:02}:{second:02}"


def who(call: Call, mask: bool) -> str:
    """The other side's number, masked unless the settings say otherwise."""
    if call.scenario:
        name = call.remote_name or number_of(call.remote)
        return translate("CallWords", "Practice {scenario} · {name}").format(
            scenario=call.scenario, name=name
        )
    number = number_of(call.remote)
    if number.casefold() in NAMELESS:
        return translate("CallWords", "Number withheld")
    return mask_number(number) if mask else number


def name_of(call: Call, mask: bool) -> str:
    """The display name, "" where it only repeats the number; digits in it are masked like a number."""
    name = call.remote_name.strip()
    if not name or call.scenario or name == number_of(call.remote):
        return ""
    if mask and len(re.sub(r"\D", "", name)) >= 7:
        return mask_number(name)
    return name


def history_text(earlier: Sequence[Call], now: datetime) -> str:
    """How often this number called in a day, a month, half a year."""
    found = earlier_calls(earlier, now)
    words = translate("CallWords", "24 h {a} · 30 days {b} · 6 months {c}")
    return words.format(a=found.day, b=found.month, c=found.half_year)


def state_word(state: AgentState) -> str:
    """Name of a working state."""
    return {
        AgentState.READY: translate("CallWords", "Ready"),
        AgentState.ON_CALL: translate("CallWords", "On call"),
        AgentState.WRAP_UP: translate("CallWords", "Wrap-up"),
        AgentState.BREAK: translate("CallWords", "Break"),
        AgentState.REST: translate("CallWords", "Protected rest"),
        AgentState.OFF: translate("CallWords", "Off duty"),
    }[state]


def waiting_word(state: AgentState) -> str:
    """Large word of the card while no call is there."""
    if state is AgentState.BREAK:
        return translate("CallWords", "On a break")
    if state is AgentState.REST:
        return translate("CallWords", "Protected rest")
    if state is AgentState.OFF:
        return translate("CallWords", "Off duty")
    return translate("CallWords", "Waiting for calls")
