"""The one account: registration with the registrar behind the doorman, incoming calls, availability."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pjsua2 as pj

from desktop.adapters.phone.engine_config import EngineConfig
from desktop.adapters.sip.library import explain, guarded
from desktop.adapters.sip.mapping import NAME_LENGTH, clean
from desktop.adapters.sip.messaging import TextMessages

log = logging.getLogger(__name__)

SRTP_USE = {
    "off": pj.PJMEDIA_SRTP_DISABLED,
    "optional": pj.PJMEDIA_SRTP_OPTIONAL,
    "required": pj.PJMEDIA_SRTP_MANDATORY,
}
PLACE = "door.invalid"
"""What stands for the outside address in Contact; the doorman writes the real one."""


def account_config(config: EngineConfig) -> Any:
    """pjsip's settings for the account. Every request goes through the doorman's loopback port."""
    account = pj.AccountConfig()
    account.idUri = config.uri
    stream = ";transport=tcp" if config.transport != "udp" else ""
    account.sipConfig.proxies.append(f"sip:127.0.0.1:{config.door}{stream};lr;hide")
    account.sipConfig.contactForced = f"<sip:{config.user}@{PLACE}>"
    nat = account.natConfig
    nat.contactRewriteUse = nat.viaRewriteUse = nat.sipOutboundUse = nat.sdpNatRewriteUse = 0
    registration = account.regConfig
    registration.disableRegOnModify = True
    registration.retryIntervalSec = 0  # the phone says when to try again, and where
    registration.timeoutSec = config.expires
    registration.registerOnAdd = bool(config.registrar)
    if config.registrar:
        registration.registrarUri = config.registrar
        if config.password:  # an empty one would be a wrong one, and wrong ones may lock the account
            credentials = pj.AuthCredInfo("digest", "*", config.auth_user, 0, config.password)
            account.sipConfig.authCreds.append(credentials)
    media = account.mediaConfig
    _find_way(account, config)
    first, last = config.rtp_ports
    media.transportConfig.port, media.transportConfig.portRange = first, last - first
    if config.dscp:
        marks = media.transportConfig.qosParams
        marks.flags, marks.dscp_val = pj.PJ_QOS_PARAM_HAS_DSCP, config.dscp
    # The doorman decides how secure signalling is; the library, which sees loopback only, would refuse every call.
    media.srtpUse, media.srtpSecureSignaling = SRTP_USE[config.srtp], 0
    return account


def _find_way(account: Any, config: EngineConfig) -> None:
    """STUN, ICE and TURN are for media alone: signalling ends at the doorman."""
    nat, way = account.natConfig, config.traversal
    nat.sipStunUse = pj.PJSUA_STUN_USE_DISABLED
    nat.mediaStunUse = pj.PJSUA_STUN_RETRY_ON_FAILURE if way.stun else pj.PJSUA_STUN_USE_DISABLED
    nat.iceEnabled = way.ice
    if not way.ice:  # with both, every call fails
        account.mediaConfig.transportConfig.boundAddress = config.media_address
    if way.turn:
        nat.turnEnabled = True
        nat.turnServer, nat.turnUserName, nat.turnPassword = way.turn, way.turn_user, way.turn_password
        nat.turnConnType = pj.PJ_TURN_TP_UDP


class Account(pj.Account):  # type: ignore[misc]
    """Thin: hands what happens to the user agent."""

    def __init__(
        self,
        incoming: Callable[[Account, int, str], None],
        registration: Callable[[dict[str, object]], None],
        texts: TextMessages,
    ) -> None:
        super().__init__()
        self._incoming, self._registration, self._texts = incoming, registration, texts

    def register(self) -> None:
        """Send a REGISTER; where one is under way already, its answer will do."""
        try:
            self.setRegistration(True)
        except pj.Error as error:
            log.info("not registering now: %s", explain(error))

    @guarded
    def onIncomingCall(self, prm: Any) -> None:
        """An INVITE for us; a `Call` object must be made of it, else the library answers 500."""
        self._incoming(self, prm.callId, prm.rdata.wholeMsg)

    @guarded
    def onInstantMessage(self, prm: Any) -> None:
        """Somebody sent a text."""
        self._texts.came(prm.fromUri, prm.contentType, prm.msgBody)

    @guarded
    def onInstantMessageStatus(self, prm: Any) -> None:
        """A text of ours was taken, or not."""
        self._texts.answered(int(prm.code))

    @guarded
    def onRegState(self, prm: Any) -> None:
        """The registrar answered, or did not."""
        self._registration(registration_event(prm.code, prm.reason, prm.expiration))


def registration_event(code: int, reason: str, expires: int) -> dict[str, object]:
    """The `registration` event for an answer; whether it is tried again is the phone's affair."""
    state = "failed" if not 200 <= code < 300 else "registered" if expires > 0 else "unregistered"
    return {
        "event": "registration",
        "state": state,
        "code": code,
        "reason": clean(reason, NAME_LENGTH),
        "retry_s": None,
    }
