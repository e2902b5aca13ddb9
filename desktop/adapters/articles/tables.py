"""Articles in the rows of a table (CSV, XLSX): a row of column names, then an article a row.

Columns may stand in any order, under their English or Korean names. A cell of a list holds its texts on lines of their
own or between `|`, or as a JSON list where a text holds one of these itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop.adapters.articles.rows import LISTS, REQUIRED, TEXTS, row_of
from desktop.domain.faq import CATEGORY_BREAK
from desktop.domain.faq_import import Row

HEADER_WITHIN = 20
"""The names stand within this many rows that are not blank: a title may come before them."""

_NAMES = {
    "id": "아이디 번호 일련번호 문서번호 관리번호 글번호 articleid",
    "lang": "언어 language",
    "category": "분류 카테고리 범주",
    "category1": "대분류",
    "category2": "중분류",
    "category3": "소분류",
    "question": "질문 질의 제목 title",
    "answer": "답변 답 내용 답변내용",
    "variants": "variant 다른표현 다른말 유사질문 유사표현",
    "keywords": "keyword 키워드 핵심어 검색어",
    "department": "부서 담당부서 소관부서",
    "law": "법령 근거법령 관련법령",
    "followup": "followups 확인질문 되묻기 추가질문",
    "check": "checks 확인사항 유의사항",
    "sample": "표본 샘플",
    "checkedon": "확인일 확인일자 점검일 검토일",
    "audience": "대상",
    "group": "묶음 그룹",
    "phone": "전화 전화번호 연락처",
    "owner": "담당자 소유자",
    "validuntil": "유효기한 만료일 유효기간",
    "links": "link 링크 관련링크",
    "menu": "메뉴 ars",
}
_LANGUAGES = {
    "한국어": "ko",
    "영어": "en",
    "베트남어": "vi",
    "태국어": "th",
    "일본어": "ja",
    "몽골어": "mn",
    "중국어": "zh",
}
_FIELD_OF = {name.replace("_", ""): name for name in (*TEXTS, *LISTS)}
_KEY_OF = {other: key for key, names in _NAMES.items() for other in (key, *names.split())}
_LEVELS = ("category1", "category2", "category3")
_JOINING = re.compile(r"[\s_*()\[\]:.-]+")
_COUNTED = re.compile(r"(.+?)\d{1,2}")
_BREAK = re.compile(r"[\n|]")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table as it was read: its line in the file, its cells as text, or why it cannot be used.

    `flaws` are the cells, from 0, that hold something other than a value, and what.
    """

    number: int
    cells: Sequence[str]
    reason: str = ""
    flaws: Mapping[int, str] = field(default_factory=dict)

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.reason and not self.flaws and not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Header:
    """Which column holds what: keys of an article or levels of its category, "" for a column that is left out."""

    keys: tuple[str, ...]
    missing: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def known(self) -> int:
        """How many columns have a meaning."""
        return sum(bool(key) for key in self.keys)

    @property
    def complete(self) -> bool:
        """Whether every key that an article needs has a column."""
        return not self.missing


def header_of(cells: Sequence[str]) -> Header:
    """What the cells name. Of two columns for one text the first is used."""
    keys: list[str] = []
    left_out: list[str] = []
    for cell in cells:
        key = _key(cell)
        if key and (key in LISTS or key not in keys):
            keys.append(key)
            continue
        keys.append("")
        if cell.strip():
            left_out.append(cell.strip()[:40])
    levels = "category" in keys or "category1" in keys
    missing = tuple(key for key in REQUIRED if key not in keys and not (key == "category" and levels))
    return Header(tuple(keys), missing, tuple(left_out))


def _key(cell: str) -> str:
    name = _JOINING.sub("", cell.strip("\ufeff ").casefold())
    counted = _COUNTED.fullmatch(name)
    if name not in _KEY_OF and counted and _FIELD_OF.get(_KEY_OF.get(counted[1], "")) in LISTS:
        name = counted[1]
    key = _KEY_OF.get(name, "")
    return _FIELD_OF.get(key, key)


def find_header(lines: Iterable[Line]) -> tuple[Header, int]:
    """The best row of names among the first rows, and its line; line 0 where no row names anything."""
    best, place = header_of(()), 0
    seen = 0
    for line in lines:
        if line.blank:
            continue
        header = header_of(line.cells)
        if (header.complete, header.known) > (best.complete, best.known):
            best, place = header, line.number
        seen += 1
        if best.complete or seen == HEADER_WITHIN:
            break
    return best, place


def rows(lines: Iterable[Line], header: Header) -> Iterator[Row]:
    """The rows under a header; blank lines are none."""
    number = 0
    for line in lines:
        if line.blank:
            continue
        number += 1
        if reason := line.reason or _reason(header, line):
            yield Row(number, line.number, reason=reason)
            continue
        row = row_of(number, line.number, _fields(header, line.cells))
        if number == 1 and header.left_out and row.article is not None:
            names = ", ".join(header.left_out[:20])
            row = replace(row, warnings=(*row.warnings, f"columns that no article has are left out: {names}"))
        yield row


def _reason(header: Header, line: Line) -> str:
    if any(cell.strip() for cell in line.cells[len(header.keys) :]):
        return "the row has more cells than there are column names"
    known = ((key, line.flaws.get(place)) for place, key in enumerate(header.keys) if key)
    return next((f"the cell of {key} holds {flaw}" for key, flaw in known if flaw), "")


def _fields(header: Header, cells: Sequence[str]) -> dict[str, object]:
    fields: dict[str, object] = dict.fromkeys(REQUIRED, "")
    lists: dict[str, list[str]] = {}
    levels: dict[str, str] = {}
    for key, cell in zip(header.keys, cells, strict=False):
        if not cell or not key:
            continue
        if key in LISTS:
            lists.setdefault(key, []).extend(texts_of(cell))
        elif key in _LEVELS:
            levels[key] = cell
        else:
            fields[key] = cell
    if levels and not fields["category"]:
        fields["category"] = CATEGORY_BREAK.join(levels[key] for key in _LEVELS if key in levels)
    fields["lang"] = _LANGUAGES.get(str(fields["lang"]).strip(), fields["lang"])
    return {**fields, **lists}


def texts_of(cell: str) -> list[str]:
    """The texts in a cell of a list."""
    if cell.startswith("["):
        try:
            found = json.loads(cell)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, list) and all(isinstance(each, str) for each in found):
            return found
    return [text for part in _BREAK.split(cell) if (text := part.strip())]


def cell_of(texts: Sequence[str]) -> str:
    """The cell that `texts_of` reads as these texts."""
    plain = "\n".join(texts)
    return plain if texts_of(plain) == list(texts) else json.dumps(texts, ensure_ascii=False)
