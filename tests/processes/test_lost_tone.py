"""The desk's own tone goes to the speaker and the loudness of the settings."""

from __future__ import annotations

import asyncio
import threading

import numpy as np
import pytest
from numpy.typing import NDArray

from desktop.adapters.audio.ear import Ear
from desktop.domain.phone import Registration
from desktop.domain.sound import Wish
from desktop.processes.lost_tone import lost_tone
from tests.ui.fakes import FakeSettings, make_desk


def test_a_lost_registration_is_heard_where_calls_are(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[Wish, float]] = []

    def play(ear: Ear, sound: NDArray[np.int16], rate: int, stop: threading.Event) -> None:
        heard.append((ear._speaker(), np.abs(sound.astype(float)).max() / 32768))

    monkeypatch.setattr(Ear, "play", play)
    loop = asyncio.new_event_loop()
    desk, settings = make_desk(loop), FakeSettings()
    lost_tone(desk.services, settings)
    settings.change(speaker_id="s1", speaker_volume=50)
    for state in ("registered", "failed"):
        desk.do(lambda state=state: desk.phone.say(Registration(state)))  # type: ignore[misc]
    ((speaker, peak),) = heard
    assert speaker == Wish("s1")
    assert peak == pytest.approx(0.175, abs=0.002)
    desk.close()
    loop.close()
