"""What is measured in a process of its own, whose environment was set before torch was loaded.

`python -m bench.stt_measure.child TASK {options as JSON}` prints one JSON object.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch

from bench.stt_measure import engines, processes, sounds
from bench.stt_measure.words import Teller, Watch
from desktop.adapters.stt import windows
from desktop.adapters.stt.agreement import readable
from desktop.adapters.stt.engine import Engine
from desktop.adapters.stt.models import load_engine
from desktop.adapters.stt.recording import Recording, transcribe
from desktop.adapters.stt.sound import WHISPER_RATE, Floats
from desktop.adapters.stt.voice_activity import SpeechMeter
from desktop.adapters.system.free_cores import FreeCores
from desktop.adapters.system.machine import give_back_memory
from desktop.adapters.system.priority import lower_priority
from desktop.domain.transcript import Span
from desktop.paths import resources

PRACTICE = resources() / "models" / "practice-ko.pt"
CALL = "c1"
UNGATED_S = 5.0
LOOK_S = 0.2
SHORTEST_S, LONGEST_S = 0.8, 8.0


def never() -> bool:
    """Nothing is given up."""
    return False


def said(engine: Engine, sound: Floats, final: bool, clock: Callable[[], float] = time.process_time) -> float:
    """Seconds for one hypothesis or final text; of the processor, which other programs do not lengthen much."""
    started = clock()
    engine.decode(sound, final=final, prefix=(), abort=never)
    return clock() - started


def cost(options: dict[str, Any]) -> dict[str, float]:
    """Compute for a second of conversation: a hypothesis each second, the final text, voice activity of both legs."""
    length = options["length_s"]
    engine = engines.ENGINES[options["engine"]](options["size"], engines.by_length)
    spoken = sounds.utterances(options["count"], length)
    said(engine, spoken[0], final=False)
    taken, finals = [], []
    for sound in spoken:
        moments = np.arange(1.0, length - 0.3, 1.0)
        partials = [said(engine, sound[: int(at * WHISPER_RATE)], final=False) for at in moments]
        finals.append(said(engine, sound, final=True))
        taken.append(sum(partials) + finals[-1])
    narrow = (spoken[0][::2] * 32767).astype(np.int16)
    meters = [SpeechMeter(8000) for _ in range(2)]
    started = time.process_time()
    for meter in meters:
        meter.feed(narrow)
    voice = (time.process_time() - started) / length
    return {
        "per_second": round(statistics.median(taken) / length + voice, 3),
        "final_s": round(statistics.median(finals), 3),
        "voice_activity": round(voice, 4),
    }


def latency(options: dict[str, Any]) -> dict[str, float]:
    """When words are seen, in real time through the product's stream code; `behind_until`: see Watch."""
    spoken = sounds.dialogue(options["seconds"])
    tokenizer = engines.korean()
    tokens_of = {word.text: list(tokenizer.encode(" " + word.text)) for word in spoken.words}
    engine = engines.ENGINES[options["engine"]](options["size"], Teller(spoken, tokens_of))
    said(engine, sounds.utterances(1, 2.0)[0], final=True)
    watch = Watch(spoken)
    recording = Recording(CALL, sounds.RATE, spoken.legs)
    print(json.dumps({"started": True}), flush=True)
    watch.started = time.monotonic()
    compute_s = transcribe(recording, engine, watch, watch.finished, realtime=True)
    return {
        **watch.figures(),
        "load": round(compute_s / options["seconds"], 3),
        "behind_until": round(watch.started + watch.behind_until(), 3) if watch.behind_until() else 0.0,
    }


def tokens(options: dict[str, Any]) -> dict[str, float]:
    """Seconds of a short window with its tokens, at the priority of the product's decoding; median and worst.

    A thread looks after the cores as the product's process does five times a second.
    """
    cores, over = FreeCores(), threading.Event()
    lower_priority()
    looking = threading.Thread(target=_look_after, args=(cores, over))
    looking.start()
    torch.set_num_threads(options["threads"])
    engine = engines.ENGINES[options["engine"]](options["size"], engines.by_length)
    sound = sounds.utterances(1, 3.0)[0]
    said(engine, sound, final=False)
    taken = [said(engine, sound, False, time.perf_counter) for _ in range(options["count"])]
    over.set()
    looking.join()
    return {"median_s": round(statistics.median(taken), 3), "worst_s": round(max(taken), 3)}


def lengths(options: dict[str, Any]) -> dict[str, float]:
    """Megabytes when ready and after utterances of many lengths; `each_length`: a window and a place for each."""
    engine = engines.ENGINES[options["engine"]](options["size"], engines.by_length)
    if options["each_length"]:
        windows.GRAIN, torch.backends.mkldnn.enabled = 1, True
    sound = sounds.utterances(1, LONGEST_S)[0]
    said(engine, sound, final=False)
    give_back_memory()
    ready = processes.megabytes(os.getpid())
    for seconds in np.random.default_rng(1).uniform(SHORTEST_S, LONGEST_S, options["number"]):
        said(engine, sound[: int(seconds * WHISPER_RATE)], final=False)
    return {"ready_mb": ready, "after_mb": processes.megabytes(os.getpid())}


def _look_after(cores: FreeCores, over: threading.Event) -> None:
    while not over.wait(LOOK_S):
        cores.look()


def wordless(options: dict[str, Any]) -> dict[str, object]:
    """Characters that the practice model shows of sound without words; and without voice activity and limits."""
    engine = load_engine(PRACTICE, "ko")
    shown, ungated = {}, {}
    for name, sound in sounds.wordless(options["seconds"]).items():
        heard = Characters()
        transcribe(Recording(CALL, sounds.RATE, {"caller": sound}), engine, heard, heard.finished, False)
        shown[name] = heard.count
        step = int(UNGATED_S * sounds.RATE)
        pieces = [sound[at : at + step] for at in range(0, len(sound), step)]
        found = [
            engine.decode(p.astype(np.float32) / np.float32(32768), final=True, abort=never) for p in pieces
        ]
        ungated[name] = sum(len(readable(engine.content(each.tokens))) for each in found if each)
    return {"shown": shown, "ungated": ungated}


class Characters(Watch):
    """A sink that counts what is shown."""

    def __init__(self) -> None:
        super().__init__(sounds.Dialogue({}, []))
        self.count = 0

    def hypothesis(self, call: str, leg: str, text: str, stable: int, start: float, end: float) -> None:
        self.count += len(text)

    def segment(
        self,
        call: str,
        leg: str,
        text: str,
        confidence: float,
        start: float,
        end: float,
        doubts: tuple[Span, ...] = (),
    ) -> None:
        self.count += len(text)


def whispers_own(options: dict[str, Any]) -> dict[str, float]:
    """What a checkpoint takes as whisper itself loads it, with one window decoded."""
    import psutil
    import whisper

    started = time.perf_counter()
    model = whisper.load_model(options["model"], device="cpu")
    with torch.inference_mode():
        model.encoder(torch.zeros(1, 80, 3000))
    taken = time.perf_counter() - started
    return {
        "load_s": round(taken, 2),
        "pss_mb": round(psutil.Process().memory_full_info().pss / 2**20, 1),
    }


def checkpoint(options: dict[str, Any]) -> dict[str, float]:
    """Write a checkpoint of a real size; its megabytes."""
    path = engines.write_checkpoint(options["size"], Path(options["model"]), greets=options["greets"])
    return {"mb": round(path.stat().st_size / 2**20, 1)}


TASKS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    task.__name__: task for task in (cost, latency, tokens, lengths, wordless, whispers_own, checkpoint)
}


if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](json.loads(sys.argv[2]))), flush=True)
