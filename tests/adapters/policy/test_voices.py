"""Voices of warnings: what ships says exactly the text, a centre's recordings come first, bad files are refused."""

import io
import json
import math
import shutil
import struct
import wave
from pathlib import Path

import pytest

from desktop.adapters.audio.files import decode_sound
from desktop.adapters.audio.port import CLOCK_RATE, DeviceError
from desktop.adapters.policy.presets import PRESETS, policy_file
from desktop.adapters.policy.reading import load_policy
from desktop.adapters.policy.voices import (
    LARGEST_RECORDING,
    Voices,
    own_folder,
    read_recording,
    shipped_folder,
    voice_name,
)
from desktop.domain.policy import Sentence

SEOUL = load_policy("seoul").policy
FIRST = SEOUL.sentence("verbal_1", "ko")


def recording(
    seconds: float = 1.0, rate: int = 8000, channels: int = 1, width: int = 2, loud: int = 8000
) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        tone = [int(loud * math.sin(n / 5)) for n in range(int(seconds * rate))]
        frames = b"".join(struct.pack("<h", each)[-width:] * channels for each in tone)
        file.writeframes(frames)
    return out.getvalue()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    file = tmp_path / "site.toml"
    shutil.copyfile(policy_file("seoul"), file)
    return file


def put(site: Path, sentence: Sentence, content: bytes) -> Path:
    path = own_folder(site) / sentence.language / f"{voice_name(sentence)}.wav"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("preset", PRESETS)
def test_every_text_of_a_ladder_has_a_voice(preset: str, tmp_path: Path) -> None:
    policy = load_policy(preset).policy
    voices = Voices(policy_file(preset), tmp_path)
    for steps in policy.ladders.values():
        for text_id in {step.text_id for step in steps if step.text_id}:
            for language in ("ko", "en", "vi", "th", "ja"):
                voice = voices.find(policy.sentence(text_id, language))
                assert voice is not None, (text_id, language)
                assert not voice.own
                assert 1 < voice.seconds < 20
            assert voices.find(policy.sentence(text_id, "mn")) is None
    # What is said to somebody in danger is said by a person.
    assert voices.find(policy.sentence("crisis_ask", "ko")) is None


def test_another_wording_has_no_voice(tmp_path: Path) -> None:
    voices = Voices(policy_file("seoul"), tmp_path)
    assert voices.find(FIRST) is not None
    assert voices.find(Sentence("verbal_1", 1, "ko", FIRST.text + " 네?", FIRST.say)) is None
    assert voices.find(Sentence("verbal_1", 1, "ko", FIRST.text, FIRST.say + " 네?")) is None
    assert voices.find(SEOUL.sentence("time_notice", "ko", 17)) is None
    assert voices.find(SEOUL.sentence("time_notice", "ko", 2)) is not None


def test_a_shipped_file_that_was_changed_is_not_played(tmp_path: Path) -> None:
    folder = tmp_path / "voice"
    (folder / "ko").mkdir(parents=True)
    shutil.copyfile(shipped_folder() / "manifest.json", folder / "manifest.json")
    shutil.copyfile(shipped_folder() / "ko/end_notice-1.ogg", folder / "ko/verbal_1-1.ogg")
    assert Voices(policy_file("seoul"), tmp_path, folder).find(FIRST) is None
    (folder / "manifest.json").write_text("[")
    assert Voices(policy_file("seoul"), tmp_path, folder).find(FIRST) is None


def test_a_recording_of_the_centre_comes_first(site: Path, tmp_path: Path) -> None:
    put(site, FIRST, recording(1.5, 44_100, 2))
    voices = Voices(site, tmp_path / "ready")
    voice = voices.find(FIRST)
    assert voice is not None
    assert (voice.own, round(voice.seconds, 2)) == (True, 1.5)
    made = voices.file(FIRST)
    assert made is not None
    with wave.open(str(made[0])) as file:
        assert (file.getframerate(), file.getnchannels(), file.getnframes()) == (
            CLOCK_RATE,
            1,
            len(voice.pcm) // 2,
        )
    assert voices.file(FIRST) == made
    assert voices.problems([FIRST]) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"RIFF" + b"\xff" * 60,
        recording()[:30],
        recording(width=1),
        recording(rate=96_000),
        recording(channels=3),
        recording(0.1),
        recording(61),
        recording(loud=0),
        b"OggS" + bytes(100),
        b"\0" * (LARGEST_RECORDING + 1),
    ],
    ids=["empty", "noise", "cut", "8bit", "96k", "3ch", "short", "long", "silent", "ogg", "large"],
)
def test_what_is_no_recording_is_refused(site: Path, tmp_path: Path, content: bytes) -> None:
    put(site, FIRST, content)
    voices = Voices(site, tmp_path / "ready")
    assert len(voices.problems([FIRST])) == 1
    voice = voices.find(FIRST)
    assert voice is not None
    assert not voice.own


def test_a_header_that_promises_too_much_is_cut_to_what_is_there() -> None:
    content = bytearray(recording())
    content[40:44] = struct.pack("<I", 0xFFFFFFF0)
    assert len(read_recording(bytes(content))) == CLOCK_RATE * 2


def test_a_folder_in_the_place_of_a_file(site: Path, tmp_path: Path) -> None:
    path = put(site, FIRST, b"")
    path.unlink()
    path.mkdir()
    assert "is not a file" in Voices(site, tmp_path).problems([FIRST])[0]


def test_names_lead_nowhere_else(site: Path, tmp_path: Path) -> None:
    voices = Voices(site, tmp_path)
    assert (
        voices.problems([Sentence("../../x", 1, "ko", "a", "a"), Sentence("x", 1, "../..", "a", "a")]) == []
    )


def test_sound_is_not_read_beyond_its_length() -> None:
    data = (shipped_folder() / "ko/verbal_1-1.ogg").read_bytes()
    assert len(decode_sound(data, CLOCK_RATE, 60)) > 5 * CLOCK_RATE
    with pytest.raises(DeviceError):
        decode_sound(data, CLOCK_RATE, 1)
    with pytest.raises(DeviceError):
        decode_sound(b"no sound", CLOCK_RATE, 1)


def test_the_manifest_is_small() -> None:
    files = json.loads((shipped_folder() / "manifest.json").read_text("utf-8"))["files"]
    size = sum((shipped_folder() / name).stat().st_size for name in files)
    assert size < 3_000_000
