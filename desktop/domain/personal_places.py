"""Plates and the numbers of addresses as other countries write them, and e-mail addresses everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

Found = tuple[int, int, str]

_EVERYWHERE = (
    ("email", r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]+\s?@\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    (
        "email",
        r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9][A-Za-z0-9_.+-]*\s*(?:골뱅이|앳|アットマーク|a còng|a móc"
        r"|\bat\b|แอท)\s*[A-Za-z0-9가-힣-]+"
        r"\s*(?:\.|닷|점|ドット|\bdot\b|chấm|จุด)\s*(?:com|net|org|kr|co|컴|넷|jp|vn|th|mn)(?:\s*(?:\."
        r"|닷|점|dot)\s*(?:kr|jp|vn|th|mn))?",
    ),
)
_BY_LANGUAGE = {
    "en": (
        ("plate", r"(?:plate|licen[cs]e plate|registration)(?: number)?(?: is"
        r"|:)?\s+(?P<x>(?=[A-Z0-9 -]*\d)[A-Z0-9]{1,4}[ -]?[A-Z0-9]{2,5})\b"),
        ("address", r"\b(?P<x>\d{1,5}[A-Za-z]?)\s+(?:[A-Z][a-z]+\s){1,3}(?:Street|St|Road|Rd|Avenue|Ave"
        r"|Lane|Drive|Boulevard|Blvd)\b"),
        ("address", r"\b(?:apartment|apt\.?|room|unit|flat|suite)\s*(?:number\s*)?#?(?P<x>\d{1,5}[A-Za-z]?)\b"),
    ),
    "ja": (
        ("plate", r"[一-龯ぁ-ん]{1,4}\s?(?P<x>\d{2,3}\s?[ぁ-ん]\s?(?:[\d・]{1,2}[-−ー]\d{2}|\d{4}))(?!\d)"),
        ("address", r"(?<=[一-龯ぁ-んァ-ヶ々])(?P<x>\d{1,3}\s?(?:丁目|番地|番(?=\d"
        r"|\s?\d))\s?(?:\d{1,4}\s?(?:番地?|号|[-−ー－の])?\s?){0,3})"),
        ("address", r"(?<=[一-龯ァ-ヶ々町])(?P<x>\d{1,4}[-−－]\d{1,4}(?:[-−－]\d{1,4})?)(?!\d)"),
        ("address", r"(?<!\d)(?P<x>\d{2,4})号室"),
    ),
    "vi": (
        ("plate", r"(?<!\w)(?P<x>\d{2}\s?-?[A-ZĐ]{1,2}\d?\s?[-.]?\s?(?:\d{3}[.\s]?\d{2}|\d{4}))(?!\d)"),
        ("address", r"(?:số nhà|nhà số|số|ngõ|ngách|hẻm|kiệt|phòng|căn hộ|tổ"
        r"|lô)\s+(?P<x>[A-Z]?\d{1,4}[A-Za-z]?(?:[/.-]\d{1,4}[A-Za-z]?){0,3})(?=\s*(?:,|đường|phố|ngõ|hẻm"
        r"|ngách|phường|tổ|chung cư|\.|$|[A-ZĐ]))"),
    ),
    "th": (
        ("plate", r"(?:ทะเบียน|ป้าย)(?:รถ)?(?:คือ|ว่า)?\s*(?P<x>\d?[ก-ฮ]{1,3}\s?-?\s?\d{1,4})(?!\d)"),
        ("plate", r"(?<![ก-๙\d])(?P<x>\d?[ก-ฮ]{2}\s?-?\s?\d{3,4})(?![\d.,])"),
        ("address", r"(?:บ้านเลขที่|เลขที่|หมู่ที่|หมู่|ซอย|ห้อง)\s*(?P<x>\d{1,4}(?:[/-]\d{1,4})?)(?!\d)"),
    ),
    "mn": (
        ("plate", r"(?<!\d)(?P<x>\d{4}\s?[А-ЯӨҮ]{3})(?![а-яөүА-ЯӨҮ])"),
        ("address", r"(?<!\d)(?P<x>\d{1,4}[а-яА-Я]?)\s?(?:-?р\s|-?ын\s|-)?\s?(?:байр|тоот|орц|гудамж)"),
        ("address", r"(?:байр|тоот|орц)\s?(?P<x>\d{1,4})(?!\d)"),
    ),
}  # fmt: skip
_PATTERNS = {
    language: tuple((kind, re.compile(pattern)) for kind, pattern in patterns)
    for language, patterns in {"": _EVERYWHERE, **_BY_LANGUAGE}.items()
}


def find_places(text: str, lang: str) -> Iterator[Found]:
    """What to hide in `text`; with `lang` "" by the rules of every language."""
    for language, patterns in _PATTERNS.items():
        if language in ("", lang) or not lang:
            for kind, pattern in patterns:
                for match in pattern.finditer(text):
                    name = "x" if "x" in pattern.groupindex else 0
                    yield match.start(name), match.end(name), kind
