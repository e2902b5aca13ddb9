"""Starting and ending pjsip by the rules that keep the process alive (the reasons are in the comments)."""

from __future__ import annotations

import ctypes
import functools
import logging
from collections.abc import Callable, Sequence
from typing import Any

import pjsua2 as pj

from desktop.adapters.phone.engine_config import EngineConfig

log = logging.getLogger(__name__)

LINES = 4
USER_AGENT = "Dasan Desk"
_PRIORITIES = (200, 190, 180, 170, 160, 150, 140, 130)
KNOWN_CODECS = ("G722", "PCMA", "PCMU")
LOG_LEVEL = 0
TOO_MANY = 70010
DISCARD_NONE = 0
"""`PJMEDIA_JB_DISCARD_NONE` of pjmedia/jbuf.h."""
LEAST_WAIT_MS, MOST_WAIT_MS = 20, 160
"""How long the jitter buffer may wait for a packet, and the most that it holds: docs/decisions/0032 and 0055."""


class LibraryError(Exception):
    """pjsip refused something; `str(error)` says what."""


def explain(error: Exception) -> str:
    """A sentence for an error: `str()` of a `pj.Error` is empty."""
    if isinstance(error, pj.Error):
        if error.status == TOO_MANY:
            return "too much at once; try again in a moment"
        return f"{error.title}: {error.reason} ({error.status})"
    return f"{type(error).__name__}: {error}"


def guarded(callback: Callable[..., None]) -> Callable[..., None]:
    """No exception may leave a callback: its traceback would keep pjsua2 objects alive, which aborts at exit."""

    @functools.wraps(callback)
    def wrapper(self: Any, *args: Any) -> None:
        try:
            callback(self, *args)
        except Exception as error:
            log.error("%s failed: %s", callback.__name__, explain(error))
        finally:
            args = ()

    return wrapper


def start_endpoint(clock_rate: int, frame_ms: int) -> Any:
    """Create and initialise the library. The calling thread is the SIP thread from now on."""
    endpoint = pj.Endpoint()
    endpoint.libCreate()
    config = pj.EpConfig()
    config.uaConfig.threadCnt = 0  # one thread does everything, in libHandleEvents
    config.uaConfig.mainThreadOnly = True
    config.uaConfig.maxCalls = LINES
    config.uaConfig.userAgent = USER_AGENT
    config.logConfig.level = config.logConfig.consoleLevel = LOG_LEVEL
    config.medConfig.clockRate = clock_rate
    config.medConfig.audioFramePtime = frame_ms
    config.medConfig.noVad = True
    config.medConfig.sndAutoCloseTime = -1  # else slots of calls without connected audio are never freed
    config.medConfig.ecTailLen = 0
    # By itself the jitter buffer never waits for more than one packet, and most of what comes late is lost; with a
    # first wait it learns how long to wait, and forgets it again on a calm network.
    config.medConfig.jbInit = config.medConfig.jbMinPre = LEAST_WAIT_MS
    config.medConfig.jbMax = config.medConfig.jbMaxPre = MOST_WAIT_MS
    never_discard(config.medConfig)
    endpoint.libInit(config)
    return endpoint


def never_discard(media: Any) -> None:
    """Have the jitter buffer throw frames away only where it is full.

    What came late once is kept as delay. By itself the buffer cuts it out again, frame by frame, which is heard, and
    the next bunch of late packets costs a gap again.
    """
    # The bindings name the setting and know no value of it: theirs is a copy of a C enum, which may be written to.
    algorithm = media.jbDiscardAlgo
    algorithm.disown()  # else the bindings complain that they can't free it
    ctypes.c_int.from_address(int(algorithm)).value = DISCARD_NONE
    media.jbDiscardAlgo = algorithm


def start_transport(endpoint: Any, transport: str) -> str:
    """Open the loopback socket to the doorman; returns its `address:port`. Before any account, else pjsip aborts."""
    config = pj.TransportConfig()
    config.boundAddress = "127.0.0.1"
    kind = pj.PJSIP_TRANSPORT_TCP if transport != "udp" else pj.PJSIP_TRANSPORT_UDP
    number = endpoint.transportCreate(kind, config)
    return str(endpoint.transportGetInfo(number).localName)


def choose_codecs(endpoint: Any, wanted: Sequence[str]) -> None:
    """Offer `wanted` in that order and nothing else: speex falls to random RTP, L16 to an ordinary call."""
    priorities = dict(zip(wanted, _PRIORITIES, strict=False))
    for codec in endpoint.codecEnum2():
        name = codec.codecId.split("/")[0]
        endpoint.codecSetPriority(codec.codecId, priorities.get(name, 0))


def use_stun(endpoint: Any, server: str) -> None:
    """Ask this STUN server, an address with a port, for media from now on."""
    servers = pj.StringVector()
    servers.append(server)
    endpoint.natUpdateStunServers(servers, False)


def start(clock_rate: int, frame_ms: int, config: EngineConfig) -> tuple[Any, str]:
    """The running endpoint and the local SIP address. Raises LibraryError."""
    try:
        endpoint = start_endpoint(clock_rate, frame_ms)
        address = start_transport(endpoint, config.transport)
        endpoint.audDevManager().setNullDev()  # pjsip's clock without its devices: ours sit behind the media port
        endpoint.libStart()
        choose_codecs(endpoint, config.codecs)
        if config.traversal.stun:
            # Only now: earlier the library would give its loopback socket an outside address, and wait for it.
            use_stun(endpoint, config.traversal.stun)
    except pj.Error as error:
        raise LibraryError(explain(error)) from None
    return endpoint, address
