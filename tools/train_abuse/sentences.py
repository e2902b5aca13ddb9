"""The sentences that the weights are learnt from: the development set, what people ask, and what patterns make.

A file of patterns has `## LABEL|LABEL` (or `## NONE`) over patterns: `{a|b}` is one of these, `$NAME` a list given
above by a line `$NAME = a|b`; of particles in two forms with a slash between them the one is taken that fits the letter
before. `# ` begins a comment.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.train_abuse.mouths import said_otherwise

ROOT = Path(__file__).resolve().parents[2]
PATTERNS = Path(__file__).parent / "patterns"
DATA = ROOT / "tests" / "data"
MOST = {"ko": 25, "ja": 25, "en": 60}
"""Sentences that one pattern makes."""
LESS = 0.3
"""What a made sentence counts beside a written one."""
WITHOUT_SPACES = 0.3
"""Share of the sentences that are learnt a second time with spaces lost."""
WITH_ANOTHER = 0.2
"""Share of the sentences that are learnt again with one that deserves no label before or behind them."""
IN_ANOTHER_MOUTH = 0.35
"""Share of the sentences that are learnt again as other callers say them: dialect, misspelt, politely or not."""
_PARTICLE = re.compile("([가-힣])(을|은|이|과|으로|이랑|아)/(를|는|가|와|로|랑|야)")
_ASKED = re.compile(r"^  (?:question|variants): (.+)$", re.MULTILINE)
_CHOICE = re.compile(r"(\{[^}]*\})")
_LIST = re.compile(r"\$([A-Z]+)")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, its labels and what it counts. `batch`: the half of the development set, or "" for another source."""

    text: str
    labels: frozenset[str]
    counts: float
    batch: str = ""


def written(language: str) -> Iterator[Example]:
    """The callers of the development set."""
    with (DATA / "abuse" / f"{language}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["leg"] == "caller":
                yield Example(row["text"], _labels(row["labels"]), 1.0, row["split"])


def asked(language: str) -> Iterator[Example]:
    """Questions and small talk of the search's test data: nothing in them deserves a label."""
    with (DATA / "faq" / "questions.csv").open(encoding="utf-8", newline="") as file:
        lines = [row["query"] for row in csv.DictReader(file) if row["lang"] == language]
    if language == "ko":
        with (DATA / "faq" / "colloquial-ko.csv").open(encoding="utf-8", newline="") as file:
            lines += [row["query"] for row in csv.DictReader(file)]
        lines += (DATA / "faq" / "chatter-ko.txt").read_text("utf-8").splitlines()
    for path in sorted((ROOT / "resources" / "faq" / "sample").glob(f"{language}*.yaml")):
        for found in _ASKED.finditer(path.read_text("utf-8")):
            lines += found[1].strip("[]").split(", ")
    for line in lines:
        if line.strip():
            yield Example(line, frozenset(), LESS if language == "ko" else 1.0)


def made(language: str) -> Iterator[Example]:
    """What the patterns make, the same on every machine."""
    chance = random.Random(7)
    for path in sorted(PATTERNS.glob(f"{language}_*.txt")):
        labels: frozenset[str] = frozenset()
        lists: dict[str, str] = {}
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("## "):
                labels = _labels(line[3:])
            elif line.startswith("$") and " = " in line:
                name, entries = line[1:].split(" = ", 1)
                lists[name] = entries
            elif line.strip() and not line.startswith("# "):
                for text in _filled(line, lists, chance, MOST[language]):
                    yield Example(text, labels, LESS)


def all_learnt(language: str) -> list[Example]:
    """Everything but half b of the development set, also where a pattern happens to make a sentence of it."""
    rows = list(written(language))
    kept_out = {_plain(each.text) for each in rows if each.batch == "b"}
    found = [*rows, *made(language), *asked(language)]
    return [each for each in found if each.batch != "b" and _plain(each.text) not in kept_out]


def _plain(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def changed(examples: list[Example], korean: bool) -> list[Example]:
    """All of them; some again beside another one, and of Korean in another mouth or without their spaces."""
    chance = random.Random(5)
    other_mouths = [
        Example(text, each.labels, each.counts / 2, each.batch)
        for each in examples
        if korean
        and chance.random() < IN_ANOTHER_MOUTH
        and (text := said_otherwise(each.text, chance)) != each.text
    ]
    examples = examples + other_mouths
    plain = [each for each in examples if not each.labels]
    again = []
    for each in examples:
        if korean and " " in each.text and chance.random() < WITHOUT_SPACES:
            kept = 0.0 if chance.random() < 0.5 else 0.6
            text = "".join(char for char in each.text if char != " " or chance.random() < kept)
            again.append(Example(text, each.labels, each.counts / 2, each.batch))
        if chance.random() < WITH_ANOTHER:
            other = chance.choice(plain).text
            text = f"{other}. {each.text}" if chance.random() < 0.5 else f"{each.text}. {other}"
            again.append(Example(text, each.labels, each.counts / 2, each.batch))
    return examples + again


def _labels(entry: str) -> frozenset[str]:
    return frozenset() if entry in ("", "NONE") else frozenset(entry.split("|"))


def _filled(pattern: str, lists: dict[str, str], chance: random.Random, most: int) -> list[str]:
    inside = _CHOICE.sub(lambda choice: _LIST.sub(lambda name: lists[name[1]], choice[0]), pattern)
    whole = "".join(
        part if part.startswith("{") else _LIST.sub(lambda name: "{" + lists[name[1]] + "}", part)
        for part in _CHOICE.split(inside)
    )
    slots = [part[1:-1].split("|") if part.startswith("{") else [part] for part in _CHOICE.split(whole)]
    ways = 1
    for slot in slots:
        ways *= len(slot)
    found: dict[str, None] = {}
    for _ in range(most * 6):
        if len(found) >= min(most, ways):
            break
        text = "".join(chance.choice(slot) for slot in slots)
        found[" ".join(_PARTICLE.sub(_fitting, text).split())] = None
    return list(found)


def _fitting(match: re.Match[str]) -> str:
    final = (ord(match[1]) - 0xAC00) % 28
    closed = final > 0 and not (match[2] == "으로" and final == 8)
    return match[1] + (match[2] if closed else match[3])
