"""The sound of a warning: a centre's own recording, else what ships. Only a voice that says exactly the text is taken.

Shipped voices are taken by the hash of what they say, so a text that a centre changes is never spoken by its old voice.
A centre's recordings lie beside its policy file, in `<name of the file>-voice/<language>/<text>-<version>.wav`, with
`-<minutes>` before the ending where the text says how many are left. They are untrusted, so WAV alone, read without a
decoder.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
import re
import stat
import wave
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.adapters.audio.port import CLOCK_RATE, DeviceError
from desktop.adapters.policy.presets import presets_folder
from desktop.domain.errors import DeskError
from desktop.domain.policy import Sentence
from desktop.paths import write_private

LONGEST_S = 60.0
SHORTEST_S = 0.3
FAINTEST_PEAK = 300
"""Of 32768: below it nobody would hear a word."""

LARGEST_RECORDING = 12 << 20
LARGEST_SHIPPED = 1 << 20
LARGEST_MANIFEST = 1 << 20
MANIFEST = "manifest.json"
_NAME = re.compile(r"[a-z0-9_-]{1,60}")

log = logging.getLogger("desktop.policy")


class VoiceError(DeskError):
    """A recording that cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A sound that says a sentence: mono int16 at 16 kHz. `own`: a recording of the centre."""

    pcm: bytes
    seconds: float
    own: bool


def voice_name(sentence: Sentence) -> str:
    """The file's name without its ending, `<text>-<version>`, with the minutes where the text has them."""
    return f"{sentence.text_id}-{sentence.version}" + (f"-{sentence.minutes}" if sentence.minutes else "")


def spoken_digest(sentence: Sentence) -> str:
    """SHA-256 (hex) of what a voice says: language, words and their reading."""
    return hashlib.sha256(f"{sentence.language}\n{sentence.text}\n{sentence.say}".encode()).hexdigest()


def shipped_folder() -> Path:
    """Where the rendered voices of the presets lie."""
    return presets_folder() / "voice"


def own_folder(policy_file: Path) -> Path:
    """Where a centre's recordings for this policy file lie; it need not exist."""
    return policy_file.with_name(f"{policy_file.stem}-voice")


class Voices:
    """Finds and checks voices for the sentences of one policy. Reads files: call it in a thread.

    `ready` is a private folder of this user, where checked sounds are put for the telephone to play.
    """

    def __init__(self, policy_file: Path, ready: Path, shipped: Path | None = None) -> None:
        self._own = own_folder(policy_file)
        self._ready = ready
        self._shipped = shipped or shipped_folder()
        self._manifest: Mapping[str, tuple[str, str]] | None = None
        self._written: dict[str, tuple[Path, float]] = {}

    def find(self, sentence: Sentence) -> Voice | None:
        """The voice of a sentence; None where there is none. A recording that cannot be used is logged and left."""
        try:
            own = self._recording(sentence)
        except VoiceError as error:
            log.warning("%s", error)
            own = None
        return own or self._rendered(sentence)

    def file(self, sentence: Sentence) -> tuple[Path, float] | None:
        """A WAV file that this program has written from the checked voice, and its seconds; None without a voice.

        Raises OSError where it can't be written.
        """
        key = spoken_digest(sentence)
        kept = self._written.get(key)
        if kept is not None and kept[0].is_file():
            return kept
        voice = self.find(sentence)
        if voice is None:
            return None
        path = self._ready / f"{hashlib.sha256(voice.pcm).hexdigest()[:32]}.wav"
        write_private(path, wav(voice.pcm))
        self._written[key] = (path, voice.seconds)
        return self._written[key]

    def problems(self, sentences: Iterable[Sentence]) -> list[str]:
        """Why recordings of the centre cannot be used; for those of `sentences` only."""
        found = []
        for sentence in sentences:
            try:
                self._recording(sentence)
            except VoiceError as error:
                found.append(str(error))
        return found

    def _recording(self, sentence: Sentence) -> Voice | None:
        name = voice_name(sentence)
        if not _NAME.fullmatch(name) or not _NAME.fullmatch(sentence.language):
            return None
        path = self._own / sentence.language / f"{name}.wav"
        try:
            content = _read(path, LARGEST_RECORDING)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise VoiceError(f"The recording {path} cannot be used: {error}.") from error
        try:
            pcm = read_recording(content)
        except ValueError as error:
            raise VoiceError(f"The recording {path} cannot be used: {error}.") from error
        return Voice(pcm, len(pcm) / 2 / CLOCK_RATE, own=True)

    def _rendered(self, sentence: Sentence) -> Voice | None:
        known = self._spoken().get(spoken_digest(sentence))
        if known is None:
            return None
        name, digest = known
        try:
            content = _read(self._shipped / name, LARGEST_SHIPPED)
            if hashlib.sha256(content).hexdigest() != digest:
                raise ValueError("it is not the file that was rendered")
            from desktop.adapters.audio.files import decode_sound

            pcm = decode_sound(content, CLOCK_RATE, LONGEST_S)
        except (OSError, ValueError, DeviceError) as error:
            log.warning("the shipped voice %s cannot be used: %s", name, error)
            return None
        return Voice(pcm, len(pcm) / 2 / CLOCK_RATE, own=False)

    def _spoken(self) -> Mapping[str, tuple[str, str]]:
        """File name and hash of the file, by the hash of what it says."""
        if self._manifest is None:
            entries = read_manifest(self._shipped).items()
            self._manifest = {entry["spoken"]: (name, entry["sha256"]) for name, entry in entries}
        return self._manifest


