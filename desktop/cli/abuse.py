"""`dasan-desk abuse`: hints of abuse and crisis for transcript lines, one answer a line, at once."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from desktop.adapters.abuse.files import load, models
from desktop.cli.json_lines import LONGEST_LINE, finite, lines_of, object_of, whole
from desktop.cli.options import add_common_again
from desktop.cli.output import DONE, emit, say
from desktop.domain.abuse import NOTHING, Detector, Turn, Verdict
from desktop.domain.transcript import Leg

SUMMARY = "mark abuse and crisis in what a caller says, for transcript lines on standard input"
OWN_FILE = "abuse.toml"
LEGS = {leg.value: leg for leg in Leg}


class _BadLine(Exception):
    """A line cannot be used; the message says why."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `check`."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser("check", help="answer each line with its labels", allow_abbrev=False)
    check.add_argument(
        "--lexicon",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a site's own words (TOML), beside abuse.toml in the settings folder",
    )
    add_common_again(check)


def run(args: argparse.Namespace) -> int:
    """Answer each line of standard input until it ends."""
    own = Path(args.config) / OWN_FILE
    detector = Detector(load(([own] if own.is_file() else []) + args.lexicon), models())
    for number, raw in enumerate(lines_of(sys.stdin.buffer), 1):
        if not raw.strip():
            continue
        started = time.perf_counter()
        fields = object_of(raw)
        verdict = NOTHING
        try:
            verdict = detector.judge(_turn(raw, fields))
        except _BadLine as error:
            say(f"line {number} is not used: {error}")
        emit(_answer(fields, verdict, time.perf_counter() - started))
    return DONE


def _answer(fields: dict[str, object] | None, verdict: Verdict, seconds: float) -> dict[str, object]:
    return {
        "id": _id(fields),
        "labels": list(verdict.labels),
        "severity": verdict.severity,
        "matched": list(verdict.matched),
        "why": verdict.why,
        "alert": verdict.alert,
        "ms": round(seconds * 1000, 3),
    }


def _id(fields: dict[str, object] | None) -> str | int | None:
    found = fields.get("id") if fields else None
    if isinstance(found, str):
        return whole(found)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _turn(raw: bytes, fields: dict[str, object] | None) -> Turn:
    if len(raw) >= LONGEST_LINE:
        raise _BadLine(f"it is longer than {LONGEST_LINE} bytes")
    if fields is None:
        raise _BadLine("it is not a JSON object")
    call_id, at, text = fields.get("call_id"), finite(fields.get("t")), fields.get("text")
    language, leg = fields.get("lang"), fields.get("leg")
    if not isinstance(call_id, str | int) or isinstance(call_id, bool):
        raise _BadLine("call_id is not text")
    if at is None:
        raise _BadLine("t is not a number of seconds")
    if not isinstance(leg, str) or leg not in LEGS:
        raise _BadLine(f"leg is none of {', '.join(LEGS)}")
    if not isinstance(language, str):
        raise _BadLine("lang is not text")
    if not isinstance(text, str):
        raise _BadLine("text is not text")
    return Turn(str(call_id), float(at), language.lower().split("-")[0].split("_")[0], LEGS[leg], whole(text))
