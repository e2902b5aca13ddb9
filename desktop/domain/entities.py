"""What an agent would write down from a caller's sentence: plate, address, amount, date, phone number.

Pure rules for text as a speech recogniser writes it: figures or number words, Korean first. They would rather find
nothing than something wrong. What is found is personal data: it never goes to a log, so `repr` leaves the value out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from desktop.domain.spoken_addresses import find_addresses
from desktop.domain.spoken_dates import find_days
from desktop.domain.spoken_numbers import (
    KOREAN_DIGIT,
    Group,
    digit_runs,
    digits_of,
    number_of,
    with_final_two,
)

LONGEST = 1000
"""Characters of a text that are looked at; a segment is far shorter."""

DOT = "•"


class EntityKind(Enum):
    """What was found."""

    PHONE = "phone"
    PLATE = "plate"
    ADDRESS = "address"
    DATE = "date"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing to write down. `start` and `end` are offsets of the caller's words, `value` is how it is written."""

    kind: EntityKind
    start: int
    end: int
    value: str = field(repr=False)

    @property
    def masked(self) -> str:
        """The value as it may stand on a screen."""
        return _MASKS[self.kind](self.value)


def find_entities(text: str, today: date | None = None) -> tuple[Entity, ...]:
    """All that `text` names, in its order, none over another. With `today` days like "tomorrow" are found too."""
    text = text[:LONGEST]
    taken: list[Entity] = []
    for found in _candidates(text, today):
        if all(found.end <= other.start or found.start >= other.end for other in taken):
            taken.append(found)
    return tuple(sorted(taken, key=lambda entity: entity.start))


def _candidates(text: str, today: date | None) -> Iterator[Entity]:
    """The surest kinds first: they keep their place."""
    yield from _phones(text)
    yield from _plates(text)
    # Of two addresses over the same words the longer one says more.
    for place in sorted(find_addresses(text), key=lambda place: place.start - place.end):
        yield Entity(EntityKind.ADDRESS, place.start, place.end, place.written)
    for day in sorted(find_days(text, today), key=lambda day: day.start - day.end):
        yield Entity(EntityKind.DATE, *day)
    yield from _amounts(text)
    yield from _plate_ends(text)


_PHONE = re.compile(
    r"010\d{8}|01[16789]\d{7,8}|02\d{7,8}|0(?:3[1-3]|4[1-4]|5[1-5]|6[1-4])\d{7,8}|070\d{8}|080\d{7}|050\d{8,9}"
    r"|82(?:10\d{8}|2\d{7,8}|[3-6]\d{8,9})"
)
_SERVICE = re.compile(r"1[568]\d{2}")
_LONGEST_PHONE = 13


def _phones(text: str) -> Iterator[Entity]:
    for run in digit_runs(text):
        found = _phones_of(run) or _phones_of(with_final_two(text, run))
        for digits, start, end in found:
            foreign = text[max(0, start - 1) : start] == "+"
            if not digits.startswith("82") or foreign:
                yield Entity(EntityKind.PHONE, start - foreign, end, _written_phone(digits))


def _phones_of(run: list[Group]) -> list[tuple[str, int, int]]:
    """The telephone numbers that make up a run; none where anything but a stray syllable is left over."""
    found: list[tuple[str, int, int]] = []
    at = 0
    while at < len(run):
        longest = min(len(run), at + _LONGEST_PHONE)
        until = next((end for end in range(longest, at, -1) if _is_phone(run[at:end])), 0)
        if until:
            digits = "".join(group.digits for group in run[at:until])
            found.append((digits, run[at].start, run[until - 1].end))
            at = until
        elif len(run[at].digits) == 1:
            at += 1
        else:
            return []
    return found


def _is_phone(groups: list[Group]) -> bool:
    if [len(group.digits) for group in groups] == [4, 4]:
        return _SERVICE.fullmatch(groups[0].digits) is not None
    return _PHONE.fullmatch("".join(group.digits for group in groups)) is not None


def _written_phone(digits: str) -> str:
    if digits.startswith("82"):
        return "+82 " + _written_phone("0" + digits[2:])[1:]
    if _SERVICE.match(digits):
        return f"{digits[:4]}-{digits[4:]}"
    head = 2 if digits.startswith("02") else 4 if digits.startswith("050") and len(digits) == 12 else 3
    return f"{digits[:head]}-{digits[head:-4]}-{digits[-4:]}"


_LETTERS = "가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주바사아자배하허호"
_REGION = "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주"
_FRONT = r"\d{2,3}|[일이삼사오육륙칠팔구공영]{2,3}|[일이삼사오육칠팔구십백]{2,5}"
_PLATE = re.compile(
    rf"(?:(?<![가-힣])(?P<region>{_REGION})\s*)?(?<![가-힣\d])(?P<front>{_FRONT})\s*(?P<letter>[{_LETTERS}])(?:\s*자?에)?"
    rf"\s*(?P<back>(?:(?:\d|{KOREAN_DIGIT})\s?){{4}})(?!\d|\s*(?:년|원|번지|세대|만))"
)
_CAR = re.compile(
    r"차|번호판|승합|트럭|오토바이|택시|\bcar\b|plate|\bxe\b|biển số|車|ナンバー|รถ|машин", re.IGNORECASE
)
_END = re.compile(
    r"차\s?번호|차량\s?번호|번호판|뒷\s?번호|뒷\s?자리|끝\s?번호|끝\s?자리|끝"
    r"|plate(?: number)?|biển số|ナンバー|ทะเบียน|дугаар",
    re.IGNORECASE,
)


