#!/usr/bin/env python3
"""Render the practice scenarios' lines to the audio files that ship with the project.

    python tools/render_voices.py              render what is missing or out of date
    python tools/render_voices.py --check      say whether the files fit the scenarios; exit 1 if not

Needs the command line tools espeak-ng, sox and flac, at build time only. Every line a caller says and every model
answer of the agent becomes `voices/<scenario>/<turn, two digits>-<caller|agent>.flac`: 16 kHz, mono, 16 bit, silence at
both ends trimmed, speech at -20 dBFS RMS. `voices/manifest.json` holds, for each file, a hash of all that it was made
from, a hash of the file, and its length in seconds.
"""

from __future__ import annotations

import argparse
import array
import hashlib
import json
import math
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parent.parent
SCENARIOS = ROOT / "resources" / "practice" / "scenarios.yaml"
VOICES = ROOT / "resources" / "practice" / "voices"
RATE = 16_000
TARGET_DBFS = -20.0
PEAK = 0.95
FRAME = RATE // 50
SPEECH_FLOOR = 0.01
RECIPE = "1"  # raised when the processing below changes, so that every file counts as out of date


class ToolError(Exception):
    """A tool that is missing or that failed, in one sentence."""


@dataclass(frozen=True)
class Line:
    """One spoken turn: where its file goes, what is read, and by which voice."""

    scenario: str
    turn: int
    who: str
    text: str
    say: str
    variant: str
    speed: int
    pitch: int

    @property
    def name(self) -> str:
        """Path of the file below the voices folder."""
        return f"{self.scenario}/{self.turn:02d}-{self.who}.flac"

    @property
    def source(self) -> str:
        """Hash of everything the sound depends on."""
        made_of = [RECIPE, self.say, self.variant, str(self.speed), str(self.pitch)]
        return hashlib.sha256("\n".join(made_of).encode()).hexdigest()


def load(path: Path) -> dict[str, Any]:
    """Return the scenario file as plain dictionaries and lists."""
    with path.open(encoding="utf-8") as stream:
        document: dict[str, Any] = YAML(typ="safe").load(stream)
    return document


def fill(text: str, placeholders: dict[str, str]) -> str:
    """Put names in the place of placeholders, in the order given."""
    for mark, name in placeholders.items():
        text = text.replace(mark, name)
    return text


def lines(document: dict[str, Any]) -> Iterator[Line]:
    """Yield every spoken line; turns count from 1 and agent turns count too."""
    meta = document["meta"]
    for scenario in document["scenarios"]:
        for number, turn in enumerate(scenario["turns"], 1):
            written = turn.get("text") or turn.get("model")
            if not written:
                continue
            voice = scenario["voice"] if turn["who"] == "caller" else meta["agent_voice"]
            text = fill(written, meta["placeholders"])
            say = fill(turn.get("say", written), meta["placeholders"])
            yield Line(
                scenario["id"],
                number,
                turn["who"],
                text,
                say,
                voice["variant"],
                voice["speed"],
                voice["pitch"],
            )


def pipe(command: list[str], data: bytes = b"") -> bytes:
    """Run a tool with `data` on its standard input and return its standard output."""
    try:
        done = subprocess.run(command, input=data, capture_output=True, check=True)
    except FileNotFoundError:
        raise ToolError(f"{command[0]} is not installed") from None
    except subprocess.CalledProcessError as error:
        raise ToolError(f"{command[0]} failed: {error.stderr.decode(errors='replace').strip()}") from error
    return done.stdout


