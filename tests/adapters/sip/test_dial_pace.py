"""How quickly calls may be made."""

from __future__ import annotations

import pytest

from desktop.adapters.sip.dial_pace import AT_ONCE, WITHIN_S, DialPace
from desktop.adapters.sip.running import CommandError


def test_a_person_is_never_held_up_and_a_script_is() -> None:
    pace = DialPace()
    for now in range(100):
        pace.take(now / 2)
    for _ in range(AT_ONCE):
        pace.take(100.0)
    with pytest.raises(CommandError, match="in a moment"):
        pace.take(100.0 + WITHIN_S / 2)
    pace.take(100.01 + WITHIN_S)  # who was refused does not wait the longer
