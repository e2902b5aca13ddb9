"""The detection of abuse and crisis beside its rules alone and a plain word list, on `tests/data/abuse`.

One JSON object a line: precision, recall and F1 by label, false alarms on benign sentences, recall of crisis, time.
`python3 dev.py bench abuse [--split a|b|all] [--lang LANG ...]`
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from desktop.adapters.abuse.files import load, models  # noqa: E402
from desktop.domain.abuse import Detector, Turn  # noqa: E402
from desktop.domain.abuse_rules.lexicon import LABELS, Lexicon  # noqa: E402
from desktop.domain.transcript import Leg  # noqa: E402

DATA = ROOT / "tests" / "data" / "abuse"
LANGUAGES = ("ko", "en", "ja", "vi", "th", "mn")
MACRO = tuple(label for label in LABELS if label != "PERSISTENT")
"""The labels of the mean: the persistent are told by calls more than by sentences."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One row of the development set; `kind` says how it is said or by which mechanism it is a false friend."""

    text: str
    language: str
    leg: Leg
    labels: frozenset[str]
    kind: str
    split: str


@dataclass(slots=True)
class Counts:
    """True and false findings of one label."""

    hit: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of findings that are right; 1 where nothing was found."""
        return self.hit / (self.hit + self.wrong) if self.hit + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share found of what is there; 1 where there is nothing."""
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Result:
    """What one system found in some sentences."""

    labels: dict[str, Counts] = field(default_factory=lambda: {label: Counts() for label in LABELS})
    benign: int = 0
    alarms: list[str] = field(default_factory=list)
    crisis_as_abuse: int = 0
    milliseconds: list[float] = field(default_factory=list)

    @property
    def macro_f1(self) -> float:
        """Mean F1 of the labels that sentences tell."""
        return sum(self.labels[label].f1 for label in MACRO) / len(MACRO)

    @property
    def false_alarms(self) -> float:
        """Share of benign sentences with a label."""
        return len(self.alarms) / self.benign if self.benign else 0.0

    def quantile(self, share: float) -> float:
        """Milliseconds for a sentence that this share of them stays under."""
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


Judge = Callable[[Sentence], frozenset[str]]


def sentences(languages: Iterable[str] = LANGUAGES, split: str = "all") -> list[Sentence]:
    """The development set of these languages."""
    found: list[Sentence] = []
    for language in languages:
        with (DATA / f"{language}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if split in ("all", row["split"]):
                    labels = frozenset(filter(None, row["labels"].split("|")))
                    leg = Leg(row["leg"])
                    found.append(Sentence(row["text"], row["lang"], leg, labels, row["kind"], row["split"]))
    return found


def rules(detector: Detector) -> Judge:
    """A detector: each sentence as the first of a call of its own."""
    number = iter(range(10**9))

    def judge(sentence: Sentence) -> frozenset[str]:
        call = f"bench-{next(number)}"
        return frozenset(
            detector.judge(Turn(call, 1.0, sentence.language, sentence.leg, sentence.text)).labels
        )

    return judge


def word_list(lexicons: dict[str, Lexicon]) -> Judge:
    """The baseline: the lexicon's plain words and the forms of its one-part frames, looked for as substrings."""
    words: dict[str, list[tuple[str, str]]] = {}
    for language, lexicon in lexicons.items():
        listed = words.setdefault(language, [])
        for rule in lexicon.rules:
            plain = list(rule.words)
            for frame in rule.frames:
                plain += frame.plain_forms
            listed += [(word.replace("_", " ").strip("*$"), rule.label) for word in plain]

    def judge(sentence: Sentence) -> frozenset[str]:
        if sentence.leg is not Leg.CALLER:
            return frozenset()
        text = sentence.text.casefold()
        return frozenset(label for word, label in words[sentence.language] if word and word in text)

    return judge


def measure(judge: Judge, some: Sequence[Sentence]) -> Result:
    """Judge all sentences."""
    result = Result()
    for sentence in some:
        started = time.perf_counter()
        found = judge(sentence)
        result.milliseconds.append((time.perf_counter() - started) * 1000)
        wanted = sentence.labels if sentence.leg is Leg.CALLER else frozenset[str]()
        for label, counts in result.labels.items():
            counts.hit += label in found and label in wanted
            counts.wrong += label in found and label not in wanted
            counts.missed += label not in found and label in wanted
        if not wanted:
            result.benign += 1
            if found:
                result.alarms.append(sentence.text)
        result.crisis_as_abuse += "CRISIS" in wanted and bool(found - wanted)
    return result


def report(system: str, language: str, split: str, result: Result) -> None:
    """Print the lines of one result."""
    base = {"bench": "abuse", "system": system, "lang": language, "split": split}
    for label, counts in result.labels.items():
        figures = {"P": counts.precision, "R": counts.recall, "F1": counts.f1}
        rounded = {name: round(value, 3) for name, value in figures.items()}
        print(json.dumps({**base, "label": label, **rounded, "n": counts.hit + counts.missed}), flush=True)
    print(
        json.dumps(
            {
                **base,
                "macro_f1": round(result.macro_f1, 3),
                "false_alarms": round(result.false_alarms, 4),
                "benign": result.benign,
                "crisis_recall": round(result.labels["CRISIS"].recall, 3),
                "crisis_as_abuse": result.crisis_as_abuse,
                "ms_p50": round(result.quantile(0.5), 2),
                "ms_p95": round(result.quantile(0.95), 2),
            }
        ),
        flush=True,
    )


def parser() -> argparse.ArgumentParser:
    """The arguments."""
    found = argparse.ArgumentParser(prog="bench abuse", description=__doc__, allow_abbrev=False)
    found.add_argument(
        "--split", choices=("a", "b", "all"), default="b", help="a: for tuning, b: for reporting"
    )
    found.add_argument("--lang", choices=LANGUAGES, nargs="+", default=LANGUAGES)
    return found


def main(arguments: Sequence[str]) -> int:
    """Measure what was asked for."""
    args = parser().parse_args(arguments)
    lexicons = load()
    systems = {
        "product": rules(Detector(lexicons, models())),
        "rules alone": rules(Detector(lexicons)),
        "word list": word_list(lexicons),
    }
    for language in args.lang:
        some = sentences([language], args.split)
        for system, judge in systems.items():
            report(system, language, args.split, measure(judge, some))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
