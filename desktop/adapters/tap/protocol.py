"""Messages on the tap, the local stream socket on which the engine gives audio to a speech process and a recorder.

The engine listens, one of each use connects. Every message is a frame: a 4-byte little-endian length of
what follows, one type byte, then the payload. JSON frames (`b"J"`) carry control, audio frames (`b"A"`) carry
16 bit little-endian mono samples of one leg:

    engine -> speech   {"tap": "call", "call": id, "leg": leg, "clock_rate": 16000}   a leg begins; with "key":
                                                                                      32 bytes in hex, to seal what
                                                                                      it puts on disk of this call
                       {"tap": "lost", "call": id, "leg": leg, "first": n, "end": n}  this stretch can't be had any more
                       {"tap": "end", "call": id}                                     no more audio of this call
                       audio: call id, leg, first sample number, samples
    speech -> engine   {"tap": "hello", "token": text, "use": "speech"}               first frame of a connection;
                                                                                      `use` speech (default) | recording
                       {"tap": "ack", "call": id, "leg": leg, "sample": n}            everything before n is done with,
                                                                                      or on disk
                       {"tap": "done", "call": id}                                    of speech: an ended call is text

Sample numbers count per leg at the leg's own clock rate from the moment the call's media began, mute and hold
included: what was not tapped has no frame, so a jump in the numbers is a pause or a loss. A connection begins with
the legs that are there. The engine keeps 60 s per leg and use, and sends what was not acknowledged to the next
that comes again.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass

LENGTH = struct.Struct("<I")
AUDIO_HEAD = struct.Struct("<HBQ")
LEGS = ("caller", "agent", "third")
USES = ("speech", "recording")
MAX_FRAME = 1 << 20


class TapError(ValueError):
    """A frame that neither side of the tap would have written."""


@dataclass(frozen=True, slots=True)
class Audio:
    """Samples of one leg: `samples` are 16 bit little-endian mono PCM, `first` the number of the first one."""

    call: str
    leg: str
    first: int
    samples: bytes


Message = Audio | dict[str, object]


def pack_control(message: Mapping[str, object]) -> bytes:
    """A JSON frame, ready to be written."""
    payload = b"J" + json.dumps(message, ensure_ascii=False).encode()
    return LENGTH.pack(len(payload)) + payload


def pack_audio(audio: Audio) -> bytes:
    """An audio frame, ready to be written."""
    call = audio.call.encode()
    head = AUDIO_HEAD.pack(len(call), LEGS.index(audio.leg), audio.first)
    payload = b"".join((b"A", head, call, audio.samples))
    return LENGTH.pack(len(payload)) + payload


def unpack(payload: bytes) -> Message:
    """The message in a frame's payload (without its length). Raises TapError."""
    kind, rest = payload[:1], payload[1:]
    if kind == b"J":
        return _unpack_control(rest)
    if kind == b"A":
        return _unpack_audio(rest)
    raise TapError(f"unknown frame type {kind!r}")


def _unpack_control(rest: bytes) -> dict[str, object]:
    try:
        message = json.loads(rest)
    except ValueError as error:
        raise TapError("control frame is not JSON") from error
    if not isinstance(message, dict):
        raise TapError("control frame is not an object")
    return message


def _unpack_audio(rest: bytes) -> Audio:
    if len(rest) < AUDIO_HEAD.size:
        raise TapError("audio frame without a head")
    length, leg, first = AUDIO_HEAD.unpack_from(rest)
    if leg >= len(LEGS) or len(rest) < AUDIO_HEAD.size + length:
        raise TapError("audio frame with an unknown leg or a cut call id")
    start = AUDIO_HEAD.size + length
    try:
        call = rest[AUDIO_HEAD.size : start].decode()
    except UnicodeDecodeError as error:
        raise TapError("audio frame with an unreadable call id") from error
    return Audio(call, LEGS[leg], first, rest[start:])


class Unpacker:
    """Cuts a byte stream into messages."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[Message]:
        """The messages that `data` completes, in order. Raises TapError; the stream is lost then."""
        self._buffer += data
        messages: list[Message] = []
        while len(self._buffer) >= LENGTH.size:
            (length,) = LENGTH.unpack_from(self._buffer)
            if length > MAX_FRAME:
                raise TapError(f"frame of {length} bytes")
            if len(self._buffer) < LENGTH.size + length:
                break
            messages.append(unpack(bytes(self._buffer[LENGTH.size : LENGTH.size + length])))
            del self._buffer[: LENGTH.size + length]
        return messages
