"""Days that people name: a month and a day, "next Friday", "the day before yesterday", in six languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from desktop.domain.spoken_numbers import number_of

_DAY = r"(?P<d>\d{1,2}|(?:[이삼]?십)?[일이삼사오육칠팔구]|[이삼]?십)\s*일(?!\s?분)"
_MONTH = r"(?P<m>\d{1,2}|십일|십이|[일이삼사오육칠팔구십시유])\s*월"
_YEAR = r"(?:(?P<y>\d{4}|이천[일이삼사오육칠팔구십]{0,4})\s*년\s*)?"
_KOREAN = re.compile(rf"(?<![가-힣\d]){_YEAR}{_MONTH}\s*{_DAY}")
_MONTH_OF = re.compile(rf"(?<![가-힣])(?P<which>지난|저번|이번|다음)\s*달\s*{_DAY}")
_WEEKDAY = re.compile(r"(?<![가-힣])(?P<which>지난|저번|이번|다다음|다음)\s*주\s*(?P<w>[월화수목금토일])요일")
_NUMERIC = re.compile(
    r"(?<![\d.\-/])(?P<y>\d{4})\s?[-./]\s?(?P<m>\d{1,2})\s?[-./]\s?(?P<d>\d{1,2})(?![\d\-/])"
)
_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ENGLISH_YEAR = r"(?:,?\s*(?P<y>\d{4}))?(?!\w)"
_THAI_MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
_OTHER = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\w){_ENGLISH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?{_ENGLISH_YEAR}",
        rf"(?<!\w)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_ENGLISH}{_ENGLISH_YEAR}",
        r"ngày\s+(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})(?:\s+năm\s+(?P<y>\d{4}))?",
        r"(?:(?P<y>\d{4})\s*年\s*)?(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日",
        r"(?:(?P<y>\d{4})\s+оны\s+)?(?P<m>\d{1,2})\s*-?р?\s*сарын\s+(?P<d>\d{1,2})",
        r"(?P<d>\d{1,2})\s*(?P<thai>" + "|".join(_THAI_MONTHS) + r")",
    )
)
_RELATIVE = {
    -2: (
        "그저께",
        "그제",
        "the day before yesterday",
        "おととい",
        "一昨日",
        "hôm kia",
        "เมื่อวานซืน",
        "уржигдар",
    ),
    -1: ("어제", "어저께", "yesterday", "昨日", "hôm qua", "เมื่อวาน", "өчигдөр"),
    1: ("내일", "tomorrow", "明日", "ngày mai", "พรุ่งนี้", "маргааш"),
    2: ("모레", "the day after tomorrow", "明後日", "あさって", "ngày kia", "มะรืนนี้", "нөгөөдөр"),
}
_DISTANCE = {word: days for days, words in _RELATIVE.items() for word in words}
_NAMED_DAY = re.compile(
    r"(?<![\w])(?:" + "|".join(sorted(_DISTANCE, key=len, reverse=True)) + r")(?!모레)", re.IGNORECASE
)
_WEEKS = {"지난": -1, "저번": -1, "이번": 0, "다음": 1, "다다음": 2}
_ODD_MONTHS = {"시": 10, "유": 6}


class Day(NamedTuple):
    """A named day: its place in the text and how it is written down. The year is only there where it is known."""

    start: int
    end: int
    written: str


def find_days(text: str, today: date | None) -> Iterator[Day]:
    """All days that `text` names. Without `today` those that count from it are left out."""
    for pattern in (_NUMERIC, _KOREAN, *_OTHER):
        for match in pattern.finditer(text):
            written = _written(match, text)
            if written:
                yield Day(match.start(), match.end(), written)
    if today is not None:
        yield from _counted(text, today)


def _counted(text: str, today: date) -> Iterator[Day]:
    for match in _NAMED_DAY.finditer(text):
        yield _of(match, today + timedelta(days=_DISTANCE[match[0].casefold()]))
    for match in _WEEKDAY.finditer(text):
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=_WEEKS[match["which"]])
        yield _of(match, monday + timedelta(days="월화수목금토일".index(match["w"])))
    for match in _MONTH_OF.finditer(text):
        months = today.year * 12 + today.month - 1 + _WEEKS[match["which"]]
        day = number_of(match["d"])
        if day is not None and _exists(months // 12, months % 12 + 1, day):
            yield _of(match, date(months // 12, months % 12 + 1, day))


def _of(match: re.Match[str], day: date) -> Day:
    return Day(match.start(), match.end(), f"{match[0]} ({day.isoformat()})")


def _written(match: re.Match[str], text: str) -> str:
    """ISO where the year was said, else as it was said; Korean words become figures. "" for no day of a calendar."""
    parts = match.groupdict()
    year = number_of(parts.get("y") or "")
    month, day = _month(parts), number_of(parts["d"] or "")
    if month is None or day is None or not _exists(year or 2024, month, day):
        return ""
    if year is not None:
        return date(year, month, day).isoformat()
    return f"{month}월 {day}일" if "월" in match[0] else match[0]


def _month(parts: dict[str, str | None]) -> int | None:
    if name := parts.get("name"):
        return _ENGLISH_MONTHS.index(name[:3].casefold()) + 1
    if thai := parts.get("thai"):
        return _THAI_MONTHS.index(thai) + 1
    said = parts.get("m") or ""
    return _ODD_MONTHS.get(said) or number_of(said)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
