"""One row of a file from outside, checked: an article, or the reason why it is refused. All values become text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop.adapters.search.grams import clean
from desktop.domain.faq import CATEGORY_BREAK, Article
from desktop.domain.faq_import import Row

LONGEST = {"id": 200, "answer": 200_000, "category": 200}
LONGEST_OTHER = 2_000
"""Characters of a text; `LONGEST_OTHER` also of each item of a list."""
REQUIRED = ("id", "lang", "category", "question", "answer")
LISTS = ("variants", "keywords", "followup", "check", "links", "menu")
TEXTS = (
    *REQUIRED, "department", "law", "sample", "checked_on", "audience", "group", "phone", "owner", "valid_until",
)  # fmt: skip
"""Names of an article's keys in every kind of file; `LISTS` hold several texts."""
MOST_LIST_ITEMS = 500
CATEGORY_LEVELS = 3

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_DATE = re.compile(r"(\d{4})([-./]) ?(\d{1,2})\2 ?(\d{1,2})\.?", re.ASCII)


class RowError(Exception):
    """One row is refused; the message says why."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a file says about all of its articles."""

    lang: str = ""
    sample: bool = False
    name: str = ""


_NO_DEFAULTS = Defaults()


def row_of(number: int, line: int, value: object, defaults: Defaults = _NO_DEFAULTS) -> Row:
    """The row that a file's value makes; `number` from 1, `line` as people count them in the file."""
    try:
        article, warnings = _article(value, defaults)
    except RowError as error:
        return Row(number, line, reason=str(error))
    return Row(number, line, article, warnings=warnings)


def _article(value: object, defaults: Defaults) -> tuple[Article, tuple[str, ...]]:
    if not isinstance(value, Mapping):
        raise RowError("the row is not an object with keys")
    fields = dict(value)
    if defaults.lang:
        fields.setdefault("lang", defaults.lang)
    missing = [key for key in REQUIRED if key not in fields]
    if missing:
        raise RowError(f"{', '.join(missing)} missing")
    text = {key: _text(fields, key) for key in REQUIRED}
    for key in ("id", "lang", "category", "question"):
        if not text[key]:
            raise RowError(f"{key} is empty")
    if not _LANGUAGE.fullmatch(text["lang"]):
        raise RowError(f"lang {text['lang'][:20]!r} is not a language code")
    warnings = [] if text["answer"] else ["answer is empty; the article is found by its question"]
    levels = [part for level in text["category"].split(">") if (part := level.strip())]
    if not levels:
        raise RowError("category is empty")
    if len(levels) > CATEGORY_LEVELS:
        warnings.append(f"category has more than {CATEGORY_LEVELS} levels; the first ones are kept")
    sample = fields.get("sample", defaults.sample)
    article = Article(
        id=text["id"],
        lang=text["lang"],
        category=CATEGORY_BREAK.join(levels[:CATEGORY_LEVELS]),
        question=text["question"],
        answer=text["answer"],
        variants=_texts(fields, "variants"),
        keywords=_texts(fields, "keywords"),
        department=_text(fields, "department"),
        law=_text(fields, "law"),
        followup=_texts(fields, "followup"),
        checks=_texts(fields, "check"),
        sample=sample is True or str(sample).lower() == "true",
        checked_on=_date(fields, "checked_on"),
        audience="agent" if _text(fields, "audience") == "agent" else "all",
        group=_text(fields, "group"),
        phone=_text(fields, "phone"),
        owner=_text(fields, "owner"),
        valid_until=_date(fields, "valid_until"),
        links=_texts(fields, "links"),
        menu=_texts(fields, "menu"),
    )
    return article, tuple(warnings)


def _date(fields: Mapping[str, object], key: str) -> str | None:
    """A day as ISO text; "2026.1.31" and "2026/1/31" are read too, as offices write them."""
    text = _text(fields, key)
    if not text:
        return None
    found = _DATE.fullmatch(text)
    try:
        if found:
            return date(int(found[1]), int(found[3]), int(found[4])).isoformat()
    except ValueError:
        pass
    raise RowError(f"{key} is not a date like 2026-01-31")


def _text(fields: Mapping[str, object], key: str) -> str:
    value = fields.get(key)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise RowError(f"{key} is not text")
    # They show as nothing, NUL cannot be stored, and XML has no place for the last two.
    text = clean(_UNSEEN.sub("", str(value))).strip()
    most = LONGEST.get(key, LONGEST_OTHER)
    if len(text) > most:
        raise RowError(f"{key} is longer than {most} characters")
    return text


def _texts(fields: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = fields.get(key)
    if value is None or value == "":
        return ()
    if not isinstance(value, list):
        raise RowError(f"{key} is not a list")
    if len(value) > MOST_LIST_ITEMS:
        raise RowError(f"{key} has more than {MOST_LIST_ITEMS} items")
    texts = (_text({key: item}, key) for item in value)
    return tuple(text for text in texts if text)


def fields_of(article: Article) -> dict[str, object]:
    """The keys and values of an article in a file, such that `row_of` gives the same article."""
    return {
        "id": article.id,
        "lang": article.lang,
        "category": article.category,
        "question": article.question,
        "answer": article.answer,
        "variants": list(article.variants),
        "keywords": list(article.keywords),
        "department": article.department,
        "law": article.law,
        "followup": list(article.followup),
        "check": list(article.checks),
        "sample": article.sample,
        "checked_on": article.checked_on or "",
        "audience": article.audience,
        "group": article.group,
        "phone": article.phone,
        "owner": article.owner,
        "valid_until": article.valid_until or "",
        "links": list(article.links),
        "menu": list(article.menu),
    }
