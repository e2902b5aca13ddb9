"""What the library is told before it starts."""

from __future__ import annotations

import ctypes

import pjsua2 as pj

from desktop.adapters.sip.library import DISCARD_NONE, never_discard


def test_the_jitter_buffer_is_told_to_keep_what_it_has_grown_by() -> None:
    config = pj.EpConfig()
    before = config.medConfig.jbInit
    never_discard(config.medConfig)
    algorithm = config.medConfig.jbDiscardAlgo
    algorithm.disown()
    assert ctypes.c_int.from_address(int(algorithm)).value == DISCARD_NONE
    assert config.medConfig.jbInit == before, "nothing beside it was written"
