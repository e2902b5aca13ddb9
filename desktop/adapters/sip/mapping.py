"""From pjsip's numbers and texts to the words of the command line's contract."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pjsua2 as pj

from desktop.adapters.phone.sip_message import SipMessage

STATES = {
    pj.PJSIP_INV_STATE_CALLING: "CALLING",
    pj.PJSIP_INV_STATE_INCOMING: "INCOMING",
    pj.PJSIP_INV_STATE_EARLY: "EARLY",
    pj.PJSIP_INV_STATE_CONNECTING: "CONNECTING",
    pj.PJSIP_INV_STATE_CONFIRMED: "CONFIRMED",
    pj.PJSIP_INV_STATE_DISCONNECTED: "DISCONNECTED",
}
CAUSES = {
    401: "not allowed", 403: "not allowed", 404: "no such number", 407: "not allowed", 408: "no answer",
    410: "no such number", 415: "no common codec", 430: "server not reachable", 433: "number needed",
    480: "unavailable", 482: "loop", 483: "loop", 484: "number incomplete", 485: "number incomplete", 486: "busy",
    487: "cancelled", 488: "no common codec", 500: "server error", 502: "server error", 503: "server not reachable",
    504: "server not reachable", 600: "busy", 603: "declined", 604: "no such number", 606: "no common codec",
    607: "blocked", 608: "blocked",
    **dict.fromkeys((400, 405, 406, 413, 414, 416, 420, 421, 493, 494, 501, 505, 513, 580), "not understood"),
}  # fmt: skip
CANCELLED = 487
LOST = "connection lost"
"""`cause` of a call that had been answered and was ended by the network."""
_ADDRESS = re.compile(r'\s*+(?:"((?:[^"\\]|\\.)*+)"\s*+|([^<"]*+))<([^>]++)>', re.S)
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
NAME_LENGTH, URI_LENGTH = 80, 250
RECENT_PACKETS = 100
"""Fewer packets, two seconds of them, say nothing of the line: at a hold a stream can end after a handful."""
TRUSTED_REPORTS = 2
"""The first round trip after a hold can contain the hold: the other side answers a report of the stream before."""


def cause_of(code: int, confirmed: bool) -> str:
    """Why a call ended, in a word or two; codes without an own entry by their class."""
    if confirmed or code < 300:
        return "normal"
    others = "moved" if code < 400 else "server error" if 500 <= code < 600 else "refused"
    return CAUSES.get(code, others)


def clean(text: str, length: int) -> str:
    """Text from outside without control and direction characters, cut to `length`; U+FFFD for what is no UTF-8."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _CONTROL.sub("", whole)[:length].strip()


def sender_of(message: str) -> str:
    """Who sent a message, as it says so itself: of more than 255 bytes the library tells nothing but an error."""
    return SipMessage(message.encode("utf-8", "surrogateescape")).first(b"from").decode("utf-8", "replace")


def remote_of(info_uri: str) -> tuple[str, str]:
    """URI and display name of the other side from `"Name" <sip:...>;tag=...`."""
    match = _ADDRESS.match(info_uri)
    if match is None:
        return clean(info_uri.partition(";")[0], URI_LENGTH), ""
    name = re.sub(r"\\(.)", r"\1", match[1]) if match[1] is not None else match[2]
    return clean(match[3], URI_LENGTH), clean(name, NAME_LENGTH)


def ended_by(event: Any, had_sound: bool) -> str:
    """Who ended a call that we have not hung up: `network` where it was a timer or a broken transport, also that of a
    session that nobody refreshes; `local` where the library found nothing in common in what the other side offers."""
    if event.type != pj.PJSIP_EVENT_TSX_STATE:
        return "remote"
    state = event.body.tsxState
    if state.type in (pj.PJSIP_EVENT_TIMER, pj.PJSIP_EVENT_TRANSPORT_ERROR):
        return "network"
    if state.tsx.role == pj.PJSIP_ROLE_UAC and state.tsx.method == "BYE":
        return "network" if had_sound else "local"
    refused = (
        state.tsx.role == pj.PJSIP_ROLE_UAS and state.tsx.method == "INVITE" and state.tsx.statusCode >= 400
    )
    return "local" if refused and state.tsx.statusCode != CANCELLED else "remote"


