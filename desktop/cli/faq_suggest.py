"""`dasan-desk faq suggest`: the desk's own suggestions for transcript lines, one answer a line, at once."""

from __future__ import annotations

import sys
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from desktop.adapters.search.index import FaqIndex
from desktop.adapters.search.suggestions import Suggester
from desktop.cli.json_lines import LONGEST_LINE, finite, lines_of, object_of, whole
from desktop.cli.output import emit, say
from desktop.domain.faq import Suggestion

MOST_CALLS = 500
"""Calls that are remembered; the one heard of least recently is forgotten first."""
LEGS = ("caller", "agent", "third")


class _BadLine(Exception):
    """A line cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class _Line:
    call_id: str
    at: float
    text: str
    heard: bool


@dataclass(slots=True)
class _Call:
    suggester: Suggester
    at: float = 0.0


class _Calls:
    """A suggester for each call, as each desk has one for its call."""

    def __init__(self, index: FaqIndex) -> None:
        self._index = index
        self._calls: OrderedDict[str, _Call] = OrderedDict()

    def card(self, line: _Line) -> Suggestion | None:
        """What the desk would show now: only committed words of the caller bring a card."""
        if not line.heard:
            return None
        call = self._calls.setdefault(line.call_id, _Call(Suggester(self._index)))
        self._calls.move_to_end(line.call_id)
        if len(self._calls) > MOST_CALLS:
            self._calls.popitem(last=False)
        # A call's clock never goes back; segments of one call may be told a little out of order.
        call.at = max(call.at, line.at)
        return call.suggester.feed(line.text, call.at)


def run_suggest(pack: Path) -> int:
    """Answer each line of standard input until it ends."""
    index = FaqIndex.open(pack)
    try:
        calls = _Calls(index)
        for number, raw in enumerate(lines_of(sys.stdin.buffer), 1):
            if not raw.strip():
                continue
            fields = object_of(raw)
            answer: dict[str, object] = {
                "call_id": _call_id(fields),
                "t": finite((fields or {}).get("t")),
                "card": None,
            }
            try:
                card = calls.card(_line(raw, fields))
            except _BadLine as error:
                say(f"line {number} is not used: {error}")
            else:
                if card is not None:
                    answer["card"] = {"id": card.article_id, "score": card.score, "cause": card.cause}
            emit(answer)
    finally:
        index.close()
    return 0


def _call_id(fields: dict[str, object] | None) -> str | None:
    found = fields.get("call_id") if fields else None
    return whole(found) if isinstance(found, str) else None


def _line(raw: bytes, fields: dict[str, object] | None) -> _Line:
    if len(raw) >= LONGEST_LINE:
        raise _BadLine(f"it is longer than {LONGEST_LINE} bytes")
    if fields is None:
        raise _BadLine("it is not a JSON object")
    call_id, at, text = _call_id(fields), finite((fields or {}).get("t")), fields.get("text")
    leg, final = fields.get("leg"), fields.get("final")
    if call_id is None:
        raise _BadLine("call_id is not text")
    if at is None:
        raise _BadLine("t is not a number of seconds")
    if leg not in LEGS:
        raise _BadLine(f"leg is none of {', '.join(LEGS)}")
    if not isinstance(text, str):
        raise _BadLine("text is not text")
    if not isinstance(final, bool):
        raise _BadLine("final is neither true nor false")
    return _Line(call_id, float(at), whole(text), leg == "caller" and final)
