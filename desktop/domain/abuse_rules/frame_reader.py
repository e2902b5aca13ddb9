"""Reads the frames of a lexicon: see `frames` for how they are written."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from desktop.domain.abuse_rules.frames import Frame, Part

MOST_FORMS = 3_000
_ANCHORS = ("^", "$", "@")
_GAPS = {"..": 12, "...": 30}
_LIST = re.compile(r"\{(\w+)\}")
_CLASS = re.compile(r"\[([^\]]+)\]")
_ONE_WORD: tuple[tuple[str, ...], ...] = ((),)
"""What follows the first word of most forms: nothing; kept once."""


class FrameError(ValueError):
    """A frame can't be read; the message says why."""


class FrameReader:
    """Reads the frames of one lexicon. A part that several of them have is kept once: for Korean 0.6 of 3.3 MB."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]], style: str) -> None:
        self._lists, self._style = lists, style
        self._choices: dict[str, tuple[Part | None, ...]] = {}
        self._forms: dict[str, str] = {}

    def read(self, written: str) -> Frame:
        """Read a frame. Raises FrameError."""
        parts: list[tuple[Part | None, ...]] = []
        gap = -1
        for word in written.split():
            if word in _GAPS:
                gap = _GAPS[word]
                continue
            after_start = bool(parts) and any(each is not None and each.anchor == "^" for each in parts[-1])
            room = gap if parts and not after_start else -1
            parts.append(tuple(each and each.behind(room) for each in self._choices_of(word)))
            gap = -1
        rows = tuple(_rows(parts))
        if not rows:
            raise FrameError("it has no word")
        for row in rows:
            if any(part.anchor == "^" for part in row[1:]) or any(part.anchor == "$" for part in row[:-1]):
                raise FrameError("^ belongs at the start and $ at the end")
        return Frame(rows, self._style)

    def _choices_of(self, word: str) -> tuple[Part | None, ...]:
        """What may stand in a part's place: its forms, the end of the text for "$", nothing if optional."""
        if word not in self._choices:
            self._choices[word] = self._read_choices(word)
        return self._choices[word]

    def _read_choices(self, word: str) -> tuple[Part | None, ...]:
        if word in _ANCHORS:
            return (Part(anchor=word),)
        optional = word.endswith("?")
        body = word[:-1] if optional else word
        exact, body = body.startswith("="), body.removeprefix("=")
        starts, ends, noun = body.startswith("<"), body.endswith(">"), body.endswith("~")
        forms = expand(body.removeprefix("<").rstrip(">~"), self._lists)
        choices: list[Part | None] = [Part(anchor="$")] if "$" in forms else []
        forms = tuple(self._forms.setdefault(form, form) for form in forms if form != "$")
        if forms and self._style == "words":
            heads, prefixes = _word_index(forms)
            choices.insert(0, Part(forms, heads=heads, prefixes=prefixes))
        elif forms:
            choices.insert(0, Part(forms, starts, ends, exact, noun))
        return (*choices, None) if optional else tuple(choices)


def _rows(parts: Sequence[tuple[Part | None, ...]]) -> Iterator[tuple[Part, ...]]:
    """A row for each choice; where an optional part is left out, the gap before it stays."""
    for chosen in itertools.product(*parts):
        row: list[Part] = []
        gap = -1
        for part in chosen:
            if part is None:
                continue
            row.append(part.behind(max(gap, part.gap) if row else -1))
            gap = -1
        if any(part.forms or part.anchor == "@" for part in row):
            yield tuple(row)


def expand(text: str, lists: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """All forms of the alternatives of a part. Raises FrameError."""
    forms: list[str] = []
    for alternative in text.split("|"):
        if not alternative:
            raise FrameError(f"an alternative of “{text}” is empty")
        forms += _forms(alternative, lists)
    if len(forms) > MOST_FORMS:
        raise FrameError(f"“{text}” has more than {MOST_FORMS} forms")
    return tuple(dict.fromkeys(forms))


def _forms(text: str, lists: Mapping[str, tuple[str, ...]]) -> list[str]:
    named, letters = _LIST.search(text), _CLASS.search(text)
    found = named or letters
    if found is None:
        if set(text) & set("[]{}<>?|~"):
            raise FrameError(f"“{text}” has a sign in a place where it means nothing")
        return [text]
    if named and named[1] not in lists:
        raise FrameError(f"there is no list {{{named[1]}}}")
    middle = lists[named[1]] if named else tuple(found[1])
    heads, tails = _forms(text[: found.start()], lists), _forms(text[found.end() :], lists)
    return ["".join(each) for each in itertools.product(heads, middle, tails)]


def _word_index(forms: tuple[str, ...]) -> tuple[dict[str, tuple[tuple[str, ...], ...]], tuple[str, ...]]:
    """Forms of whole words by their first word: "i_m" is heard as "i m" and as "im"."""
    heads: dict[str, list[tuple[str, ...]]] = {}
    prefixes: list[str] = []
    for form in forms:
        ended = form.endswith("$")
        words = form.removesuffix("$").split("_")
        if len(words) == 1 and words[0].endswith("*"):
            prefixes.append(words[0][:-1])
            continue
        tail = tuple(words[1:])
        heads.setdefault(words[0], []).append((*tail, "$") if ended else tail)
        if tail:
            heads.setdefault("".join(words), []).append(("$",) if ended else ())
    by_first = {word: _ONE_WORD if tails == [()] else tuple(tails) for word, tails in heads.items()}
    return by_first, tuple(prefixes)
