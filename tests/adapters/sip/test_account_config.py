"""What the library is told of an account."""

from __future__ import annotations

import pjsua2 as pj
import pytest

from desktop.adapters.phone.engine_config import EngineConfig
from desktop.adapters.sip.account import account_config


@pytest.mark.parametrize(
    ("srtp", "use"),
    [
        ("off", pj.PJMEDIA_SRTP_DISABLED),
        ("optional", pj.PJMEDIA_SRTP_OPTIONAL),
        ("required", pj.PJMEDIA_SRTP_MANDATORY),
    ],
)
def test_media_as_the_account_wants_it(srtp: str, use: int) -> None:
    sent = EngineConfig(5060, "udp", "sip:a@b", "a", srtp=srtp, rtp_ports=(21000, 21099))
    media = account_config(EngineConfig.read(sent.line())).mediaConfig
    assert (media.transportConfig.port, media.transportConfig.portRange) == (21000, 99)
    assert (media.srtpUse, media.srtpSecureSignaling) == (use, 0)
