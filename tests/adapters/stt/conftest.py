"""Spoken sound and checkpoints for the tests of speech to text."""

from __future__ import annotations

import subprocess
from pathlib import Path

import miniaudio
import numpy as np
import pytest
from numpy.typing import NDArray

from desktop.paths import resources
from tests.adapters.stt.checkpoints import write_parrot, write_random

Samples = NDArray[np.int16]

# A checkout may be without the checkpoint while a new one is trained.
PRACTICE_MODEL = resources() / "models" / "practice-ko.pt"
collect_ignore = [] if PRACTICE_MODEL.is_file() else ["test_practice_model.py"]


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Korean sentence of about 3 s by espeak-ng, the synthesiser of the practice voices."""
    path = tmp_path_factory.mktemp("voice") / "sentence.wav"
    sentence = "주민등록등본을 발급받고 싶은데 어떻게 하면 되나요"
    subprocess.run(["espeak-ng", "-v", "ko", "-w", str(path), sentence], check=True, timeout=30)
    return path


@pytest.fixture(scope="session")
def speech(spoken: Path) -> Samples:
    """The sentence as int16 at 16 kHz."""
    decoded = miniaudio.decode_file(
        str(spoken), output_format=miniaudio.SampleFormat.SIGNED16, nchannels=1, sample_rate=16000
    )
    return np.array(decoded.samples, np.int16)


@pytest.fixture(scope="session")
def parrot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint that says "네, 안녕하세요" to every sound."""
    return write_parrot(tmp_path_factory.mktemp("parrot") / "parrot.pt", "네, 안녕하세요")


@pytest.fixture(scope="session")
def random_checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint of random weights."""
    return write_random(tmp_path_factory.mktemp("random") / "random.pt")