def reinvite_code(event: Any) -> int:
    """The code that an INVITE of ours has been answered by so far, 0 for what happened to any other request.

    Within a call 481 and 408, no answer at all, mean that the other side is gone (RFC 3261 12.2.1.2).
    """
    tsx = event.body.tsxState.tsx
    ours = tsx.role == pj.PJSIP_ROLE_UAC and tsx.method == "INVITE"
    return int(tsx.statusCode) if ours else 0


@dataclass(frozen=True, slots=True)
class Quality:
    """Statistics of a stream: losses in per cent, times in milliseconds, MOS 1..4.5. None where nothing is known.

    The first figures are of the whole stream, `rtt_ms` the newest, the `recent` ones of the time since the quality
    before, None where it was short; counts are of packets. The recent scores are of what breaks up, so a long way alone
    does not lower them. What of ours was lost is known only from the other side's reports.
    """

    loss_rx: float | None
    loss_tx: float | None
    jitter_ms: float | None
    rtt_ms: float | None
    mos_rx: float | None
    mos_tx: float | None
    recent_loss_rx: float | None
    recent_loss_tx: float | None
    recent_mos_rx: float | None
    recent_mos_tx: float | None
    lost_rx: int = 0
    got_rx: int = 0
    lost_tx: int = 0
    sent_tx: int = 0
    reports: int = 0

    def figures(self) -> dict[str, object]:
        """The fields of the `quality` event."""
        names = ("loss_rx", "loss_tx", "jitter_ms", "rtt_ms", "mos_rx", "mos_tx")
        recent = ("recent_loss_rx", "recent_loss_tx", "recent_mos_rx", "recent_mos_tx")
        return {name: getattr(self, name) for name in (*names, *recent)}


def _loss(lost: int, packets: int, least: int = 1) -> float | None:
    """Per cent; None for fewer than `least` packets."""
    lost, total = max(0, lost), max(0, lost) + packets
    return round(100 * lost / total, 2) if total >= least else None


def mos_of(loss: float | None, delay_ms: float) -> float | None:
    """Mean opinion score by the E-model of ITU-T G.107 with default values, G.711's loss robustness and this delay."""
    if loss is None:
        return None
    late = max(0.0, delay_ms - 177.3)
    rating = 93.2 - 0.024 * delay_ms - 0.11 * late - 95 * loss / (loss + 25.1)
    rating = min(max(rating, 0.0), 100.0)
    return round(min(max(1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6, 1.0), 4.5), 2)


NOTHING_YET = Quality(None, None, None, None, None, None, None, None, None, None)


def quality_of(stat: Any, before: Quality | None = None) -> Quality:
    """The contract's figures from a `StreamStat`; `before` is what was last made of the same stream."""
    rtcp = stat.rtcp
    received, sent = rtcp.rxStat, rtcp.txStat
    jitter, rtt = received.jitterUsec, rtcp.rttUsec
    jitter_ms = round(jitter.mean / 1000, 2) if received.pkt else None
    rtt_ms = round(rtt.last / 1000, 2) if rtt.n >= TRUSTED_REPORTS else None
    buffered = 2 * (jitter_ms or 0) + 60
    delay = (rtt_ms or 0) / 2 + buffered
    loss_rx = _loss(received.loss, received.pkt)
    loss_tx = _loss(sent.loss, max(0, sent.pkt - sent.loss)) if rtt.n else None
    known = before or NOTHING_YET
    recent_rx = _loss(received.loss - known.lost_rx, received.pkt - known.got_rx, RECENT_PACKETS)
    lost, told = max(0, sent.loss - known.lost_tx), rtt.n > known.reports
    recent_tx = _loss(lost, max(0, sent.pkt - known.sent_tx - lost), RECENT_PACKETS) if told else None
    return Quality(
        loss_rx,
        loss_tx,
        jitter_ms,
        rtt_ms,
        mos_of(loss_rx, delay),
        mos_of(loss_tx, delay),
        recent_rx,
        recent_tx,
        mos_of(recent_rx, buffered),
        mos_of(recent_tx, buffered),
        lost_rx=received.loss,
        got_rx=received.pkt,
        lost_tx=sent.loss,
        sent_tx=sent.pkt,
        reports=rtt.n,
    )
