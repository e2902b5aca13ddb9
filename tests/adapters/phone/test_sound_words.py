"""Wishes for the sound on their way to the engine: what is told is read, and what is no such thing is refused."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from desktop.adapters.phone.sound_words import after, told, use_in, wishes_in
from desktop.domain.errors import PhoneError
from desktop.domain.sound import NO_WISHES, SoundUse, SoundWishes, Volumes, Wish

WISHES = SoundWishes(
    Wish("m1", "마이크"), Wish("s1"), Wish("r1", "Speaker {0}"), True, ("jabra", "epos"), Volumes(120, 80, 0)
)


def test_what_is_told_is_read() -> None:
    assert wishes_in(told(WISHES)) == WISHES
    assert wishes_in("{}") == NO_WISHES
    use = SoundUse("m1", "wanted", "m1", "s2", "headset", "s1", ("Speaker",), Volumes(10, 200, 0))
    assert use_in(json.loads(json.dumps(asdict(use)))) == use


def test_volumes_stay_within_bounds() -> None:
    told_volumes = '{"volumes": {"microphone": 0, "speaker": 9999, "ring": -3}}'
    assert wishes_in(told_volumes).volumes == Volumes(10, 200, 0)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"speaker": "s1"}', '{"volumes": {"ring": "loud"}}', '{"headsets": 3}', "null"],
)
def test_what_is_no_wish_is_refused(text: str) -> None:
    with pytest.raises(PhoneError):
        wishes_in(text)


def test_devices_by_id_or_name_leave_the_rest() -> None:
    now = after("devices", ["m2", "Desk speaker"], WISHES)
    assert (now.microphone, now.speaker) == (Wish("m2", "m2"), Wish("Desk speaker", "Desk speaker"))
    assert (now.ring, now.volumes) == (WISHES.ring, WISHES.volumes)
    assert after("devices", [], WISHES).speaker == Wish()
