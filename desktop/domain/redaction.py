"""Personal data in what people say or write, hidden: for copies that others may read.

Where `entities` would rather find nothing than something wrong, this hides when in doubt: the original is kept sealed
and can be asked for, with a reason. What helps to understand a call stays: dates, times, amounts, menu numbers, the
numbers of public services (119, 120, 1588-...).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from desktop.domain.call import mask_number
from desktop.domain.entities import LONGEST, EntityKind, find_entities
from desktop.domain.personal_names import find_names
from desktop.domain.personal_numbers import find_numbers, without_particle
from desktop.domain.personal_places import find_places
from desktop.domain.spoken_addresses import find_addresses

DOT = "•"
OVERLAP = 200
"""Characters that neighbouring windows of a long text share, so that nothing is cut in two."""

Found = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Span:
    """A hidden stretch: offsets in the text, and what it is (`phone`, `card`, `name` ...)."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Masked:
    """`text` has the length of the original; in `spans` every letter and digit is a dot."""

    text: str
    spans: tuple[Span, ...] = ()


def mask(text: str, lang: str = "") -> Masked:
    """Hide personal data in `text`. `lang` is one of ko, en, ja, vi, th, mn; "" looks for all of them."""
    spans = _merged(_found(text, lang))
    return Masked(_hidden(text, spans), spans)


def _hidden(text: str, spans: Iterable[Span]) -> str:
    signs = list(text)
    for span in spans:
        for at in range(span.start, span.end):
            if signs[at].isalnum() or signs[at] in "_〇" or _is_mark(signs[at]):
                signs[at] = DOT
    return "".join(signs)


def _is_mark(sign: str) -> bool:
    """A vowel or tone that stands above or below its letter, as in Thai."""
    return bool(re.match(r"[\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]", sign))


def _found(text: str, lang: str) -> Iterator[Found]:
    step = LONGEST - OVERLAP
    for offset in range(0, max(1, len(text) - OVERLAP), step):
        window = text[offset : offset + LONGEST]
        for start, end, kind in _in_window(window, lang):
            first = start + len(window[start:end]) - len(window[start:end].lstrip())
            if first < end:
                yield offset + first, offset + end, kind


def _in_window(text: str, lang: str) -> Iterator[Found]:
    entities = find_entities(text)
    phones = [
        (each.start, without_particle(text, each.end), "phone")
        for each in entities
        if each.kind is EntityKind.PHONE and not _is_public(each.value)
    ]
    public = [
        (each.start, each.end)
        for each in entities
        if each.kind is EntityKind.PHONE and _is_public(each.value)
    ]
    plates = [(each.start, each.end, "plate") for each in entities if each.kind is EntityKind.PLATE]
    homes = [(place.numbers, place.end, "address") for place in find_addresses(text)]
    sure = [*phones, *plates, *homes, *find_places(text, lang)]
    stays = [(e.start, e.end) for e in entities if e.kind in (EntityKind.DATE, EntityKind.AMOUNT)]
    yield from sure
    yield from find_numbers(text, [(start, end) for start, end, _ in sure], [*stays, *public])
    yield from find_names(text, lang)


def _is_public(number: str) -> bool:
    """A nationwide service number or one that is free to call belongs to an office, not to a person."""
    return re.fullmatch(r"1[568]\d\d-\d{4}|080-\d{3,4}-\d{4}", number) is not None


def _merged(found: Iterable[Found]) -> tuple[Span, ...]:
    """Spans in their order, overlapping ones as one that is named after the first."""
    merged: list[Span] = []
    for start, end, kind in sorted(found, key=lambda each: (each[0], -each[1])):
        if merged and start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Span(last.start, max(last.end, end), last.kind)
        else:
            merged.append(Span(start, end, kind))
    return tuple(merged)


_OWN_KEYS = """
schema id call_id escalation_id direction ended_by leg lang language kind axis severity label labels class step method
text_id version policy model codec outcome cause scenario feeling created confirmed ended filed started at time since
until sha256 hash agent file
"""
STAYS = frozenset(_OWN_KEYS.split())
"""Keys of a record whose values are the desk's own: they say nothing of the caller and must stay exact."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?")


_PERSONAL = re.compile(
    r"(?<!\d)(?:01[016789][-. ]?\d{3,4}[-. ]?\d{4}|\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-[1-8]\d{6})(?!\d)"
)
"""A mobile telephone or a resident number, wherever it stands."""


def masked_content(content: Mapping[str, object], lang: str = "") -> dict[str, object]:
    """A record with every text masked but the desk's own (`STAYS`); numbers of telephones lose their middle."""
    return {key: value if key in STAYS else _masked_value(key, value, lang) for key, value in content.items()}


def _masked_value(key: str, value: object, lang: str) -> object:
    if isinstance(value, Mapping):
        return masked_content(value, lang)
    if isinstance(value, list | tuple):
        return [_masked_value(key, each, lang) for each in value]
    if not isinstance(value, str) or _MOMENT.fullmatch(value):
        return value
    if key == "remote":
        return mask_remote(value)
    if key == "police_reference":
        return mask_reference(value)
    return mask_number(value) if key == "remote_name" else mask(value, lang).text


def mask_reference(text: str) -> str:
    """The number of a case, which is as long as an account's, with what can only be a person's hidden."""
    # One that begins inside a longer number is a part of that to everybody else.
    inside = [Span(*found.span(), "phone") for found in _PERSONAL.finditer(text)]
    return _hidden(
        text, [*inside, *(span for span in mask(text).spans if span.kind in ("phone", "resident"))]
    )


def mask_remote(remote: str) -> str:
    """A SIP or telephone address with the middle of its number hidden; a service number stays."""
    scheme, colon, rest = remote.partition(":")
    if not colon:
        scheme, rest = "", remote
    user, at, host = rest.partition("@")
    return f"{scheme}{colon}{mask_number(user)}{at}{host}" if at or colon else mask_number(remote)
