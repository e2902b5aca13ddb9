"""Words for the line of a call: what is wrong with it, how good it is, how it was, and how the call ended."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from desktop.domain.call import Call, CallState, Outcome, Refusal
from desktop.domain.line_quality import FAIR_MOS, POOR_MOS, LineFacts, LineTrouble
from desktop.domain.phone import QualityReport
from desktop.ui.call.refusal_row import refusal_word
from desktop.ui.call.words import clock_text

translate = QCoreApplication.translate
LEAST_S = 1.0
"""Shorter times are not worth a word."""


def line_sentence(trouble: LineTrouble | None) -> str:
    """What is wrong with the line and what to do, "" for nothing."""
    match trouble:
        case LineTrouble.NOTHING_IN:
            return translate(
                "LineWords", "No sound arrives from the other side. Ask if they hear you; if not, call back."
            )
        case LineTrouble.NOTHING_OUT:
            return translate(
                "LineWords", "Your sound does not leave this PC. Call back; if it stays, tell IT."
            )
        case LineTrouble.POOR_IN:
            return translate(
                "LineWords", "The other side breaks up: the network loses sound. Let them repeat it."
            )
        case LineTrouble.POOR_OUT:
            return translate(
                "LineWords", "You break up for the other side: the network loses sound. Speak slowly."
            )
        case _:
            return ""


def quality_word(report: QualityReport | None) -> str:
    """How good both ways are, in a word; "" while nothing is known."""
    scores = [] if report is None else [report.recent_mos_rx, report.recent_mos_tx]
    known = [score for score in scores if score is not None]
    if not known:
        return ""
    if min(known) < POOR_MOS:
        return translate("LineWords", "Poor line")
    return (
        translate("LineWords", "Fair line") if min(known) < FAIR_MOS else translate("LineWords", "Good line")
    )


def figures_text(codec: str, figures: Mapping[str, float | None]) -> str:
    """Codec, loss, jitter, round trip and MOS both ways; what is not known is left out."""
    parts = [codec] if codec else []
    for key, words in (
        ("loss_rx", translate("LineWords", "lost in {value} %")),
        ("loss_tx", translate("LineWords", "lost out {value} %")),
        ("jitter_ms", translate("LineWords", "jitter {value} ms")),
        ("rtt_ms", translate("LineWords", "round trip {value} ms")),
        ("mos_rx", translate("LineWords", "MOS in {value}")),
        ("mos_tx", translate("LineWords", "MOS out {value}")),
    ):
        value = figures.get(key)
        if value is not None:
            parts.append(words.replace("{value}", f"{value:.1f}"))
    return " · ".join(parts)


def kept_text(call: Call, facts: LineFacts | None) -> str:
    """How a call that is over ended, how long it was in which state, and how its line was."""
    parts = [_end_words(call), *_times(call)]
    if facts is not None:
        for seconds, words in (
            (facts.held_s, translate("LineWords", "they were on hold {time}")),
            (facts.waited_s, translate("LineWords", "they put you on hold {time}")),
            (facts.silent_s, translate("LineWords", "nothing arrived for {time}")),
        ):
            if seconds >= LEAST_S:
                parts.append(words.replace("{time}", clock_text(int(seconds))))
    parts.append(figures_text(call.codec, facts.last if facts is not None else {}))
    return " · ".join(part for part in parts if part)


def _times(call: Call) -> list[str]:
    """How long it rang and how long it was up."""
    rang = ((call.confirmed or call.ended or call.created) - call.created).total_seconds()
    up = call.seconds(call.ended) if call.ended is not None else 0
    found = []
    if rang >= LEAST_S:
        found.append(translate("LineWords", "rang {time}").replace("{time}", clock_text(int(rang))))
    if up >= LEAST_S:
        found.append(translate("LineWords", "in the call {time}").replace("{time}", clock_text(up)))
    return found


def _end_words(call: Call) -> str:
    if call.state is not CallState.DISCONNECTED:
        return ""
    if call.outcome is Outcome.REJECTED:
        refusals = {each.cause: refusal_word(each) for each in Refusal}
        heard = refusals.get(call.cause, refusals[Refusal.DECLINED.cause])
        return translate("LineWords", "You declined it; the caller heard: {words}").replace("{words}", heard)
    cause = cause_words(call.cause)
    if cause:
        return f"{cause} ({call.code})" if call.code >= 300 and call.confirmed is None else cause
    return {
        "local": translate("LineWords", "You ended it"),
        "remote": translate("LineWords", "The other side ended it"),
        "network": translate("LineWords", "The network ended it"),
    }.get(call.ended_by, "")


def cause_words(cause: str) -> str:
    """The phone's cause of an end, "" where the call simply was over."""
    return {
        "not allowed": translate("LineWords", "Not allowed by the server"),
        "no such number": translate("LineWords", "No such number"),
        "no answer": translate("LineWords", "Nobody answered"),
        "no common codec": translate("LineWords", "No common codec"),
        "unavailable": translate("LineWords", "Not reachable now"),
        "number incomplete": translate("LineWords", "Number incomplete"),
        "busy": translate("LineWords", "Busy"),
        "cancelled": translate("LineWords", "Given up before the answer"),
        "server error": translate("LineWords", "Fault at the server"),
        "server not reachable": translate("LineWords", "Server not reachable"),
        "declined": translate("LineWords", "Declined"),
        "blocked": translate("LineWords", "Blocked by the other side"),
        "moved": translate("LineWords", "Has another number now"),
        "loop": translate("LineWords", "The call went round in circles"),
        "number needed": translate("LineWords", "Only takes calls with a number"),
        "not understood": translate("LineWords", "The other side did not understand the call"),
        "connection lost": translate("LineWords", "The connection was lost"),
        "refused": translate("LineWords", "Refused"),
        "engine": translate("LineWords", "The phone broke down here"),
        "unseen": translate("LineWords", "The desk was not there at the end"),
    }.get(cause, "")