def synthesise(say: str, variant: str, speed: int, pitch: int) -> array.array[int]:
    """Return what espeak-ng's Korean voice makes of the text, as 16 kHz samples, untrimmed."""
    # The text goes in through standard input: on the command line it could be taken for an option.
    command = [
        "espeak-ng",
        "-v",
        f"ko{variant}",
        "-s",
        str(speed),
        "-p",
        str(pitch),
        "-b",
        "1",
        "--stdin",
        "--stdout",
    ]
    wave = pipe(command, say.encode())
    # -D: no dither, which is random; 3 dB of room, because resampling overshoots.
    raw = ["-t", "raw", "-b", "16", "-e", "signed", "-c", "1", "-r", str(RATE)]
    samples = array.array("h")
    samples.frombytes(pipe(["sox", "-D", "-G", "-t", "wav", "--ignore-length", "-", *raw, "-"], wave))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def level(samples: array.array[int]) -> array.array[int]:
    """Trim silence at both ends and bring the speech in it to the target level."""
    peak = max((abs(s) for s in samples), default=0)
    if peak == 0:
        raise ToolError("espeak-ng gave no sound")
    loud = [i for i, s in enumerate(samples) if abs(s) > SPEECH_FLOOR * peak]
    cut = samples[max(0, loud[0] - FRAME) : loud[-1] + 2 * FRAME]
    powers = [sum(s * s for s in cut[i : i + FRAME]) / FRAME for i in range(0, len(cut) - FRAME + 1, FRAME)]
    gate = 0.01 * max(powers)
    speech = [p for p in powers if p > gate]
    rms = math.sqrt(sum(speech) / len(speech)) / 32768
    gain = min(10 ** (TARGET_DBFS / 20) / rms, PEAK * 32767 / peak)
    return array.array("h", (round(s * gain) for s in cut))


def encode(samples: array.array[int]) -> bytes:
    """Return the samples as FLAC; the same samples always give the same bytes."""
    if sys.byteorder == "big":
        samples = samples[:]
        samples.byteswap()
    form = ["--force-raw-format", "--endian=little", "--sign=signed", "--channels=1", "--bps=16"]
    return pipe(
        ["flac", "-8", "-s", "--no-padding", *form, f"--sample-rate={RATE}", "-c", "-"], samples.tobytes()
    )


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest's entries by file name; empty if there is none that can be read."""
    try:
        document = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    entries: dict[str, Any] = document.get("files", {})
    return entries


def problem(line: Line, folder: Path, entries: dict[str, Any]) -> str | None:
    """Say what is wrong with the file of a line, or None if it is up to date."""
    entry = entries.get(line.name)
    if entry is None or not (folder / line.name).is_file():
        return "missing"
    if entry.get("source") != line.source or entry.get("text") != line.text:
        return "out of date"
    if hashlib.sha256((folder / line.name).read_bytes()).hexdigest() != entry.get("sha256"):
        return "not the file that was rendered"
    return None


def render(line: Line, folder: Path) -> dict[str, Any]:
    """Make the file of one line and return its entry for the manifest."""
    samples = level(synthesise(line.say, line.variant, line.speed, line.pitch))
    data = encode(samples)
    path = folder / line.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    seconds = round(len(samples) / RATE, 3)
    digest = hashlib.sha256(data).hexdigest()
    return {"text": line.text, "source": line.source, "sha256": digest, "seconds": seconds}


def check(wanted: list[Line], folder: Path) -> int:
    """Print every file that does not fit the scenarios; 0 if all do."""
    entries = read_manifest(folder)
    faults = {line.name: fault for line in wanted if (fault := problem(line, folder, entries))}
    names = {line.name for line in wanted}
    present = {path.relative_to(folder).as_posix() for path in folder.glob("*/*.flac")}
    faults.update(dict.fromkeys(sorted((present | set(entries)) - names), "belongs to no line"))
    for name, fault in faults.items():
        print(f"{name}: {fault}")
    print(f"{len(names)} lines, {len(faults)} files do not fit")
    return 1 if faults else 0


def update(wanted: list[Line], folder: Path) -> None:
    """Render what is out of date, remove what belongs to no line, write the manifest."""
    old = read_manifest(folder)
    entries: dict[str, Any] = {}
    made = 0
    for line in wanted:
        if problem(line, folder, old) is None:
            entries[line.name] = old[line.name]
        else:
            entries[line.name] = render(line, folder)
            made += 1
    for path in folder.glob("*/*.flac"):
        if path.relative_to(folder).as_posix() not in entries:
            path.unlink()
    document = {"rate": RATE, "synthesiser": "espeak-ng, Korean", "files": entries}
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")
    seconds = sum(entry["seconds"] for entry in entries.values())
    print(f"{made} of {len(entries)} files rendered, {seconds:.0f} s of speech in all")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 done, 1 failed or files do not fit."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only say whether the files fit the scenarios")
    parser.add_argument("--scenarios", type=Path, default=SCENARIOS)
    parser.add_argument("--voices", type=Path, default=VOICES, help="folder of the audio files")
    options = parser.parse_args(arguments)
    wanted = list(lines(load(options.scenarios)))
    if options.check:
        return check(wanted, options.voices)
    try:
        update(wanted, options.voices)
    except ToolError as error:
        print(f"render_voices: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
