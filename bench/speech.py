"""What live transcription costs: compute per second of conversation, both legs, hypotheses included.

A practice call in the shipped voices goes through the product's stream code. The shipped checkpoint is measured as it
is; the real sizes of Whisper with random weights and 5 tokens for each second of sound, which costs what trained
weights cost. Voice activity alone, and the time until a model is ready, stand beside it.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from desktop.adapters.stt.environment import speech_environment  # noqa: E402

os.environ.update(speech_environment())

import threading  # noqa: E402

import torch  # noqa: E402
from whisper.model import ModelDimensions, Whisper  # noqa: E402
from whisper.tokenizer import get_tokenizer  # noqa: E402

from desktop.adapters.stt import decoder  # noqa: E402
from desktop.adapters.stt.acceptance import Decoding  # noqa: E402
from desktop.adapters.stt.decoder import WhisperEngine, Windows  # noqa: E402
from desktop.adapters.stt.models import load_engine  # noqa: E402
from desktop.adapters.stt.recording import Recording, transcribe  # noqa: E402
from desktop.adapters.stt.sound import Floats  # noqa: E402
from desktop.adapters.stt.voice_activity import speech_seconds  # noqa: E402
from tests.adapters.stt.practice_call import RATE, practice_call  # noqa: E402

FLOOR = 250
SIZES = {"tiny": (384, 6, 4), "base": (512, 8, 6)}


class Quiet:
    """A sink that only knows when the call is over."""

    def __init__(self) -> None:
        self.finished = threading.Event()

    def hypothesis(self, call: str, leg: str, text: str, stable: int, start: float, end: float) -> None:
        pass

    def segment(self, call: str, leg: str, text: str, confidence: float, start: float, end: float) -> None:
        pass

    def done(self, call: str, leg: str, sample: int) -> None:
        pass

    def gap(self, call: str, leg: str, start: float, end: float) -> None:
        pass

    def drained(self, call: str) -> None:
        self.finished.set()

    def broken(self, reason: str) -> None:
        raise SystemExit(reason)


class ForcedEngine(WhisperEngine):
    """Random weights that say as many tokens as speech of this length has."""

    def decode(
        self, sound: Floats, *, final: bool, prefix: Sequence[int] = (), abort: Callable[[], bool]
    ) -> Decoding | None:
        window = min(self._full, max(FLOOR, int(decoder.FRAMES_PER_SECOND * (len(sound) / RATE + 1.5))))
        with torch.inference_mode():
            found = self._pass(sound, window, prefix, abort)
        return None if found is None else Decoding(found.tokens, found.logprob, found.no_speech)


def forced_engine(size: str) -> WhisperEngine:
    """An engine of real size with random weights."""
    state, heads, layers = SIZES[size]
    dims = ModelDimensions(80, 1500, state, heads, layers, 51865, 448, state, heads, layers)
    model = Whisper(dims).eval()
    torch.nn.init.normal_(model.decoder.positional_embedding, std=0.01)
    return ForcedEngine(model, get_tokenizer(True, language="ko", task="transcribe"), Windows(FLOOR, FLOOR))


def conversation(name: str, engine: WhisperEngine) -> dict[str, object]:
    """Cost of one practice call."""
    recording = Recording.of("c1", RATE, practice_call("S01", narrow=False).legs)
    sink = Quiet()
    compute_s = transcribe(recording, engine, sink, sink.finished, realtime=False)
    return {
        "bench": f"speech {name}",
        "seconds": round(recording.seconds, 1),
        "compute_per_second": round(compute_s / recording.seconds, 3),
    }


def main() -> int:
    """Print a JSON line per measurement."""
    torch.set_num_threads(1)
    call = practice_call("S01", narrow=False)
    started = time.perf_counter()
    for sound in call.legs.values():
        speech_seconds(sound, RATE)
    seconds = len(call.legs["caller"]) / RATE
    taken = time.perf_counter() - started
    print(json.dumps({"bench": "voice activity, both legs", "compute_per_second": round(taken / seconds, 4)}))
    shipped = ROOT / "resources" / "models" / "practice-ko.pt"
    started = time.perf_counter()
    engine = load_engine(shipped, "ko")
    print(json.dumps({"bench": "practice model loads", "seconds": round(time.perf_counter() - started, 2)}))
    print(json.dumps(conversation("practice model", engine)), flush=True)
    budget = mock.patch.object(decoder, "token_budget", lambda language, seconds: 1 + int(5 * seconds))
    with budget, mock.patch.object(decoder, "loops", return_value=False):
        for size in SIZES:
            print(json.dumps(conversation(f"{size}, random weights, fp32", forced_engine(size))), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
