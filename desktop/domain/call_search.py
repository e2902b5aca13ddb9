"""Looking for calls: which kind, by what words, and what of a masked number may be found by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from desktop.domain.call import Call, mask_number
from desktop.domain.wrapup import WrapUp

MOST_WORDS = 6
_DIGITS = re.compile(r"[+*#\d][\d\-().*#]*\Z")


class CallKind(Enum):
    """Which calls are listed. TO_CALL: missed ones and booked callbacks, until they were spoken with again."""

    ALL = "all"
    MISSED = "missed"
    TO_CALL = "to_call"


@dataclass(frozen=True, slots=True)
class KeptCall:
    """A call with what was written about it; `wrap_up` is None, `notes` "" where nothing was."""

    call: Call
    wrap_up: WrapUp | None
    notes: str


def words_of(text: str) -> list[str]:
    """What was typed, word by word; each must be found."""
    return text.split()[:MOST_WORDS]


def digits_of(word: str) -> str:
    """The digits of a word that is (part of) a number, "" for any other word."""
    return re.sub(r"\D", "", word) if _DIGITS.match(word) else ""


def number_fits(digits: str, number: str, masked: bool) -> bool:
    """Whether `digits` are found in `number`.

    A masked one is found by what is shown of it, or by the whole of it: else its hidden digits could be found out one
    by one.
    """
    if not digits:
        return False
    whole = re.sub(r"\D", "", number)
    if not masked:
        return digits in whole
    return digits == whole or any(digits in part for part in re.findall(r"\d+", mask_number(number)))
