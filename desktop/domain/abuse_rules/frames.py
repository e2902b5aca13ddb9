"""Frames: how the lexicon writes what somebody may say, and how that is looked for.

A frame is a row of parts with spaces between them. A part is `a|b|c` (one of these), `{list}` (one of a named list,
also with letters around it), `[ab]` (one of these letters); a `?` behind it makes it optional, `<` before it wants the
start of a word, `>` behind it the end of one, `~` behind it the end of one or a particle (Korean), `=` before it the
letters as written, with no space between them. `..` is a gap of up to 12 characters, `...` of up to 30 (double in
`words`), neither across the end of a sentence; `^` and `$` are the start and the end of the text (`$` also at the end
of a form), `@` the hit that a context is about.

Styles: in `syllables` (Korean) and `letters` (Japanese, Thai) parts follow each other with or without a space, anywhere
in a word; in `words` (English, Vietnamese, Mongolian) each part is a whole word, `kill*` any word that begins like
this, and `_` is the space inside a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from desktop.domain.abuse_rules.said import HIT, KEY, Said

STYLES = ("syllables", "letters", "words")
_PARTICLES = (
    "을",
    "를",
    "이",
    "가",
    "은",
    "는",
    "도",
    "만",
    "에",
    "의",
    "로",
    "으로",
    "한테",
    "까지",
    "부터",
    "들",
    "들이",
    "들을",
    "들은",
    "들도",
    "이나",
    "랑",
    "이랑",
    "하고",
    "에서",
    "보고",
    "때문에",
)
_SHORT = 2
_WORD_ENDS = "요다야아네지해라고냐까서면데가은는을를도에"
"""Where no spaces are left, a short word is only looked for behind a syllable that often ends one."""
_NO_HEADS: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType({})
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its forms, or an `anchor` (^ $ @). `gap` is what may stand before it (-1: it follows at once)."""

    forms: tuple[str, ...] = ()
    starts: bool = False
    ends: bool = False
    exact: bool = False
    noun: bool = False
    anchor: str = ""
    gap: int = -1
    heads: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=lambda: _NO_HEADS)
    prefixes: tuple[str, ...] = ()

    def behind(self, gap: int) -> Part:
        """The same part, with so much that may stand before it."""
        return self if gap == self.gap else replace(self, gap=gap)

    def find(self, said: Said) -> list[Span]:
        """All places of the part in `said.bare`, in order."""
        if self.anchor:
            return [(match.start(), match.end()) for match in re.finditer(HIT, said.bare)]
        spans = self._words(said) if self.heads or self.prefixes else self._letters(said)
        return sorted(set(spans))

    def _letters(self, said: Said) -> Iterator[Span]:
        bare = said.bare
        for written in self.forms:
            form = written.removesuffix("$")
            at = bare.find(form)
            while at >= 0:
                end = at + len(form)
                if self._begins_well(said, at, form) and (form is written or end > said.last):
                    end = self._ends_well(said, at, end, form)
                    if end:
                        yield at, end
                at = bare.find(form, at + 1)

    def _begins_well(self, said: Said, at: int, form: str) -> bool:
        if not self.starts or said.starts_word(at):
            return True
        return said.lost and (len(form) > _SHORT or said.bare[at - 1] in _WORD_ENDS)

    def _ends_well(self, said: Said, at: int, end: int, form: str) -> int:
        """Where the part ends, a particle included; 0 where it is none."""
        if self.exact and said.place[end - 1] - said.place[at] != len(form) - 1:
            return 0
        if self.noun:
            return self._noun_end(said, end, form)
        if not self.ends or said.ends_word(end):
            return end
        # A single syllable is a part of anything where no spaces are left.
        return end if said.lost and not self.exact and len(form) > 1 else 0

    def _noun_end(self, said: Said, end: int, form: str) -> int:
        if said.ends_word(end) and not (said.lost and len(form) == 1):
            return end
        for particle in _PARTICLES:
            if said.bare.startswith(particle, end) and (said.lost or said.ends_word(end + len(particle))):
                return end + len(particle)
        return end if said.lost and len(form) > 1 else 0

    def _words(self, said: Said) -> Iterator[Span]:
        for index, (word, start, _) in enumerate(said.words):
            tails = self.heads.get(word, ())
            if self.prefixes and word.startswith(self.prefixes):
                yield start, said.words[index][2]
            for tail in tails:
                end = _tail_end(said, index, tail)
                if end and (not tail or tail[-1] != "$" or end > said.last):
                    yield start, end

    def may_be(self, said: Said) -> bool:
        """A quick look whether the part can be in a text."""
        if self.heads or self.prefixes:
            if not said.known.isdisjoint(self.heads):
                return True
            return bool(self.prefixes) and any(word.startswith(self.prefixes) for word in said.known)
        return any(form.removesuffix("$") in said.bare for form in self.forms)


