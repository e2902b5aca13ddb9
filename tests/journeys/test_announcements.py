"""A sound file is played into a call: the other side hears it and nothing of the microphone, the agent hears both."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.peers.baresip import Baresip
from tests.peers.headless import HeadlessPhone
from tests.peers.tones import Samples, blocks_with, longest_run, read_wav, write_tone

MICROPHONE, THEIRS, WARNING = 700, 440, 1300
SECONDS = 1.5


def phone_in(home: Path) -> HeadlessPhone:
    tone = write_tone(home / "own.wav", MICROPHONE)
    files = ("--audio", "file", "--microphone", str(tone), "--speaker", str(home / "heard.wav"))
    return HeadlessPhone(home / "data", *files, "--auto-answer")


def strengths(samples: Samples, rate: int, hertz: float) -> list[float]:
    """Energy near a tone in each tenth of a second, whatever else sounds."""
    size = rate // 10
    found = []
    for start in range(0, len(samples) - size + 1, size):
        spectrum = np.abs(np.fft.rfft(samples[start : start + size] * np.hanning(size))) ** 2
        found.append(float(spectrum[np.abs(np.fft.rfftfreq(size, 1 / rate) - hertz) <= 25].sum()))
    return found


def test_a_warning_is_heard_on_both_sides_also_while_muted(tmp_path: Path) -> None:
    warning = write_tone(tmp_path / "warning.wav", WARNING, SECONDS)
    with phone_in(tmp_path) as phone, Baresip(tmp_path / "b") as other:
        port = phone.ready()["port"]
        other.command("dial", f"sip:agent@127.0.0.1:{port}")
        phone.call_state("CONFIRMED")
        phone.hear(1.0)
        phone.say("announce", str(warning))
        announced = phone.wait(lambda event: event["event"] == "announced")
        phone.say("mute")
        phone.media(muted=True)
        phone.say("announce", str(warning))
        phone.wait(lambda event: event["event"] == "announced")
        phone.hear(0.6)
        other.command("hangup")
        phone.call_state("DISCONNECTED")
    assert announced["whole"]
    assert abs(announced["seconds"] - SECONDS) < 0.05
    samples, rate = read_wav(other.heard())
    warned = blocks_with(samples, rate, WARNING)
    assert sum(warned) >= 2 * (SECONDS * 10 - 3)
    assert longest_run(warned) >= SECONDS * 10 - 3
    first = warned.index(True)
    assert longest_run(blocks_with(samples[: first * rate // 10], rate, MICROPHONE)) >= 5
    heard, heard_rate = read_wav(tmp_path / "heard.wav")
    warning_heard = [strength > 1.0 for strength in strengths(heard, heard_rate, WARNING)]
    theirs_heard = [strength > 1.0 for strength in strengths(heard, heard_rate, THEIRS)]
    assert sum(warning_heard) >= 2 * (SECONDS * 10 - 4)
    both = [warned and theirs for warned, theirs in zip(warning_heard, theirs_heard, strict=True)]
    assert sum(both) >= SECONDS * 10, "the caller is heard beside the warning"


@pytest.mark.long
def test_it_is_stopped_by_hand_by_hold_and_by_the_end(tmp_path: Path) -> None:
    warning = write_tone(tmp_path / "warning.wav", WARNING, 20.0)
    with phone_in(tmp_path) as phone, Baresip(tmp_path / "b") as other:
        port = phone.ready()["port"]
        phone.say("announce", str(warning))
        refused = phone.wait(lambda event: event["event"] == "error")
        other.command("dial", f"sip:agent@127.0.0.1:{port}")
        phone.call_state("CONFIRMED")
        phone.hear(0.5)
        ended = []
        for stop in ("announce", "hold"):
            phone.say("announce", str(warning))
            phone.hear(0.7)
            phone.say(stop)
            ended.append(phone.wait(lambda event: event["event"] == "announced"))
        phone.media(hold="local")
        phone.say("announce", str(warning))
        on_hold = phone.wait(lambda event: event["event"] == "error")
        phone.say("resume")
        phone.media(hold="none")
        phone.hear(0.5)
        phone.say("announce", str(warning))
        phone.hear(0.7)
        other.command("hangup")
        ended.append(phone.wait(lambda event: event["event"] == "announced"))
    assert "no answered call" in refused["reason"]
    assert "on hold" in on_hold["reason"]
    assert [one["whole"] for one in ended] == [False] * 3
    assert all(0.3 < one["seconds"] < 3 for one in ended)


def test_a_file_that_is_no_sound_or_too_long_is_refused_in_a_sentence(tmp_path: Path) -> None:
    noise, giant = tmp_path / "x.wav", write_tone(tmp_path / "long.wav", WARNING, 61.0)
    noise.write_bytes(b"RIFF" + bytes(100))
    with phone_in(tmp_path) as phone:
        phone.ready()
        for path, reason in (
            (noise, "no audio file"),
            (giant, "longer than 60"),
            (tmp_path / "y", "cannot be read"),
        ):
            phone.say("announce", str(path))
            error = phone.wait(lambda event: event["event"] == "error")
            assert error["command"] == "announce"
            assert reason in error["reason"]
