"""What the phone tells a new engine: one JSON object, the first line on the engine's standard input."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from desktop.adapters.phone.traversal import DIRECT, Traversal


@dataclass(frozen=True, slots=True)
class EngineConfig:
    """`door` is the doorman's port on 127.0.0.1, `transport` udp or tcp; the password travels here, never in argv."""

    door: int
    transport: str
    uri: str
    user: str
    registrar: str = ""
    auth_user: str = ""
    password: str = field(default="", repr=False)
    expires: int = 300
    codecs: tuple[str, ...] = ("G722", "PCMA", "PCMU")
    media_address: str = "127.0.0.1"
    srtp: str = "off"
    rtp_ports: tuple[int, int] = (0, 0)
    traversal: Traversal = DIRECT
    """Servers as addresses."""
    dscp: int = 0
    """Mark of media packets."""
    tap: str = ""
    token: str = field(default="", repr=False)
    audio: str = "null"
    microphone: str = ""
    speaker: str = ""
    sound: str = "{}"
    availability: int = 0
    ring: str = "incoming"
    voice: tuple[str, ...] = ()

    def line(self) -> bytes:
        """The line for the engine's standard input."""
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> EngineConfig:
        """The configuration in a line. Raises ValueError or TypeError where it is not one."""
        values = json.loads(line)
        values["codecs"] = tuple(values["codecs"])
        values["rtp_ports"] = tuple(values["rtp_ports"])
        values["voice"] = tuple(values["voice"])
        values["traversal"] = Traversal(**values["traversal"])
        return cls(**values)
