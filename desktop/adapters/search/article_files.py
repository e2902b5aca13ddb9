"""Reads articles from YAML and JSONL files that come from outside: each row is checked, a bad one is refused alone.

Two YAML layouts are read: a list of articles, and `{meta: {language, sample, name}, entries: [articles]}`. JSONL has
one article a line. Tags, anchors and aliases in YAML are refused: they are never needed, and they can name code or
unfold without end. All scalars are text ("no" stays "no").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from desktop.adapters.search.grams import clean
from desktop.domain.faq import CATEGORY_BREAK, Article

SUFFIXES = {".yaml": "yaml", ".yml": "yaml", ".jsonl": "jsonl", ".ndjson": "jsonl"}
LONGEST = {"id": 200, "question": 2_000, "answer": 200_000, "category": 200}
REQUIRED = ("id", "lang", "category", "question", "answer")
MOST_LIST_ITEMS = 500
CATEGORY_LEVELS = 3

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLAIN_TAG = re.compile(r"tag:yaml\.org,2002:(str|int|float|bool|null|timestamp|seq|map)")


class FileError(Exception):
    """A whole file cannot be read; the message is a sentence with the file's name."""


class RowError(Exception):
    """One row is refused; the message says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: its number from 1, its line, and the article with warnings or the reason for refusing."""

    number: int
    line: int
    article: Article | None = None
    reason: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a file says about all of its articles."""

    lang: str = ""
    sample: bool = False
    name: str = ""


def read_articles(path: Path) -> Iterator[Row]:
    """The rows of a file, in order. Raises FileError if it cannot be read at all."""
    kind = SUFFIXES.get(path.suffix.lower())
    if kind is None:
        raise FileError(f"{path.name} is neither YAML nor JSONL.")
    try:
        if kind == "jsonl":
            yield from _jsonl_rows(path)
        else:
            yield from _yaml_rows(path)
    except OSError as error:
        raise FileError(f"{path.name} cannot be read: {error.strerror or error}.") from error


def _jsonl_rows(path: Path) -> Iterator[Row]:
    number = 0
    with path.open("rb") as lines:
        for line, raw in enumerate(lines, 1):
            if not raw.strip(b" \t\r\n\xef\xbb\xbf"):
                continue
            number += 1
            try:
                value = json.loads(raw.decode("utf-8-sig"))
            except UnicodeDecodeError:
                yield Row(number, line, reason="the line is not UTF-8")
            except (ValueError, RecursionError):
                yield Row(number, line, reason="the line is not JSON")
            else:
                yield _row(number, line, value, Defaults())


def _yaml_rows(path: Path) -> Iterator[Row]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        root = YAML(typ="safe", pure=True).compose(text)
    except UnicodeDecodeError as error:
        raise FileError(f"{path.name} is not UTF-8.") from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f", line {mark.line + 1}" if mark else ""
        raise FileError(f"{path.name}{where} is not valid YAML: {error.problem or error.context}.") from error
    except (YAMLError, RecursionError, ValueError) as error:
        raise FileError(f"{path.name} is not valid YAML.") from error
    defaults, entries = _layout(path, root)
    for number, node in enumerate(entries, 1):
        line = node.start_mark.line + 1
        try:
            value = _plain(node)
        except (RowError, RecursionError) as error:
            yield Row(number, line, reason=str(error) or "the row is nested too deeply")
        else:
            yield _row(number, line, value, defaults)


def _layout(path: Path, root: Node | None) -> tuple[Defaults, list[Node]]:
    if isinstance(root, SequenceNode):
        return Defaults(), list(root.value)
    if isinstance(root, MappingNode):
        parts = {key.value: value for key, value in root.value if isinstance(key, ScalarNode)}
        entries = parts.get("entries")
        if isinstance(entries, SequenceNode):
            try:
                meta = _plain(parts["meta"]) if "meta" in parts else {}
            except RowError as error:
                raise FileError(f"{path.name}: meta cannot be read, {error}.") from error
            fields = meta if isinstance(meta, dict) else {}
            sample = str(fields.get("sample", "")).lower() == "true"
            return Defaults(str(fields.get("language", "")), sample, str(fields.get("name", ""))), list(
                entries.value
            )
    raise FileError(f"{path.name} holds no list of articles; write a list, or a mapping with 'entries'.")


def _plain(node: Node) -> object:
    """Text, list and dict of a node."""
    if node.anchor is not None:
        raise RowError("anchors and aliases are not accepted")
    if not _PLAIN_TAG.fullmatch(str(node.tag)):
        raise RowError(f"the tag {node.tag} is not accepted")
    if isinstance(node, SequenceNode):
        return [_plain(item) for item in node.value]
    if isinstance(node, MappingNode):
        return {str(_plain(key)): _plain(value) for key, value in node.value}
    return str(node.value)


def _row(number: int, line: int, value: object, defaults: Defaults) -> Row:
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
    for key, most in LONGEST.items():
        if len(text[key]) > most:
            raise RowError(f"{key} is longer than {most} characters")
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
    text = _text(fields, key)
    if text and not _DATE.fullmatch(text):
        raise RowError(f"{key} is not a date like 2026-01-31")
    return text or None


def _text(fields: Mapping[str, object], key: str) -> str:
    value = fields.get(key)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise RowError(f"{key} is not text")
    # Control characters show as nothing, and NUL cannot be stored.
    return clean(_CONTROL.sub("", str(value))).strip()


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
