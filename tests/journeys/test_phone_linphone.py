"""Calls between `dasan-desk phone` and linphonec, another stack than pjsip's and baresip's, judged by what is heard."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.test_phone_peers import OURS, THEIRS, heard_by, speaking_phone
from tests.peers.linphone import Linphone
from tests.peers.tones import longest_run


@pytest.mark.long
def test_linphone_calls_holds_and_hangs_up(tmp_path: Path) -> None:
    with speaking_phone(tmp_path, "--auto-answer") as phone, Linphone(tmp_path / "l", THEIRS) as other:
        other.command(f"call sip:agent@127.0.0.1:{phone.ready()['port']}")
        phone.call_state("CONFIRMED")
        phone.hear(2.5)
        other.command("pause", "is now paused")
        phone.wait(lambda event: event["event"] == "media" and event["hold"] == "remote")
        other.command("resume")
        phone.wait(lambda event: event["event"] == "media" and event["hold"] == "none")
        other.command("terminate")
        ended = phone.call_state("DISCONNECTED")
    assert (ended["ended_by"], ended["cause"]) == ("remote", "normal")
    assert longest_run(heard_by(other.heard, OURS)) >= 15
    assert longest_run(heard_by(tmp_path / "heard.wav", THEIRS)) >= 15


def test_we_call_linphone_hold_and_hang_up(tmp_path: Path) -> None:
    with speaking_phone(tmp_path) as phone, Linphone(tmp_path / "l", THEIRS) as other:
        phone.ready()
        phone.say("dial", f"sip:lin@127.0.0.1:{other.port}")
        other.wait("incoming call")
        other.command("answer", "established")
        phone.call_state("CONFIRMED")
        phone.hear(2.0)
        phone.say("hold")
        phone.wait(lambda event: event["event"] == "media" and event["hold"] == "local")
        phone.say("resume")
        phone.wait(lambda event: event["event"] == "media" and event["hold"] == "none")
        phone.say("hangup")
        ended = phone.call_state("DISCONNECTED")
        other.wait("ended")
    assert (ended["ended_by"], ended["cause"]) == ("local", "normal")
    assert longest_run(heard_by(tmp_path / "heard.wav", THEIRS)) >= 10
