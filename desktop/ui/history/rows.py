"""What the lists of calls show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from desktop.domain.call import NAMELESS, Call, Direction, Outcome, Refusal, mask_number, number_of
from desktop.domain.escalation import Escalation
from desktop.domain.wrapup import Result, WrapUp
from desktop.ui.category_words import path_words
from desktop.ui.transcript.times import clock_text, length_text


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call: `status` is what became of it; `attention` where somebody was not reached."""

    call_id: str
    time: str
    title: str
    detail: str
    status: str
    attention: bool = False


def shown_number(remote: str, masked: bool) -> str:
    """The caller as it may stand on the screen."""
    number = number_of(remote)
    if number.casefold() in NAMELESS:
        return QCoreApplication.translate("CallRow", "Number withheld")
    return mask_number(number) if masked else number


def can_be_called(remote: str) -> bool:
    """Whether the other side of a call has given a number."""
    return number_of(remote).casefold() not in NAMELESS


def shown_words(text: str, masked: bool) -> str:
    """What was said or written in a call that is over, as it may stand on the screen."""
    return _masked(text) if masked else text


@lru_cache(maxsize=2000)
def _masked(text: str) -> str:
    from desktop.domain.redaction import mask  # loaded after the start

    # Half a millisecond each, and a page of quotes is shown anew with every tick.
    return mask(text).text


def result_words(result: Result | None) -> str:
    """What became of a consultation."""
    translate = QCoreApplication.translate
    match result:
        case Result.ANSWERED:
            return translate("CallRow", "Answered in full")
        case Result.TRANSFERRED:
            return translate("CallRow", "Forwarded")
        case Result.CALL_BACK:
            return translate("CallRow", "Callback booked")
        case Result.NOT_SOLVED:
            return translate("CallRow", "Call again")
        case _:
            return translate("CallRow", "Not written up")


def state_words(state: str) -> str:
    """The working state that a missed call met."""
    translate = QCoreApplication.translate
    words = {
        "ready": translate("CallRow", "ready"),
        "on_call": translate("CallRow", "on another call"),
        "wrap_up": translate("CallRow", "in wrap-up"),
        "break": translate("CallRow", "on break"),
        "off": translate("CallRow", "off duty"),
    }
    return words.get(state, "")


def status_of(call: Call, wrap_up: WrapUp | None) -> tuple[str, bool]:
    """What became of the call, and whether it deserves a second look."""
    translate = QCoreApplication.translate
    match call.outcome:
        case Outcome.MISSED:
            state = state_words(call.agent_state)
            missed = translate("CallRow", "Missed")
            return (f"{missed} · {state}" if state else missed), True
        case Outcome.REJECTED:
            return declined_words(call), False
        case Outcome.FAILED:
            return translate("CallRow", "Not reached"), False
        case None:
            return translate("CallRow", "Running"), False
        case _:
            return result_words(wrap_up.result if wrap_up else None), False


def declined_words(call: Call) -> str:
    """What a caller heard whom the agent did not take."""
    translate = QCoreApplication.translate
    heard = {
        Refusal.BUSY.cause: translate("CallRow", "Declined · heard busy"),
        Refusal.AWAY.cause: translate("CallRow", "Declined · heard not here"),
    }
    return heard.get(call.cause) or translate("CallRow", "Declined")


def row_of(call: Call, wrap_up: WrapUp | None, now: datetime, masked: bool, reached: bool = False) -> CallRow:
    """A call of any day; today's show the clock only. `reached`: whom was missed was spoken with later."""
    who = shown_number(call.remote, masked)
    parts = [who if call.direction is Direction.INCOMING else f"→ {who}"]
    if call.confirmed is not None:
        parts.append(length_text(call.seconds(now)))
    if call.scenario:
        parts.append(QCoreApplication.translate("CallRow", "practice {id}").replace("{id}", call.scenario))
    status, attention = status_of(call, wrap_up)
    if reached and call.outcome is Outcome.MISSED:
        status, attention = QCoreApplication.translate("CallRow", "Missed · spoken with later"), False
    category = path_words(wrap_up.category) if wrap_up else ""
    title, detail = (category, " · ".join(parts)) if category else (parts[0], " · ".join(parts[1:]))
    if not detail:
        detail = _direction_words(call)
    return CallRow(call.id, day_text(call.created, now), title, detail, status, attention)


def report_words(escalation: Escalation, due: datetime | None, now: datetime) -> str:
    """What became of the report of a call; `due`: when it goes out by itself."""
    translate = QCoreApplication.translate
    if escalation.form.withdrawn:
        return translate("CallRow", "Report withdrawn: {reason}").replace(
            "{reason}", escalation.form.withdrawn
        )
    if escalation.filed is not None:
        time = day_text(escalation.filed, now)
        if escalation.unconfirmed:
            return translate("CallRow", "Report sent by itself {time}, not confirmed").replace("{time}", time)
        return translate("CallRow", "Report saved {time}").replace("{time}", time)
    if due is None:
        return translate("CallRow", "Report not sent yet")
    words = translate("CallRow", "Report not sent yet; goes out by itself {time}")
    return words.replace("{time}", day_text(due, now))


def day_text(moment: datetime, now: datetime) -> str:
    """`14:21` today, "yesterday 16:40", else the day."""
    day, today = moment.astimezone().date(), now.astimezone().date()
    clock = clock_text(moment, seconds=False)
    if day == today:
        return clock
    if day == today - timedelta(days=1):
        return QCoreApplication.translate("CallRow", "Yesterday {time}").replace("{time}", clock)
    pattern = QCoreApplication.translate("CallRow", "d MMM", "date without a year, as QLocale writes it")
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def _direction_words(call: Call) -> str:
    if call.direction is Direction.INCOMING:
        return QCoreApplication.translate("CallRow", "Incoming")
    return QCoreApplication.translate("CallRow", "Outgoing")
