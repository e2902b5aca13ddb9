"""Somebody whom the agent asked beside a citizen's call, as it is kept with the words of that conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.consultation import Purpose


@dataclass(frozen=True, slots=True)
class Asked:
    """`call_id`: of the conversation with them; `beside`: the citizen's call, "" where there was none.

    `purpose` and `name` as `Consultation` has them; `answered`: when they were there, in UTC.
    """

    call_id: str
    beside: str
    purpose: Purpose
    name: str
    answered: datetime
