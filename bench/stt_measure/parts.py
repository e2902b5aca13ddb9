"""The parts of `bench/stt.py`: one line for each bar, with its baseline in the same run."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.phone_measure.report import Bar, Report
from bench.stt_measure import practice, processes, sounds

NAIVE, TORCH, FAST = "naive", "torch", "ctranslate2"
COST = {"tiny": 0.20, "base": 0.35, "small": 1.0}
NAIVE_TIMES = 5.0
CHEAPER = 1.5
"""How many times cheaper than ours on torch the same on CTranslate2 may be."""
MEGABYTES = {
    "torch": {"tiny": 480.0, "base": 550.0, "small": 850.0},
    "ctranslate2": {"tiny": 200.0, "base": 250.0, "small": 550.0},
}
READY_S = {"tiny": 3.0, "base": 3.5, "small": 8.0}
LATENCY = {"seen_p50": 1.0, "seen_p95": 2.0, "stable_p50": 2.0, "stable_p95": 3.0, "segment_p95": 1.3}
SLOWER = 2.5
OUTAGE_S, BACK_WITHIN_S, OUTAGE_AFTER_S = 20.0, 30.0, 8.0
LENGTH_S = 4.0
LENGTHS = 300
SPINNING = {"OMP_WAIT_POLICY": "", "KMP_BLOCKTIME": "", "OMP_NUM_THREADS": "2", "MKL_NUM_THREADS": "2"}


def measure_cost(report: Report, args: argparse.Namespace) -> None:
    """Compute for a second of conversation on one core, beside 30 s in float32 for each hypothesis."""
    one = processes.environment(args.isa, OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")
    for size in args.size:
        common = {"size": size, "length_s": LENGTH_S}
        found = {
            engine: processes.run("cost", {**common, "engine": engine, "count": args.count}, one)
            for engine in args.engine
        }
        naive = processes.run("cost", {**common, "engine": NAIVE, "count": 1}, one)
        ours = found.get(TORCH, {}).get("per_second")
        for engine, figures in found.items():
            times = naive["per_second"] / figures["per_second"]
            report.line(
                "cost",
                f"compute for a second of conversation, {size}",
                engine=engine,
                isa=args.isa,
                **figures,
                naive=naive["per_second"],
                naive_times=round(times, 1),
                **Bar(COST[size]).words(figures["per_second"]),
                naive_bar=f">= {NAIVE_TIMES:g}",
                naive_holds=times >= NAIVE_TIMES,
                **(_cheaper(ours / figures["per_second"]) if ours and engine == FAST else {}),
            )


def _cheaper(times: float) -> dict[str, object]:
    return {"torch_times": round(times, 2), "torch_bar": f"<= {CHEAPER:g}", "torch_holds": times <= CHEAPER}


def measure_latency(report: Report, args: argparse.Namespace) -> None:
    """When words of `base` are seen, in real time, beside 30 s in float32 for each hypothesis."""
    env = processes.environment(args.isa)
    size = args.latency_size
    for engine in [*args.engine, NAIVE]:
        options = {"size": size, "engine": engine, "seconds": args.seconds}
        figures = processes.run("latency", options, env)
        figures.pop("behind_until")
        missing, words = figures.pop("missing"), figures.pop("words")
        load = figures.pop("load")
        held = {name: figures[name] <= most for name, most in LATENCY.items()}
        bars = {"bar": LATENCY, "holds": all(held.values()) and missing == 0} if engine != NAIVE else {}
        report.line(
            "latency",
            f"seconds after the end of a word, {size} told what to say",
            engine=engine,
            isa=args.isa,
            **figures,
            words=words,
            missing=missing,
            compute_load=load,
            **bars,
        )


def measure_practice(report: Report, args: argparse.Namespace) -> None:
    """The same with the practice model and nothing forced, by `transcribe --realtime`; broken and taken-back text."""
    for scenario in args.scenario:
        with tempfile.TemporaryDirectory(prefix="bench-stt-") as home:
            heard = practice.transcribed(Path(home), scenario, processes.environment(args.isa))
        figures = heard.figures()
        held = all(figures[name] <= most for name, most in LATENCY.items())
        bars = {"bar": LATENCY, "holds": held and figures["words_found"] > 0}
        report.line("practice", f"seconds after the end of a word, {scenario}, unforced", **figures, **bars)
        report.line(
            "practice",
            f"broken characters, {scenario}",
            product=heard.broken,
            texts=heard.texts,
            **Bar(0).words(heard.broken, heard.texts > 0),
        )
        share = heard.contradicted / max(1, heard.utterances)
        report.line(
            "practice",
            f"stable prefixes that the segment contradicts, {scenario}",
            product=round(share, 3),
            utterances=heard.utterances,
            **Bar(0.05).words(share, heard.utterances > 0),
        )


def measure_process(report: Report, args: argparse.Namespace) -> None:
    """Start to ready and memory of the speech process; then of a transcription, beside whisper's own loading.

    Random weights alone say no end and are decoded a second time, in 30 s: that is `in_whole_windows`.
    """
    env = processes.environment(args.isa)
    for size in args.size:
        with tempfile.TemporaryDirectory(prefix="bench-stt-") as home:
            folder = Path(home)
            model, looping = folder / f"{size}.pt", folder / f"{size}-looping.pt"
            file = processes.run("checkpoint", {"size": size, "model": str(model), "greets": True}, env)
            processes.run("checkpoint", {"size": size, "model": str(looping), "greets": False}, env)
            own = processes.run("whispers_own", {"model": str(model)}, env)
            for engine in args.engine:
                # The first start with CTranslate2 converts.
                first, _ = _started(folder, model, engine, env)
                found = [_started(folder, model, engine, env) for _ in range(args.runs)]
                ready, held = ([each[at] for each in found] for at in range(2))
                most = _transcribing(folder, model, engine, env)
                _started(folder, looping, engine, env)
                in_whole_windows = _transcribing(folder, looping, engine, env)
                seconds = round(statistics.median(ready), 2)
                report.line(
                    "start",
                    f"start of the process to ready, {size}",
                    engine=engine,
                    product=seconds,
                    worst=round(max(ready), 2),
                    first=round(first, 2),
                    whisper_load_s=own["load_s"],
                    **Bar(READY_S[size]).words(seconds),
                )
                report.line(
                    "memory",
                    f"PSS of the speech process, {size}",
                    engine=engine,
                    product=max(held),
                    while_transcribing=most,
                    in_whole_windows=in_whole_windows,
                    whisper=own["pss_mb"],
                    ratio_to_whisper=round(max(held) / own["pss_mb"], 2),
                    file_mb=file["mb"],
                    **Bar(MEGABYTES[engine][size]).words(max(*held, most)),
                )


def _started(folder: Path, model: Path, engine: str, env: dict[str, str]) -> tuple[float, float]:
    process = processes.SpeechProcess(folder, model, engine, env)
    try:
        ready = process.ready()
        time.sleep(1.0)  # what follows the loading on its thread
        return ready, processes.megabytes(process.child.pid)
    finally:
        process.close()


def _transcribing(folder: Path, model: Path, engine: str, env: dict[str, str]) -> float:
    spoken = sounds.dialogue(14.0)
    wav = sounds.write_wav(folder / "call.wav", sounds.RATE, list(spoken.legs.values()))
    command = [sys.executable, "-m", "desktop", "transcribe", str(wav), "--model", str(model)]
    command += ["--language", "ko", "--json", "--engine", engine]
    command += ["--data", str(folder / "data"), "--config", str(folder / "config")]
    child = subprocess.Popen(command, cwd=processes.ROOT, env=env, stdout=subprocess.DEVNULL)
    return processes.most_megabytes(child)


def measure_lengths(report: Report, args: argparse.Namespace) -> None:
    """Memory after utterances of many lengths, beside the same with something kept of each length."""
    env = processes.environment(args.isa)
    for engine in args.engine:
        options = {"size": args.latency_size, "engine": engine, "number": LENGTHS}
        own, each = (processes.run("lengths", {**options, "each_length": way}, env) for way in (False, True))
        grown = own["after_mb"] - own["ready_mb"]
        report.line(
            "lengths",
            f"PSS of decoding after {LENGTHS} utterances of as many lengths, {args.latency_size}",
            engine=engine,
            product=own["after_mb"],
            ready=own["ready_mb"],
            grown=round(grown, 1),
            each_length_kept=each["after_mb"],
            ratio_to_each_length=round(grown / (each["after_mb"] - each["ready_mb"]), 2),
        )


def measure_silence(report: Report, args: argparse.Namespace) -> None:
    """Characters from sound without words, beside the same model without voice activity and limits."""
    env = processes.environment(args.isa)
    found = processes.run("wordless", {"seconds": args.wordless_seconds}, env)
    for name, shown in found["shown"].items():
        report.line(
            "silence",
            f"characters of {args.wordless_seconds:g} s of {name}",
            product=shown,
            ungated=found["ungated"][name],
            **Bar(0).words(shown),
        )


def measure_outage(report: Report, args: argparse.Namespace) -> None:
    """The processor taken away for 20 s: when no ended word is unseen for three seconds any more."""
    seconds = OUTAGE_AFTER_S + OUTAGE_S + BACK_WITHIN_S + 5
    for engine in args.engine:
        options = {"size": args.latency_size, "engine": engine, "seconds": seconds}
        child = processes.start("latency", options, processes.environment(args.isa))
        assert child.stdout is not None
        child.stdout.readline()  # it has begun
        time.sleep(OUTAGE_AFTER_S)
        os.kill(child.pid, signal.SIGSTOP)
        try:
            time.sleep(OUTAGE_S)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child.pid, signal.SIGCONT)
        resumed = time.monotonic()
        figures = processes.finish(child)
        # Words of the outage that were seen at once leave no late one: then it was back at the first.
        back = max(0.0, figures["behind_until"] - resumed)
        report.line(
            "outage",
            f"seconds until the lag is below 3 s after {OUTAGE_S:g} s without a processor, {args.latency_size}",
            engine=engine,
            isa=args.isa,
            product=round(back, 1),
            missing=figures["missing"],
            words=figures["words"],
            **Bar(BACK_WITHIN_S).words(back, figures["missing"] == 0 and figures["behind_until"] > resumed),
        )


def measure_busy(report: Report, args: argparse.Namespace) -> None:
    """A hypothesis alone and beside a busy core; then with two threads that spin while they wait."""
    for engine in args.engine:
        options = {"size": args.latency_size, "engine": engine, "count": args.count * 5}
        found = {}
        for name, more, threads in (("product", {}, 1), ("spinning", SPINNING, 2)):
            env = {k: v for k, v in processes.environment(args.isa, **more).items() if v}
            alone = processes.run("tokens", {**options, "threads": threads}, env)
            with processes.busy_neighbour():
                beside = processes.run("tokens", {**options, "threads": threads}, env)
            found[name] = alone["median_s"], beside["median_s"], beside["median_s"] / alone["median_s"]
        own = found["product"]
        report.line(
            "busy",
            f"a hypothesis of 3 s beside a busy core, {args.latency_size}",
            engine=engine,
            alone_s=own[0],
            beside_s=own[1],
            product=round(own[2], 2),
            spinning=round(found["spinning"][2], 2),
            spinning_s=found["spinning"][1],
            **Bar(SLOWER).words(own[2]),
        )
