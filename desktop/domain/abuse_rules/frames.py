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

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

HIT = "\ue000"
"""The character that stands for the hit in the text that a context is looked for in."""
STYLES = ("syllables", "letters", "words")
MOST_FORMS = 3_000
_GAPS = {"..": 12, "...": 30}
_LIST = re.compile(r"\{(\w+)\}")
_CLASS = re.compile(r"\[([^\]]+)\]")
_PARTICLES = (
    "(?:을|를|이|가|은|는|도|만|에|의|로|으로|한테|까지|부터|들|들이|들을|들은|들도|이나|랑|이랑|하고"
    "|에서|보고|때문에)?"
)
_SHORT = 2
_AFTER_A_WORD = "(?:(?<![가-힣])|(?<=[요다야아네지해라고냐까서면데가은는을를도에]))"
"""Where no spaces are left, a short word is only looked for behind a syllable that often ends one."""
_ENDS = r"[^.?!。？！\n]"


class FrameError(ValueError):
    """A frame can't be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its forms (letters, "_" for a space inside), or a gap of at most `gap`, or an `anchor` (^ $ @)."""

    forms: tuple[str, ...] = ()
    optional: bool = False
    starts: bool = False
    ends: bool = False
    exact: bool = False
    noun: bool = False
    gap: int = 0
    anchor: str = ""


@dataclass(slots=True)
class Frame:
    """A frame that is ready to search; patterns are compiled when they are first needed."""

    written: str
    parts: tuple[Part, ...]
    style: str
    needles: tuple[str, ...] = ()
    _patterns: dict[bool, re.Pattern[str]] = field(default_factory=dict)

    def find(self, text: str, bare: str, lost: bool) -> Iterator[tuple[int, int]]:
        """Where the frame is in `text`; `bare` is the text without spaces, `lost` whether borders can't be trusted."""
        if self.needles and not any(map(bare.__contains__, self.needles)):
            return iter(())
        return (match.span() for match in self.pattern(lost).finditer(text) if match.end() > match.start())

    def pattern(self, lost: bool) -> re.Pattern[str]:
        """The compiled expression."""
        found = self._patterns.get(lost)
        if found is None:
            found = self._patterns[lost] = re.compile(_expression(self.parts, self.style, lost))
        return found


def read(written: str, lists: Mapping[str, tuple[str, ...]], style: str) -> Frame:
    """Read a frame. Raises FrameError."""
    parts = tuple(_part(word, lists) for word in written.split())
    if not any(part.forms or part.anchor == "@" for part in parts):
        raise FrameError("it has no word")
    sure = [part.forms for part in parts if part.forms and not part.optional]
    return Frame(written, parts, style, _needles(sure))


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
    named = _LIST.search(text)
    if named:
        if named[1] not in lists:
            raise FrameError(f"there is no list {{{named[1]}}}")
        heads, tails = [text[: named.start()]], _forms(text[named.end() :], lists)
        middle: tuple[str, ...] = lists[named[1]]
    else:
        letters = _CLASS.search(text)
        if not letters:
            if set(text) & set("[]{}<>?|~"):
                raise FrameError(f"“{text}” has a sign in a place where it means nothing")
            return [text]
        heads, tails = [text[: letters.start()]], _forms(text[letters.end() :], lists)
        middle = tuple(letters[1])
    inner = itertools.chain.from_iterable(_forms(head, lists) for head in heads)
    return ["".join(each) for each in itertools.product(inner, middle, tails)]


def _part(word: str, lists: Mapping[str, tuple[str, ...]]) -> Part:
    if word in _GAPS:
        return Part(gap=_GAPS[word])
    if word in ("^", "$", "@"):
        return Part(anchor=word)
    optional = word.endswith("?")
    body = word[:-1] if optional else word
    exact, body = body.startswith("="), body.removeprefix("=")
    starts, ends, noun = body.startswith("<"), body.endswith(">"), body.endswith("~")
    forms = expand(body.removeprefix("<").rstrip(">~"), lists)
    return Part(forms, optional, starts, ends, exact, noun)


def _needles(parts: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Letters of which one must be in a text before the expression is worth a try: those of the longest part."""
    if not parts:
        return ()
    best = max(parts, key=lambda forms: (min(len(form) for form in forms), -len(forms)))
    needles = {re.sub("[_*$]", "", form) for form in best}
    if "" in needles:
        return ()
    return tuple(sorted(each for each in needles if not any(o != each and o in each for o in needles)))


def _expression(parts: tuple[Part, ...], style: str, lost: bool) -> str:
    glue = r"[^\w.?!]{0,3}" if style == "words" else "[ ,]{0,2}"
    pieces: list[str] = []
    for place, part in enumerate(parts):
        before = parts[place - 1] if place else None
        joined = before is not None and not before.gap and not part.gap
        piece = (glue if joined else "") + _piece(part, style, lost)
        pieces.append(f"(?:{piece})?" if part.optional else piece)
    return "".join(pieces)


def _piece(part: Part, style: str, lost: bool) -> str:
    if part.gap:
        return f"{_ENDS}{{0,{part.gap * (2 if style == 'words' else 1)}}}?"
    if part.anchor:
        return {"^": r"^\W*", "$": r"\W*$", "@": HIT}[part.anchor]
    forms = _any(part.forms, style, part.exact)
    if style != "syllables":
        return forms
    if lost and part.ends and any(len(form) > 1 for form in part.forms):
        # Nor can a single syllable be a word of its own there.
        part = replace(part, forms=tuple(form for form in part.forms if len(form) > 1))
        forms = _any(part.forms, style, part.exact)
    if lost and part.starts:
        short = tuple(form for form in part.forms if len(form) <= _SHORT)
        long = tuple(form for form in part.forms if len(form) > _SHORT)
        guarded = [_AFTER_A_WORD + _any(short, style, part.exact)] if short else []
        forms = "(?:" + "|".join(guarded + ([_any(long, style, part.exact)] if long else [])) + ")"
    if part.noun and lost:
        # A single syllable is a part of anything there, so it needs its particle.
        single = tuple(form for form in part.forms if len(form) == 1)
        if single:
            rest = tuple(form for form in part.forms if len(form) > 1)
            one = (_AFTER_A_WORD if part.starts else "") + _any(single, style, part.exact) + _PARTICLES[:-1]
            return (
                "(?:" + "|".join([one] + ([_any(rest, style, part.exact) + _PARTICLES] if rest else [])) + ")"
            )
    if part.noun:
        forms += _PARTICLES
    if lost:
        return forms + ("(?![가-힣])" if part.exact and part.ends else "")
    if part.noun:
        forms += "(?![가-힣])"
    return ("(?<![가-힣ㄱ-ㅎ])" if part.starts else "") + forms + ("(?![가-힣])" if part.ends else "")


def _any(forms: tuple[str, ...], style: str, exact: bool) -> str:
    return "(?:" + "|".join(_form(form, style, exact) for form in forms) + ")"


def _form(form: str, style: str, exact: bool) -> str:
    if form.endswith("$"):
        return (_form(form[:-1], style, exact) if len(form) > 1 else "") + r"\W*$"
    if exact:
        return re.escape(form)
    if style != "words":
        return " ?".join(map(re.escape, form.replace("_", "")))
    body = r"[\s\-'’]{0,2}".join(map(re.escape, form.strip("*").split("_")))
    before = r"\w*" if form.startswith("*") else r"(?<!\w)"
    return before + body + (r"\w*" if form.endswith("*") else r"(?!\w)")