def _plates(text: str) -> Iterator[Entity]:
    for match in _PLATE.finditer(text):
        front, back = _front(match["front"]), digits_of(match["back"])
        said = match["letter"] in "사오구" and not match["front"].isdecimal()
        # Said digit by digit, 사, 오 and 구 are numbers unless a car is spoken of.
        if front and len(back) == 4 and not (said and not _CAR.search(text)):
            region = f"{match['region']} " if match["region"] else ""
            end = match.start("back") + len(match["back"].rstrip())
            yield Entity(EntityKind.PLATE, match.start(), end, f"{region}{front}{match['letter']} {back}")


def _front(said: str) -> str:
    number = (
        said if said.isdecimal() else digits_of(said) if not set(said) & set("십백") else str(number_of(said))
    )
    return "".join(str(int(sign)) for sign in number) if number.isdecimal() and 2 <= len(number) <= 3 else ""


def _plate_ends(text: str) -> Iterator[Entity]:
    """The last four figures, where that is all the caller saw."""
    if not _CAR.search(text):
        return
    runs = digit_runs(text)
    for match in _END.finditer(text):
        for run in runs:
            groups = run[1:] if len(run) > 1 and len(run[0].digits) == 1 else run
            digits = "".join(group.digits for group in groups)
            near = 0 <= groups[0].start - match.end() <= 12
            if near and len(digits) == 4:
                yield Entity(EntityKind.PLATE, groups[0].start, groups[-1].end, digits)
                break


_AMOUNT = re.compile(
    r"(?<![\w가-힣.,])(?P<n>[\d일이삼사오육륙칠팔구십백천만억](?:[\d,.일이삼사오육륙칠팔구십백천만억]|\s(?=[\d일-힣])){0,24}?)"
    r"\s?원(?![래하장칙동룸천주]|인\s|\s?버스)"
)
_WON = re.compile(
    r"(?:₩|KRW)\s?(?P<a>\d[\d,.]*\d|\d)"
    r"|(?<![\w.,])(?P<b>\d[\d,.]*)\s*(?P<size>thousand|million|nghìn|ngàn|triệu|мянган|мянга|сая|万|พัน|หมื่น|แสน|ล้าน)?"
    r"\s*(?:won\b|ウォン|вон|วอน)",
    re.IGNORECASE,
)
_SIZES = {
    "thousand": 1000, "nghìn": 1000, "ngàn": 1000, "мянган": 1000, "мянга": 1000, "พัน": 1000, "万": 10_000,
    "หมื่น": 10_000, "แสน": 100_000, "million": 10**6, "triệu": 10**6, "сая": 10**6, "ล้าน": 10**6,
}  # fmt: skip
_FULL = re.compile(r"(?:버스|지하철|열차|전철|엘리베이터)")


def _amounts(text: str) -> Iterator[Entity]:
    for match in _AMOUNT.finditer(text):
        start, value = _korean_amount(match)
        # "만원" before a bus is a full one.
        if value and not (value == 10_000 and _FULL.match(text[match.end() :].lstrip())):
            yield Entity(EntityKind.AMOUNT, start, match.end(), f"{value:,}원")
    for match in _WON.finditer(text):
        figures = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", (match["a"] or match["b"]).strip(".,"))
        if re.fullmatch(r"\d+(?:\.\d+)?", figures):
            value = round(float(figures) * _SIZES.get((match["size"] or "").casefold(), 1))
            yield Entity(EntityKind.AMOUNT, match.start(), match.end(), f"{value:,}원")


def _korean_amount(match: re.Match[str]) -> tuple[int, int]:
    """Where the number begins and its value; words before it that are none ("이 만 원": these) are left out."""
    words = [(part.start(), part[0]) for part in re.finditer(r"\S+", match["n"])]
    if len(words) > 1 and words[0][1] == "이":
        words = words[1:]
    for at in range(len(words)):
        said = "".join(word for _, word in words[at:])
        value = number_of(said)
        if value and (any(sign.isdecimal() for sign in said) or set(said) & set("십백천만억")):
            return match.start() + words[at][0], value
    return match.start(), 0


def _mask_phone(value: str) -> str:
    """The middle goes; a service number has none and belongs to nobody."""
    head, *middle, last = value.split("-")
    return "-".join([head, *map(_hide_digits, middle), last])


def _hide_digits(text: str) -> str:
    return re.sub(r"\d", DOT, text)


def _mask_plate(value: str) -> str:
    return f"{value[:-4]}{DOT * 2}{value[-2:]}"


def _mask_amount(value: str) -> str:
    return value[0] + _hide_digits(value[1:])


def _mask_date(value: str) -> str:
    """The month stays; a day that is counted from today hides nothing and stays as it was said."""
    said, counted, _ = value.partition(" (")
    return said if counted else re.sub(r"\d(?!\d?월|\d?-\d\d$|-\d\d$)", DOT, value)


_MASKS = {
    EntityKind.PHONE: _mask_phone,
    EntityKind.PLATE: _mask_plate,
    EntityKind.ADDRESS: _hide_digits,
    EntityKind.DATE: _mask_date,
    EntityKind.AMOUNT: _mask_amount,
}
