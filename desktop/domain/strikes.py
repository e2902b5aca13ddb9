"""What is remembered of a caller who hurt an agent: counts by a keyed hash of the number, never the number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.policy import Policy


@dataclass(frozen=True, slots=True)
class Strike:
    """One call with an incident. `caller` is the keyed hash; `corrected`: why it counts no more, "" while it does."""

    call_id: str
    caller: str
    class_id: str
    axis: str
    moment: datetime
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class CallerHistory:
    """What a ringing caller is known for: counted incidents by axis, and the last one's class. Empty for most."""

    counts: tuple[tuple[str, int], ...] = ()
    last_class: str = ""
    last: datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.counts)


def caller_number(remote: str) -> str:
    """The digits of a SIP URI by which a caller is known again; "" for one who hides the number."""
    user = remote.removeprefix("sips:").removeprefix("sip:").partition("@")[0].partition(";")[0]
    digits = re.sub(r"[\s().-]", "", user)
    return digits if re.fullmatch(r"\+?\d{5,20}", digits) else ""


def history_of(strikes: Iterable[Strike], policy: Policy, now: datetime) -> CallerHistory:
    """Strikes that still count: not corrected, not older than the policy keeps them."""
    since = now - timedelta(days=policy.strike_days)
    counted = sorted(
        (each for each in strikes if not each.corrected and each.moment >= since), key=lambda s: s.moment
    )
    if not counted:
        return CallerHistory()
    counts: dict[str, int] = {}
    for strike in counted:
        counts[strike.axis] = counts.get(strike.axis, 0) + 1
    return CallerHistory(tuple(sorted(counts.items())), counted[-1].class_id, counted[-1].moment)
