"""`dasan-desk transcribe`: a recording through the very code that transcribes a call."""

from __future__ import annotations

import argparse
import os
import threading
import time
from pathlib import Path

from desktop.adapters.stt.engine import Engine
from desktop.adapters.stt.engine_choice import EngineChoice
from desktop.adapters.stt.environment import speech_environment
from desktop.adapters.stt.fast_models import MissingEngineError
from desktop.adapters.stt.model_file import check_file
from desktop.adapters.stt.recording import Recording, transcribe
from desktop.adapters.stt.sound import read_wav
from desktop.adapters.stt.whisper_tokenizer import LanguageError
from desktop.cli.output import CommandError, UsageError, emit_event, say
from desktop.domain.transcript import CTRANSLATE2, TORCH, Span
from desktop.paths import folders
from desktop.processes.arguments import pass_on
from desktop.processes.spawn import command

SUMMARY = "transcribe a recording as a call would be"
CALL = "file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("file", type=Path, metavar="FILE.wav", help="PCM 16 bit, one or two channels")
    parser.add_argument("--model", type=Path, required=True, metavar="PATH", help="Whisper checkpoint (.pt)")
    parser.add_argument("--language", required=True, metavar="CODE", help="for example ko or en")
    parser.add_argument("--realtime", action="store_true", help="feed the recording at the speed of speech")
    parser.add_argument("--swap", action="store_true", help="channel 1 is the agent, channel 2 the caller")
    parser.add_argument("--engine", choices=(TORCH, CTRANSLATE2), default=TORCH, help="default: torch")


class Printer:
    """Tells on standard output what the transcriber finds; `wall` counts from the first sample."""

    def __init__(self, as_json: bool) -> None:
        self._json = as_json
        self.started = time.perf_counter()
        self.finished = threading.Event()
        self.failure = ""

    @property
    def wall(self) -> float:
        """Seconds since the first sample was fed."""
        return round(time.perf_counter() - self.started, 3)

    def hypothesis(self, call: str, leg: str, text: str, stable: int, start: float, end: float) -> None:
        """Running speech; only programs see it."""
        if self._json:
            times = {"start": round(start, 3), "end": round(end, 3), "wall": self.wall}
            emit_event("hypothesis", leg=leg, text=text, stable=stable, **times)

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
        """Final text."""
        if self._json:
            times = {"start": round(start, 3), "end": round(end, 3), "wall": self.wall}
            emit_event("segment", leg=leg, text=text, confidence=round(confidence, 3), **times)
        else:
            print(f"{start:8.2f} {end:8.2f} {leg}: {text}", flush=True)

    def done(self, call: str, leg: str, sample: int) -> None:
        """A file has nobody to acknowledge to."""

    def gap(self, call: str, leg: str, start: float, end: float) -> None:
        """A file has no gaps."""

    def drained(self, call: str) -> None:
        """The last segment is out."""
        self.finished.set()

    def lost(self, call: str, leg: str, start: float, end: float) -> None:
        """A file loses nothing."""

    def unread(self, call: str, leg: str, unread: bool) -> None:
        """Speech without text is for the agent to see."""

    def broken(self, reason: str) -> None:
        """The engine gave up."""
        self.failure = reason


def opened(args: argparse.Namespace) -> Engine:
    """The engine that was asked for, and no other. Raises DeskError or UsageError with a sentence."""
    where = folders(args.data, args.config)
    choice = EngineChoice(where, command("conversion", *pass_on(where)))
    try:
        if args.engine == CTRANSLATE2:
            return choice.fast(args.model, args.language)
        return choice.torch(args.model, args.language).engine
    except (LanguageError, MissingEngineError) as error:
        raise UsageError(str(error)) from error


def run(args: argparse.Namespace) -> int:
    """Transcribe; returns 0. Raises DeskError, CommandError or UsageError with a sentence."""
    # Read by the native libraries when they are loaded, so before anything imports torch.
    for name, value in speech_environment().items():
        os.environ.setdefault(name, value)
    clock_rate, channels = read_wav(args.file)
    check_file(args.model.expanduser().absolute())
    engine = opened(args)
    legs = ("agent", "caller") if args.swap else ("caller", "agent")
    recording = Recording.of(CALL, clock_rate, dict(zip(legs, channels, strict=False)))
    printer = Printer(args.json)
    compute_s = transcribe(recording, engine, printer, printer.finished, args.realtime)
    if printer.failure:
        raise CommandError(f"{printer.failure}; choose another model.")
    if args.json:
        emit_event(
            "end", seconds=round(recording.seconds, 3), wall=printer.wall, compute_s=round(compute_s, 3)
        )
    else:
        say(f"{recording.seconds:.1f} s of sound in {printer.wall:.1f} s.")
    return 0
