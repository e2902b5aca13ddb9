#!/usr/bin/env python3
"""Render what the shipped policies say in a call to the audio files that ship with the project.

    python -m tools.render_warnings              render what is missing or out of date
    python -m tools.render_warnings --check      say whether the files fit the policies; exit 1 if not

Needs espeak-ng and sox, at build time only. Every text of a ladder, in each language that espeak-ng speaks, becomes
`voice/<language>/<text>-<version>.ogg` (with the minutes where the text says how many are left): Ogg Vorbis, 16 kHz,
mono, speech at -20 dBFS RMS. Texts of the crisis path are for a person's voice and are not rendered.
`voice/manifest.json` holds for each file the hash of what it says, a hash of the file, and its seconds.
"""

from __future__ import annotations

import argparse
import array
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from desktop.adapters.policy.presets import PRESETS
from desktop.adapters.policy.reading import load_policy
from desktop.adapters.policy.voices import MANIFEST, read_manifest, shipped_folder, spoken_digest, voice_name
from desktop.domain.policy import Policy, Sentence
from tools.render_voices import RATE, ToolError, level, pipe

SPOKEN = {"ko": "ko", "en": "en-us", "vi": "vi", "th": "th", "ja": "ja"}
"""Voices of espeak-ng by language. Mongolian has none."""

SPEED, PITCH = 150, 45
MOST_MINUTES = 5
ENDING = ".ogg"


def sentences(policy: Policy) -> dict[str, Sentence]:
    """What a policy can have played, by the name of its file."""
    texts = {step.text_id for steps in policy.ladders.values() for step in steps if step.text_id}
    found: dict[str, Sentence] = {}
    for text_id in sorted(texts):
        for language in (each for each in policy.languages if each in SPOKEN):
            for minutes in range(1, MOST_MINUTES + 1):
                sentence = policy.sentence(text_id, language, minutes)
                found[f"{language}/{voice_name(sentence)}{ENDING}"] = sentence
    return found


def wanted() -> dict[str, Sentence]:
    """What all presets can have played. Raises ToolError where two of them mean different words by one name."""
    found: dict[str, Sentence] = {}
    for preset in PRESETS:
        for name, sentence in sentences(load_policy(preset).policy).items():
            if found.setdefault(name, sentence) != sentence:
                raise ToolError(f"{name} has other words in {preset}; give the text another id or version")
    return found


def synthesise(sentence: Sentence) -> array.array[int]:
    """What espeak-ng makes of the sentence, as 16 kHz samples at the usual level."""
    voice = ["-v", SPOKEN[sentence.language], "-s", str(SPEED), "-p", str(PITCH), "-b", "1"]
    # The text goes in through standard input: on the command line it could be taken for an option.
    spoken = pipe(["espeak-ng", *voice, "--stdin", "--stdout"], sentence.say.encode())
    raw = ["-t", "raw", "-b", "16", "-e", "signed", "-c", "1", "-r", str(RATE)]
    samples = array.array("h")
    samples.frombytes(pipe(["sox", "-D", "-G", "-t", "wav", "--ignore-length", "-", *raw, "-"], spoken))
    if sys.byteorder == "big":
        samples.byteswap()
    return level(samples)


def encode(samples: array.array[int]) -> bytes:
    """The samples as Ogg Vorbis of the lowest rate; -R makes the same samples the same bytes."""
    raw = ["-t", "raw", "-b", "16", "-e", "signed", "-c", "1", "-r", str(RATE), "--endian", "little"]
    if sys.byteorder == "big":
        samples = samples[:]
        samples.byteswap()
    return pipe(["sox", "-R", "-D", *raw, "-", "-t", "ogg", "-C", "-1", "-"], samples.tobytes())


def problem(name: str, sentence: Sentence, folder: Path, entries: dict[str, Any]) -> str | None:
    """What is wrong with a file, or None where it is up to date."""
    entry = entries.get(name)
    if entry is None or not (folder / name).is_file():
        return "missing"
    if entry.get("spoken") != spoken_digest(sentence):
        return "out of date"
    if hashlib.sha256((folder / name).read_bytes()).hexdigest() != entry.get("sha256"):
        return "not the file that was rendered"
    return None


def render(sentence: Sentence, path: Path) -> dict[str, Any]:
    """Make one file and return its entry for the manifest."""
    samples = synthesise(sentence)
    data = encode(samples)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    seconds = round(len(samples) / RATE, 3)
    digest = hashlib.sha256(data).hexdigest()
    return {
        "text": sentence.text,
        "spoken": spoken_digest(sentence),
        "sha256": digest,
        "seconds": seconds,
    }


def check(lines: dict[str, Sentence], folder: Path) -> int:
    """Print every file that does not fit the policies; 0 if all do."""
    entries = read_manifest(folder)
    faults = {name: fault for name, line in lines.items() if (fault := problem(name, line, folder, entries))}
    present = {path.relative_to(folder).as_posix() for path in folder.glob(f"*/*{ENDING}")}
    faults.update(dict.fromkeys(sorted((present | set(entries)) - set(lines)), "belongs to no text"))
    for name, fault in faults.items():
        print(f"{name}: {fault}")
    print(f"{len(lines)} texts, {len(faults)} files do not fit")
    return 1 if faults else 0


def update(lines: dict[str, Sentence], folder: Path) -> None:
    """Render what is out of date, remove what belongs to no text, write the manifest."""
    old = read_manifest(folder)
    entries: dict[str, Any] = {}
    made = 0
    for name, sentence in lines.items():
        if problem(name, sentence, folder, old) is None:
            entries[name] = old[name]
        else:
            entries[name] = render(sentence, folder / name)
            made += 1
    for path in folder.glob(f"*/*{ENDING}"):
        if path.relative_to(folder).as_posix() not in entries:
            path.unlink()
    document = {"rate": RATE, "synthesiser": "espeak-ng", "files": entries}
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    print(
        f"{made} of {len(entries)} files rendered, {sum(e['seconds'] for e in entries.values()):.0f} s in all"
    )


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 done, 1 failed or files do not fit."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only say whether the files fit the policies")
    parser.add_argument("--voices", type=Path, default=shipped_folder(), help="folder of the audio files")
    options = parser.parse_args(arguments)
    try:
        lines = wanted()
        if options.check:
            return check(lines, options.voices)
        update(lines, options.voices)
    except ToolError as error:
        print(f"render_warnings: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
