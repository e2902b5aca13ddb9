"""The sound devices of this machine, listed by miniaudio's own context without opening any of them."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import miniaudio

Kind = Literal["microphone", "speaker"]
STAND_INS = frozenset({"auto_null", "auto_null.monitor"})


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone or a speaker. `id` is what the sound system calls it and stays the same over restarts."""

    id: str
    name: str
    kind: Kind
    is_default: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A device with the raw id that miniaudio opens it by."""

    device: Device
    raw_id: bytes


def backends() -> list[Any]:
    """The sound systems to try, best first; never miniaudio's own null system."""
    if sys.platform == "win32":
        return [miniaudio.Backend.WASAPI]
    if sys.platform == "darwin":
        return [miniaudio.Backend.COREAUDIO]
    found = [miniaudio.Backend.PULSEAUDIO]
    # Without a card ALSA still lists "default", fails to open it and writes about it to standard error.
    if any(Path("/dev/snd").glob("pcm*")):
        found.append(miniaudio.Backend.ALSA)
    return found


def readable_id(raw: bytes) -> str:
    """The text within miniaudio's 256-byte id: UTF-8 up to NUL, on Windows the end point's id in UTF-16."""
    if sys.platform == "win32":
        return raw.decode("utf-16-le", "replace").split("\0", 1)[0]
    return raw.split(b"\0", 1)[0].decode("utf-8", "replace")


class Listing:
    """Asks one sound system for its devices again and again; opens its connection when it first has to.

    Used by one thread at a time.
    """

    def __init__(self) -> None:
        self._context: Any = None

    def devices(self) -> list[Found]:
        """Every real device, monitors and stand-ins left out; [] where there is no sound system. Takes some ms."""
        if self._context is None and not self._connect():
            return []
        ffi, lib = miniaudio.ffi, miniaudio.lib
        infos = [ffi.new("ma_device_info **"), ffi.new("ma_device_info **")]
        counts = [ffi.new("ma_uint32 *"), ffi.new("ma_uint32 *")]
        result = lib.ma_context_get_devices(self._context, infos[0], counts[0], infos[1], counts[1])
        if result != lib.MA_SUCCESS:
            self.close()
            return []
        kinds: tuple[Kind, Kind] = ("speaker", "microphone")
        found = [
            self._read(infos[way][0][number], kinds[way])
            for way in (0, 1)
            for number in range(counts[way][0])
        ]
        return [one for one in found if not self._is_stand_in(one.device)]

    def close(self) -> None:
        """Give the connection back."""
        if self._context is not None:
            miniaudio.lib.ma_context_uninit(self._context)
            self._context = None

    def _connect(self) -> bool:
        ffi, lib = miniaudio.ffi, miniaudio.lib
        context = ffi.new("ma_context *")
        wanted = backends()
        if (
            lib.ma_context_init([one.value for one in wanted], len(wanted), ffi.NULL, context)
            != lib.MA_SUCCESS
        ):
            return False
        self._context = context
        return True

    @staticmethod
    def _read(info: Any, kind: Kind) -> Found:
        ffi = miniaudio.ffi
        raw = bytes(ffi.buffer(ffi.addressof(info.id), ffi.sizeof("ma_device_id")))
        name = ffi.string(info.name).decode("utf-8", "replace")
        return Found(Device(readable_id(raw), name, kind, bool(info.isDefault)), raw)

    @staticmethod
    def _is_stand_in(device: Device) -> bool:
        # A sink's monitor is no microphone, and the server's dummy stands for "no sink at all".
        if device.id in STAND_INS:
            return True
        return device.kind == "microphone" and device.id.endswith(".monitor")


def list_devices() -> list[Device]:
    """The microphones and speakers of this machine, for people to choose from. [] where there is none."""
    listing = Listing()
    with contextlib.closing(listing):
        return [found.device for found in listing.devices()]
