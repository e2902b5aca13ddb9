"""The write-up after a call."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

CATEGORIES = (
    "교통",
    "주정차",
    "상하수도",
    "세금",
    "여권",
    "주민·민원서류",
    "복지",
    "보건",
    "청소·환경",
    "도로·안전",
    "민원제도",
    "상담이용",
    "위기",
)
"""Categories of the sample pack, in its order; a site's pack brings its own."""


class Result(Enum):
    """How a consultation ended for the citizen."""

    ANSWERED = "answered"
    TRANSFERRED = "transferred"
    CALL_BACK = "call_back"
    NOT_SOLVED = "not_solved"


@dataclass(frozen=True, slots=True)
class WrapUp:
    """Category, result and free text of one call. `saved` turns true with the agent's own "done"."""

    call_id: str
    category: str = ""
    result: Result | None = None
    notes: str = ""
    saved: bool = False
