"""Numbers as people say and write them: single digits in six languages, Korean number words, runs of digits.

All functions take any string. A *run* is what is heard as one number said digit by digit ("공일공에 일이삼사 ...").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_COPULA = (
    r"(?<=[공영령일삼육륙칠팔십백천둘셋넷섯곱덟홉]이)"
    r"(?=에요|예요|어요|여요|에여|라|고|구요|요|죠|지요|거든|네요|니까|었)"
)
# After a closed syllable "이에요" is "is"; after an open one people say "예요", so that an 이 there is the digit two.

KOREAN_DIGIT = rf"(?:(?<!\d)이(?!{_COPULA})|[공영령일삼사오육륙칠팔구])"
"""One syllable that is a digit, as a pattern."""

KOREAN_NUMBER = rf"(?:(?:{KOREAN_DIGIT}|[십백천]){{1,9}}+)"
"""Syllables of a number below ten thousand, as a pattern that gives none of them back."""

NUMBER = rf"(?:\d{{1,4}}+(?!\d)|{KOREAN_NUMBER})"
"""A number of an address, as a pattern."""

_DIGITS = {
    **dict(zip("공영령일이삼사오육륙칠팔구", (0, 0, 0, 1, 2, 3, 4, 5, 6, 6, 7, 8, 9), strict=True)),
    **dict(
        zip(("하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"), range(1, 10), strict=True)
    ),
}
_OTHER_WORDS = (
    "zero one two three four five six seven eight nine",
    "không một hai ba bốn năm sáu bảy tám chín",
    "тэг нэг хоёр гурав дөрөв тав зургаа долоо найм ес",
)
_JOINED_WORDS = (
    "ศูนย์ หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า",
    "ゼロ いち に さん よん ご ろく なな はち きゅう",
    "〇 一 二 三 四 五 六 七 八 九",
)
_SPACED = {word: digit for words in _OTHER_WORDS for digit, word in enumerate(words.split())} | {"oh": 0}
_JOINED = {word: digit for words in _JOINED_WORDS for digit, word in enumerate(words.split())} | {"零": 0}
_WORDS = _DIGITS | _SPACED | _JOINED
_ATOM = re.compile(
    rf"\d|하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|{KOREAN_DIGIT}|"
    + "|".join(sorted(map(re.escape, _JOINED), key=len, reverse=True))
    + r"|(?<!\w)(?:"
    + "|".join(_SPACED)
    + r")(?!\w)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[-–—.·,、()]|다시|대시|에서|에|의|の|dash|gạch)?\s*", re.IGNORECASE)
_UNITS = {"천": 1000, "백": 100, "십": 10}
_SECTION = re.compile(r"(?:\d+(?:\.\d+)?|(?:[일이삼사오육륙칠팔구\d]?[천백십])*[일이삼사오육륙칠팔구\d]?)")
_PLAIN = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Group:
    """Digits said without a pause: `digits` in ASCII; `start` and `end` are offsets in the text."""

    digits: str
    start: int
    end: int


def digit_runs(text: str) -> list[list[Group]]:
    """All runs of digits in `text`, each as its groups."""
    runs: list[list[Group]] = []
    at = 0
    while found := _ATOM.search(text, at):
        groups = [Group(_digit(found[0]), found.start(), found.end())]
        at = found.end()
        while True:
            between = _BETWEEN.match(text, at)
            gap = between.end() if between else at
            after = _ATOM.match(text, gap)
            if after is None:
                break
            last = groups[-1]
            if gap == at:
                groups[-1] = Group(last.digits + _digit(after[0]), last.start, after.end())
            else:
                groups.append(Group(_digit(after[0]), after.start(), after.end()))
            at = after.end()
        runs.append(groups)
    return runs


def with_final_two(text: str, run: list[Group]) -> list[Group]:
    """The run with an 이 behind it read as the digit two and not as "is"; the run itself where there is none."""
    last = run[-1]
    if text[last.end : last.end + 1] != "이" or text[last.end - 1].isdecimal():
        return run
    return [*run[:-1], Group(last.digits + "2", last.start, last.end + 1)]


def _digit(word: str) -> str:
    return str(int(word)) if word.isdecimal() else str(_WORDS[word.casefold()])


def digits_of(text: str) -> str:
    """The digits in `text` in ASCII, said or written; everything else is left out."""
    return "".join(_digit(word) for word in _ATOM.findall(text))


def number_of(text: str) -> int | None:
    """The value of a Korean number ("삼만오천", "3만 5천", "35,000", "백이십", "일이삼"); None for anything else.

    Words without a unit are read digit by digit.
    """
    compact = re.sub(r"\s", "", text)
    if plain := _PLAIN.fullmatch(compact):
        return int(float(plain[0].replace(",", "")))
    if compact and not set(compact) - set(_DIGITS):
        return int("".join(str(_DIGITS[word]) for word in compact))
    parts = re.fullmatch(r"(?:([^억만]*)억)?(?:([^억만]*)만)?([^억만]*)", compact.replace(",", ""))
    if parts is None or not compact:
        return None
    total = 0.0
    for part, size in zip(parts.groups(), (10**8, 10**4, 1), strict=True):
        if part is None:
            continue
        value = _section(part, empty=0 if size == 1 else 1)
        if value is None:
            return None
        total += value * size
    return round(total)


def _section(text: str, empty: int) -> float | None:
    """A number below ten thousand; its units must come from the largest down."""
    if not text:
        return empty
    if not _SECTION.fullmatch(text):
        return None
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return float(text)
    total, last = 0, 10_000
    for count, unit in re.findall(r"([일이삼사오육륙칠팔구\d]?)([천백십]?)", text):
        if not count and not unit:
            continue
        size = _UNITS.get(unit, 1)
        if size >= last:
            return None
        total, last = total + (int(_digit(count)) if count else 1) * size, size
    return total
