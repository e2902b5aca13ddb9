"""Which device to open: the preferred, else a headset, else the system's own; never a camera or a copy of what plays.

Sound systems tell no kind of device that all of them know, so headsets and cameras are told by their names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.adapters.audio.devices import Device, Found, Kind
from desktop.domain.sound import Why, Wish

_HEADSET = re.compile(
    r"head-?(set|phone)|ear-?(phone|bud)|hands-?free|air-?pods|jabra|plantronics|\bpoly\b|\bepos\b|sennheiser|yealink"
    r"|헤드셋|헤드폰|이어폰|핸즈프리",
    re.IGNORECASE,
)
_CAMERA = re.compile(
    r"webcam|web cam|camera|cam\b|facetime|\bbrio\b|\bc9[0-9]{2}e?\b|웹캠|카메라", re.IGNORECASE
)
_LOOPBACK = re.compile(
    r"\.monitor$|monitor of|stereo mix|what u hear|wave out|loopback|스테레오 믹스|모니터:", re.IGNORECASE
)


def is_headset(device: Device, words: Sequence[str] = ()) -> bool:
    """Whether its name has one of `words` in it; without words whether it looks like a headset's."""
    if words:
        return any(word.casefold() in device.name.casefold() for word in words)
    return bool(_HEADSET.search(device.name))


def is_unasked(device: Device) -> bool:
    """Whether it is only used where somebody chose it: a camera's microphone, or a copy of what this machine plays."""
    if device.kind != "microphone":
        return False
    return any(pattern.search(text) for pattern in (_CAMERA, _LOOPBACK) for text in (device.name, device.id))


def _rank(one: Device, wish: Wish, words: Sequence[str]) -> tuple[int, Why] | None:
    """The less the better; None where it must not be used by itself."""
    if wish.id and one.id == wish.id:
        return 0, "wanted"
    if wish.name and one.name == wish.name:
        return 1, "wanted"
    if is_unasked(one):
        return None
    if wish and is_headset(one, words):
        return 2, "headset"
    if one.is_default:
        return 3, "system"
    return (4, "headset") if is_headset(one, words) else (5, "system")


def choose(
    found: Sequence[Found],
    kind: Kind,
    wish: Wish,
    avoid: frozenset[str] = frozenset(),
    headsets: Sequence[str] = (),
) -> tuple[Found, Why] | None:
    """The device to open and why, ids in `avoid` only at the last; None where none may be used."""
    ranked = [
        (one.device.id in avoid, *rank, one)
        for one in found
        if one.device.kind == kind and (rank := _rank(one.device, wish, headsets)) is not None
    ]
    if not ranked:
        return None
    _, _, why, best = min(ranked, key=lambda each: each[:2])
    return best, why
