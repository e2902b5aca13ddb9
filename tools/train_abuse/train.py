"""Learns the weights: `python -m tools.train_abuse.train`.

Logistic regression for each label over the traits of the text, all examples at once, the same result on every run. Half
b of the development set is left out, so that it still tells something.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch

from desktop.domain.abuse_rules.weights import FEWEST, Weights, packed, traits_of
from tools.train_abuse.sentences import ROOT, Example, all_learnt, changed

LABELS = ("PROFANITY", "INSULT", "THREAT", "SEXUAL", "CRISIS")
LANGUAGES = ("ko", "ja", "en")
MODELS = ROOT / "resources" / "abuse"
ADDS = {"PROFANITY": 1.0, "INSULT": 0.0, "THREAT": 0.3, "SEXUAL": 0.3, "CRISIS": 0.3}
KEEPS = {"PROFANITY": -4.0, "INSULT": -1.5, "THREAT": -1.5, "SEXUAL": -1.5, "CRISIS": -4.0}
ADDS_OF_FEW = {"PROFANITY": 0.6, "INSULT": 0.6, "THREAT": 0.6, "SEXUAL": 0.3, "CRISIS": 0.6}
KEEPS_OF_FEW = {"PROFANITY": -4.0, "INSULT": -4.0, "THREAT": -4.0, "SEXUAL": -4.0, "CRISIS": -9.0}
"""For languages with few sentences to learn from: their models say less."""
LARGEST = {"ko": 60_000, "ja": 20_000, "en": 30_000}
"""Traits of a model."""
SEEN = 2
"""Examples that a trait must stand in."""
STEPS, STEP, SCALE, PULL = 100, 0.1, 2.0, 1e-5


def learn(examples: Sequence[Example], language: str) -> Weights:
    """A model of the examples: learnt, cut to the traits that weigh most, learnt again with those."""
    names = [frozenset(trait.name for trait in traits_of(each.text)) for each in examples]
    seen = Counter(name for some in names for name in some)
    known = sorted(name for name, count in seen.items() if count >= SEEN)
    table, _ = _fitted(examples, names, known)
    heavy = np.argsort(-np.abs(table).max(axis=1), kind="stable")[: LARGEST[language]]
    known = [known[at] for at in sorted(heavy)]
    table, constants = _fitted(examples, names, known)
    unit = float(np.abs(table).max()) / 127
    whole = np.clip(np.rint(table / unit), -127, 127).astype(np.int8)
    return Weights(
        LABELS,
        {name: row for row, name in enumerate(known)},
        memoryview(whole.tobytes()).cast("b"),
        unit * SCALE,
        tuple(round(float(each), 4) for each in constants),
        ADDS if language == "ko" else ADDS_OF_FEW,
        KEEPS if language == "ko" else KEEPS_OF_FEW,
    )


def _fitted(
    examples: Sequence[Example], names: Sequence[Iterable[str]], known: Sequence[str]
) -> tuple[np.ndarray, np.ndarray]:
    """The table (trait, label) and the constants."""
    row_of = {name: row for row, name in enumerate(known)}
    columns = [sorted(row_of[name] for name in some if name in row_of) for some in names]
    lengths = np.array([len(some) for some in columns])
    rows = np.repeat(np.arange(len(columns)), lengths)
    flat = np.concatenate([np.array(some, np.int64) for some in columns])
    values = np.repeat(SCALE / np.sqrt(np.maximum(lengths, FEWEST)), lengths).astype(np.float32)
    there = _sparse(rows, flat, values, (len(columns), len(known)))
    order = np.lexsort((rows, flat))
    back = _sparse(flat[order], rows[order], values[order], (len(known), len(columns)))
    wanted = torch.tensor([[float(label in each.labels) for label in LABELS] for each in examples])
    counts = torch.tensor([[each.counts] for each in examples])
    table, constants = torch.zeros(len(known), len(LABELS)), torch.full((len(LABELS),), -2.0)
    moments = [torch.zeros_like(each) for each in (table, table, constants, constants)]
    for step in range(1, STEPS + 1):
        wrong = (torch.sigmoid(there @ table + constants) - wanted) * counts / counts.sum()
        slopes = (back @ wrong + PULL * table, wrong.sum(0))
        for at, (weights, slope) in enumerate(zip((table, constants), slopes, strict=True)):
            first, second = moments[2 * at], moments[2 * at + 1]
            first.mul_(0.9).add_(0.1 * slope)
            second.mul_(0.99).add_(0.01 * slope * slope)
            rate = STEP * (1 - 0.9 * step / STEPS)
            weights -= rate * (first / (1 - 0.9**step)) / ((second / (1 - 0.99**step)).sqrt() + 1e-7)
    return table.numpy(), constants.numpy()


def _sparse(
    rows: np.ndarray, columns: np.ndarray, values: np.ndarray, shape: tuple[int, int]
) -> torch.Tensor:
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=shape[0]))])
    return torch.sparse_csr_tensor(
        torch.tensor(starts), torch.tensor(columns), torch.tensor(values), size=shape
    )


def main(arguments: Sequence[str]) -> int:
    """Learn, write the model."""
    parser = argparse.ArgumentParser(prog="train_abuse", description=__doc__, allow_abbrev=False)
    parser.add_argument("--lang", choices=LANGUAGES, nargs="+", default=LANGUAGES)
    parser.add_argument("--to", type=Path, default=MODELS, metavar="FOLDER")
    args = parser.parse_args(arguments)
    torch.set_num_threads(2)
    for language in args.lang:
        examples = all_learnt(language)
        model = learn(changed(examples, language == "ko"), language)
        path = args.to / f"{language}.weights"
        path.write_bytes(packed(model))
        print(
            f"{path.name}: {len(examples)} sentences, {len(model.rows)} traits, {path.stat().st_size} bytes"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
