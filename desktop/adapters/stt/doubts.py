"""Which words of a text the recogniser did not trust, from the log probabilities of its tokens."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence

from desktop.adapters.stt.acceptance import Decoding
from desktop.adapters.stt.agreement import readable
from desktop.domain.transcript import LOW_CONFIDENCE, Span

LONGEST_WORD = 16
"""Characters; what is longer is a script without spaces, in which each stretch of tokens stands for itself."""
LEAST = math.log(LOW_CONFIDENCE)

Part = tuple[int, int, float, int]
"""First character, character after the last, sum of log probabilities, tokens."""


def doubts(decoding: Decoding, content: Callable[[Sequence[int]], bytes]) -> tuple[Span, ...]:
    """Stretches of `readable(content(tokens))` whose mean probability per token is below `LOW_CONFIDENCE`.

    None where the engine does not say how sure it was of each token.
    """
    if decoding.logprobs is None or len(decoding.logprobs) != len(decoding.tokens):
        return ()
    text = readable(content(decoding.tokens))
    parts = list(_parts(decoding, content, len(text)))
    found: list[Span] = []
    for word in re.finditer(r"\S+", text):
        inside = [part for part in parts if part[0] < word.end() and part[1] > word.start()]
        groups = [[part] for part in inside] if word.end() - word.start() > LONGEST_WORD else [inside]
        for group in groups:
            tokens = sum(part[3] for part in group)
            if tokens and sum(part[2] for part in group) / tokens < LEAST:
                start, end = max(word.start(), group[0][0]), min(word.end(), group[-1][1])
                if found and not text[found[-1][1] : start].strip():
                    start = found.pop()[0]
                found.append((start, end))
    return tuple(found)


def _parts(decoding: Decoding, content: Callable[[Sequence[int]], bytes], length: int) -> Iterator[Part]:
    """The text in pieces of whole characters; a token that ends inside one belongs to the piece that completes it."""
    start, total, tokens = 0, 0.0, 0
    for count, logprob in enumerate(decoding.logprobs or (), 1):
        total, tokens = total + logprob, tokens + 1
        end = min(length, len(readable(content(decoding.tokens[:count]))))
        if end > start:
            yield start, end, total, tokens
            start, total, tokens = end, 0.0, 0
