"""`transcribe` prints events as the contract has them, and one sentence where it cannot."""

from __future__ import annotations

import json
import subprocess
import sys
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.adapters.stt.checkpoints import write_parrot

Samples = NDArray[np.int16]
SENTENCE = "네, 안녕하세요"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint and a recording in which the caller speaks, pauses and speaks, the agent once."""
    path = tmp_path_factory.mktemp("transcribe")
    write_parrot(path / "parrot.pt", SENTENCE)
    spoken = path / "spoken.wav"
    subprocess.run(
        ["espeak-ng", "-v", "ko", "-w", str(spoken), "여권을 잃어버렸어요"], check=True, timeout=30
    )
    with wave.open(str(spoken)) as file:
        clock_rate = file.getframerate()
        voice = np.frombuffer(file.readframes(file.getnframes()), np.int16)
    pause = np.zeros(clock_rate, np.int16)
    caller = np.concatenate([pause, voice, pause, voice, pause])
    agent = np.concatenate([np.zeros_like(pause), pause, np.zeros_like(voice), voice])
    write_wav(path / "call.wav", clock_rate, caller, np.pad(agent, (0, max(0, len(caller) - len(agent)))))
    write_wav(path / "mono.wav", clock_rate, np.concatenate([voice, pause]))
    return path


def write_wav(path: Path, clock_rate: int, *channels: Samples) -> None:
    length = min(len(channel) for channel in channels)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(2)
        file.setframerate(clock_rate)
        file.writeframes(np.stack([channel[:length] for channel in channels], axis=1).tobytes())


def transcribe(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "desktop", "transcribe", *map(str, arguments)]
    return subprocess.run(argv, capture_output=True, text=True, timeout=100, encoding="utf-8")


def events(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_two_legs(folder: Path) -> None:
    model = ("--model", folder / "parrot.pt", "--language", "ko", "--json")
    found = events(transcribe(folder / "call.wav", *model))
    segments = [event for event in found if event["event"] == "segment"]
    assert [segment["leg"] for segment in segments].count("caller") == 2
    assert [segment["leg"] for segment in segments].count("agent") == 1
    for segment in segments:
        assert segment["v"] == 1
        assert segment["text"] == SENTENCE
        assert 0.9 < segment["confidence"] <= 1
        assert 0 < segment["start"] < segment["end"]
        assert segment["wall"] >= 0
    hypotheses = [event for event in found if event["event"] == "hypothesis"]
    assert hypotheses
    assert all(0 <= event["stable"] <= len(event["text"]) for event in hypotheses)
    end = found[-1]
    assert end["event"] == "end"
    assert end["seconds"] > 5
    assert 0 < end["compute_s"] <= end["wall"]
    swapped = events(transcribe(folder / "call.wav", *model, "--swap"))
    legs = [event["leg"] for event in swapped if event["event"] == "segment"]
    assert (legs.count("agent"), legs.count("caller")) == (2, 1)


def test_the_other_engine_says_the_same_and_converts_once(folder: Path) -> None:
    model = ("--model", folder / "parrot.pt", "--language", "ko", "--json", "--engine", "ctranslate2")
    data = ("--data", folder / "data")
    found = events(transcribe(folder / "mono.wav", *model, *data))
    assert [event["text"] for event in found if event["event"] == "segment"] == [SENTENCE]
    [converted] = (folder / "data" / "converted-models").iterdir()
    made = (converted / "model.bin").stat().st_mtime_ns
    assert events(transcribe(folder / "mono.wav", *model, *data))[-1]["event"] == "end"
    assert (converted / "model.bin").stat().st_mtime_ns == made


def test_an_engine_that_is_not_installed_is_said(folder: Path) -> None:
    # A package without its record, as in an installation without the extra.
    program = (
        "import importlib.metadata as m, sys\n"
        "known = m.version\n"
        "def version(name):\n"
        "    if name == 'ctranslate2':\n"
        "        raise m.PackageNotFoundError(name)\n"
        "    return known(name)\n"
        "m.version = version\n"
        "from desktop.cli.main import main\n"
        "sys.exit(main())\n"
    )
    model = ["--model", str(folder / "parrot.pt"), "--language", "ko", "--engine", "ctranslate2"]
    words = ["transcribe", str(folder / "mono.wav"), *model, "--data", str(folder / "missing")]
    argv = [sys.executable, "-c", program, *words]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=100, encoding="utf-8")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "dasan-desk[fast]" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.long
def test_mono_in_real_time(folder: Path) -> None:
    model = ("--model", folder / "parrot.pt", "--language", "ko", "--json", "--realtime")
    found = events(transcribe(folder / "mono.wav", *model))
    segments = [event for event in found if event["event"] == "segment"]
    assert [(segment["leg"], segment["text"]) for segment in segments] == [("caller", SENTENCE)]
    # In real time a text comes after its words and within a moment of the pause.
    assert segments[0]["end"] - 0.3 < segments[0]["wall"] < segments[0]["end"] + 3
    assert found[-1]["wall"] >= found[-1]["seconds"] - 0.1


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("none.wav", "--model", "parrot.pt", "--language", "ko"), 1, "none.wav"),
        (("parrot.pt", "--model", "parrot.pt", "--language", "ko"), 1, "WAV"),
        (("mono.wav", "--model", "none.pt", "--language", "ko"), 1, "no speech model at"),
        (("mono.wav", "--model", "call.wav", "--language", "ko"), 1, "checkpoint"),
        (("mono.wav", "--model", "parrot.pt", "--language", "klingon"), 2, "klingon"),
        (("mono.wav", "--model", "parrot.pt"), 2, "--language"),
        (("mono.wav", "--model", "call.wav", "--language", "ko", "--engine", "ctranslate2"), 1, "checkpoint"),
        (("mono.wav", "--model", "parrot.pt", "--language", "ko", "--engine", "whisper"), 2, "whisper"),
    ],
)
def test_what_cannot_be_done_is_said(folder: Path, arguments: tuple[str, ...], code: int, word: str) -> None:
    absolute = [str(folder / word) if "." in word else word for word in arguments]
    done = transcribe(*absolute, "--json")
    assert done.returncode == code
    assert done.stdout == ""
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1
    assert word in lines[0]
