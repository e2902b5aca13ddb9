"""What a phone is started with, and what it makes of that for its engine."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.adapters.phone.account_file import Account
from desktop.adapters.phone.engine_config import EngineConfig
from desktop.adapters.phone.sound_words import told
from desktop.adapters.phone.traversal import Traversal
from desktop.domain.sound import NO_WISHES, SoundWishes


@dataclass(frozen=True, slots=True)
class PhoneOptions:
    """`audio` is devices (`sound` says which), null or file (microphone and speaker are files).
    `ring` is the tone of an incoming call, incoming or practice; `voice` what is done with the agent's voice."""

    account: Account
    tap: str
    token: str
    audio: str = "devices"
    microphone: str = ""
    speaker: str = ""
    sound: SoundWishes = NO_WISHES
    auto_answer: bool = False
    ring: str = "incoming"
    voice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a phone knows only when it runs: the doorman's port for the engine, the address that media leaves from,
    where STUN and TURN servers are, and whether calls ring now (0) or with which code they are refused."""

    door: int
    media_address: str
    traversal: Traversal
    availability: int


def engine_config(options: PhoneOptions, found: Found) -> EngineConfig:
    """The configuration of the next engine."""
    account = options.account
    registrar = f"sip:{account.domain}" if account.registrar else ""
    if account.proxies:  # who passes it on needs to know where to
        host, port = account.registrars[0]
        registrar = f"sip:{host}:{port}" if port else f"sip:{host}"
    return EngineConfig(
        door=found.door,
        transport=account.transport,
        uri=account.id,
        user=account.user,
        registrar=registrar,
        auth_user=account.auth_user,
        password=account.password,
        expires=account.expires,
        codecs=account.codecs,
        media_address=found.media_address,
        srtp=account.srtp,
        rtp_ports=account.rtp_ports,
        traversal=found.traversal,
        dscp=account.dscp_media,
        tap=options.tap,
        token=options.token,
        audio=options.audio,
        microphone=options.microphone,
        speaker=options.speaker,
        sound=told(options.sound),
        availability=found.availability,
        ring=options.ring,
        voice=options.voice,
    )