def read_manifest(folder: Path) -> dict[str, Any]:
    """The entries of a folder's manifest by file name; empty where there is none that can be read."""
    try:
        document = json.loads(_read(folder / MANIFEST, LARGEST_MANIFEST))
        return dict(document["files"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}


def read_recording(content: bytes) -> bytes:
    """A WAV file (PCM, 16 bit, 8 to 48 kHz, one or two channels) as mono int16 at 16 kHz. Raises ValueError."""
    # Imported here: the desk starts without libraries for sound.
    import numpy as np

    from desktop.adapters.audio.files import at_clock_rate

    try:
        with wave.open(io.BytesIO(content)) as file:
            channels, width, rate = file.getnchannels(), file.getsampwidth(), file.getframerate()
            if channels not in (1, 2) or width != 2 or not 8_000 <= rate <= 48_000:
                raise ValueError("it must be PCM of 16 bit, 8 to 48 kHz, one or two channels")
            pcm = file.readframes(int(LONGEST_S * rate) + 1)
    except (wave.Error, EOFError) as error:
        raise ValueError(f"it is no WAV file ({error or 'it ends too early'})") from error
    frames = len(pcm) // (2 * channels)
    if frames > LONGEST_S * rate:
        raise ValueError(f"it is longer than {LONGEST_S:.0f} s")
    if frames < SHORTEST_S * rate:
        raise ValueError(f"it is shorter than {SHORTEST_S} s")
    pcm = pcm[: frames * 2 * channels]
    if np.abs(np.frombuffer(pcm, np.dtype("<i2")).astype(np.int32)).max() < FAINTEST_PEAK:
        raise ValueError("it is silent")
    return at_clock_rate(pcm, channels, rate, CLOCK_RATE)


def wav(pcm: bytes) -> bytes:
    """Mono int16 at 16 kHz as a WAV file."""
    from desktop.adapters.audio.files import HEADER

    size, rate = len(pcm), CLOCK_RATE
    header = HEADER.pack(
        b"RIFF", HEADER.size - 8 + size, b"WAVE", b"fmt ", 16, 1, 1, rate, rate * 2, 2, 16, b"data", size
    )
    return header + pcm


def _read(path: Path, most: int) -> bytes:
    """A file's bytes. Raises OSError, ValueError where it is no ordinary file or too large."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise ValueError("it is not a file")
    with path.open("rb") as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise ValueError(f"it is larger than {most >> 20} MB")
    return content