def _tail_end(said: Said, index: int, tail: tuple[str, ...]) -> int:
    """Where the words behind a form's first one end; 0 where they are others."""
    end = said.words[index][2]
    for word in tail:
        if word == "$":
            continue
        index += 1
        if index >= len(said.words):
            return 0
        found, start, stop = said.words[index]
        fits = found.startswith(word[:-1]) if word.endswith("*") else found == word
        if not fits or start - end > 2:
            return 0
        end = stop
    return end


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame that is ready to search: its rows of parts, one for each choice of the optional ones."""

    rows: tuple[tuple[Part, ...], ...]
    style: str

    def find(self, said: Said) -> Iterator[Span]:
        """Where the frame is, as places of the text."""
        for row in self.rows:
            for start, end in _find_row(row, said, self.style):
                yield said.span(start, end)

    @property
    def has_hit(self) -> bool:
        """Whether it is about a hit."""
        return any(part.anchor == "@" for row in self.rows for part in row)

    @property
    def plain_forms(self) -> tuple[str, ...]:
        """The forms of a frame that is nothing but one part."""
        row = self.rows[0]
        return row[0].forms if len(row) == 1 else ()


class FrameIndex:
    """Many frames, of which only those are tried that have a word in the text."""

    def __init__(self, frames: Sequence[Frame]) -> None:
        self.frames = tuple(frames)
        self._always: set[int] = set()
        self._by: dict[str, list[int]] = {}
        for number, frame in enumerate(self.frames):
            for row in frame.rows:
                keys = _row_keys(row)
                for key in keys:
                    self._by.setdefault(key, []).append(number)
                if not keys:
                    self._always.add(number)

    def find(self, said: Said) -> Iterator[tuple[int, Span]]:
        """The frames that are in a text, by number, with their places."""
        wanted = set(self._always)
        for key in said.keys & self._by.keys():
            wanted.update(self._by[key])
        for number in sorted(wanted):
            for span in self.frames[number].find(said):
                yield number, span


def _row_keys(row: tuple[Part, ...]) -> set[str]:
    """Of which one must be among the keys of a text: those of the part with the longest forms, few of them."""
    parts = [part for part in row if part.forms]
    if not parts:
        return set()
    rarest = max(parts, key=lambda part: (min(map(len, part.forms)) > 1, -len(part.forms)))
    if rarest.heads or rarest.prefixes:
        return {*rarest.heads, *(prefix[:KEY] for prefix in rarest.prefixes)}
    return {form.removesuffix("$")[:KEY] for form in rarest.forms}


def _find_row(row: tuple[Part, ...], said: Said, style: str) -> Iterator[Span]:
    real = [part for part in row if part.forms]
    if not all(part.may_be(said) for part in sorted(real, key=lambda part: len(part.forms))):
        return
    from_start, to_end = row[0].anchor == "^", row[-1].anchor == "$"
    parts = [part for part in row if part.anchor not in ("^", "$")]
    places: list[list[Span]] = []
    for part in parts:
        found = part.find(said)
        if not found:
            return
        places.append(found)
    # A gap before the end of the text: so much may follow.
    rest = max(row[-1].gap, 0) if to_end else len(said.bare)
    done = 0
    for start, end in places[0]:
        if start < done or (from_start and start > said.first):
            continue
        stop = _chain(parts, places, 1, end, said, style, rest)
        if stop:
            done = stop
            yield start, stop


def _chain(
    parts: Sequence[Part],
    places: Sequence[Sequence[Span]],
    number: int,
    end: int,
    said: Said,
    style: str,
    rest: int,
) -> int:
    """Where the row ends whose first parts end at `end`; 0 where the rest doesn't follow."""
    if number == len(parts):
        return end if said.last < end + rest else 0
    gap = parts[number].gap
    for start, stop in places[number]:
        if start < end:
            continue
        if gap < 0:
            if start - end > (3 if style == "words" else 1) or not _glue(said.bare[end:start], style):
                continue
        elif start - end > gap * (2 if style == "words" else 1):
            break
        if not said.one_sentence(end, start):
            break
        found = _chain(parts, places, number + 1, stop, said, style, rest)
        if found:
            return found
    return 0


def _glue(between: str, style: str) -> bool:
    return not between or (between == "," if style != "words" else not re.search(r"\w", between))
