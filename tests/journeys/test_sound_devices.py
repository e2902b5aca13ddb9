"""A call through real sound devices: our phone on PulseAudio, another one on files, each hears the other."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest

from desktop.adapters.audio.files import WavWriter, read_audio
from tests.peers.headless import Event, HeadlessPhone
from tests.peers.sound_server import EAR, SoundServer
from tests.peers.tones import blocks_with, longest_run, read_wav, write_tone

VOICES = Path(__file__).resolve().parents[2] / "resources" / "practice" / "voices"

FROM_DEVICES, FROM_FILE = 600.0, 1000.0
CALL_S = 15.0


def run_of(path: Path, hertz: float) -> int:
    """The most 100 ms blocks in a row with a tone in a file that still grows."""
    samples, rate = read_wav(path)
    return longest_run(blocks_with(samples, rate, hertz))


def test_a_call_through_microphone_and_speaker_is_heard_on_both_sides(tmp_path: Path) -> None:
    ear, far_ear = tmp_path / "ear.wav", tmp_path / "far-ear.wav"
    files = ["--microphone", str(write_tone(tmp_path / "far.wav", FROM_FILE)), "--speaker", str(far_ear)]
    with SoundServer() as server:
        server.record(ear)
        server.play(write_tone(tmp_path / "mouth.wav", FROM_DEVICES, 60.0))
        desk = HeadlessPhone(
            tmp_path / "desk", "--audio", "devices", "--auto-answer", environment=server.environment
        )
        far = HeadlessPhone(tmp_path / "far", "--audio", "file", *files)
        with desk, far:
            far.ready()
            far.say("dial", f"sip:agent@127.0.0.1:{desk.ready()['port']}")
            far.call_state("CONFIRMED")
            deadline = time.monotonic() + CALL_S
            while run_of(ear, FROM_FILE) < 20 or run_of(far_ear, FROM_DEVICES) < 20:
                assert time.monotonic() < deadline, (run_of(ear, FROM_FILE), run_of(far_ear, FROM_DEVICES))
                time.sleep(0.1)
            far.say("hangup")
            desk.call_state("DISCONNECTED")


def test_without_a_sound_device_the_call_stays_up_in_silence(tmp_path: Path) -> None:
    nowhere = {"PULSE_SERVER": "unix:/nonexistent/pulse"}
    with (
        HeadlessPhone(tmp_path / "desk", "--audio", "devices", "--auto-answer", environment=nowhere) as desk,
        HeadlessPhone(tmp_path / "far", "--audio", "null") as far,
    ):
        far.ready()
        far.say("dial", f"sip:agent@127.0.0.1:{desk.ready()['port']}")
        far.call_state("CONFIRMED")
        told = desk.wait(
            lambda event: event["event"] == "devices" and event["devices"]["problem"] is not None
        )
        assert told["devices"]["problem"] == "no_devices"
        desk.wait(lambda event: event["event"] == "audio")
        assert not any(event.get("state") == "DISCONNECTED" for event in desk.events)
        far.say("hangup")
        assert desk.call_state("DISCONNECTED")["ended_by"] == "remote"


class Levels:
    """What the desk's own level events say of both legs, as they come."""

    def __init__(self, desk: HeadlessPhone) -> None:
        self._desk = desk
        self._caller_db = -90.0

    def until_agent_is(self, loud: bool) -> None:
        """Wait until, while the caller speaks, what leaves the microphone is as loud as said."""

        def fits(event: Event) -> bool:
            if event["event"] != "audio":
                return False
            if event["leg"] == "caller":
                self._caller_db = event["level_db"]
                return False
            spoken = self._caller_db > -35
            return spoken and (event["level_db"] > -45 if loud else event["level_db"] < -55)

        for _ in range(2):
            self._desk.wait(fits, 25)


@pytest.mark.long
def test_the_echo_of_an_open_loudspeaker_is_taken_out_of_a_running_call(tmp_path: Path) -> None:
    voice = tmp_path / "voice.wav"
    with contextlib.closing(WavWriter(voice, 16_000)) as file:
        file.write(read_audio(VOICES / "S02" / "04-caller.flac", 16_000).tobytes())
    with SoundServer(hears=EAR) as server:  # the microphone hears the loudspeaker and nothing else
        desk = HeadlessPhone(
            tmp_path / "desk", "--audio", "devices", "--auto-answer", environment=server.environment
        )
        far = HeadlessPhone(tmp_path / "far", "--audio", "file", "--microphone", str(voice))
        with desk, far:
            far.ready()
            far.say("dial", f"sip:agent@127.0.0.1:{desk.ready()['port']}")
            far.call_state("CONFIRMED")
            levels = Levels(desk)
            levels.until_agent_is(loud=True)
            desk.say("voice", "echo", "noise")
            told = desk.wait(lambda event: event["event"] == "voice")
            assert (told["processing"], told["delay_ms"]) == (["echo", "noise"], 14)
            levels.until_agent_is(loud=False)
            desk.say("voice", "reverb")
            refused = desk.wait(lambda event: event["event"] == "error")
            assert refused["reason"] == "reverb is none of echo, noise, gain"
            desk.say("status")
            status = desk.wait(lambda event: event["event"] == "status")
            assert status["voice"] == {"processing": ["echo", "noise"], "delay_ms": 14}
            desk.say("voice")
            levels.until_agent_is(loud=True)
