"""Files of articles from outside: good rows in, bad rows out with number, line and reason."""

import json
import sys
from pathlib import Path

import pytest

from desktop.adapters.articles.reading import read_articles
from desktop.domain.faq_import import FileError, Row

GOOD = {"id": "A1", "lang": "ko", "category": "여권", "question": "여권 재발급", "answer": "구청에서 합니다."}


def rows(tmp_path: Path, text: str | bytes, name: str = "a.yaml") -> list[Row]:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(read_articles(path))


def jsonl(tmp_path: Path, *values: object) -> list[Row]:
    return rows(tmp_path, "\n".join(json.dumps(value) for value in values), "a.jsonl")


def test_a_flat_yaml_list(tmp_path: Path) -> None:
    text = """
- id: 007
  lang: ko
  category: 여권
  question: no
  answer: 2026-01-31
  variants: [예, yes]
  keywords:
  - a
"""
    (row,) = rows(tmp_path, text)
    assert row.article is not None
    assert (row.number, row.line, row.reason) == (1, 2, "")
    article = row.article
    assert (article.id, article.question, article.answer) == ("007", "no", "2026-01-31")
    assert (article.variants, article.keywords, article.sample) == (("예", "yes"), ("a",), False)


def test_the_layout_with_meta(tmp_path: Path) -> None:
    text = "meta: {language: ko, sample: true}\nentries:\n- {id: a, category: x, question: q, answer: b}\n"
    (row,) = rows(tmp_path, text, "A.YML")
    assert row.article is not None
    assert (row.article.lang, row.article.sample, row.line) == ("ko", True, 3)


def test_jsonl_rows(tmp_path: Path) -> None:
    found = rows(
        tmp_path,
        "\ufeff" + json.dumps(GOOD) + "\r\n\n{broken\n[1]\n" + json.dumps({**GOOD, "id": 5}),
        "a.jsonl",
    )
    assert [(row.number, row.line, row.reason) for row in found] == [
        (1, 1, ""),
        (2, 3, "the line is not JSON"),
        (3, 4, "the row is not an object with keys"),
        (4, 5, ""),
    ]
    assert found[3].article is not None
    assert found[3].article.id == "5"


def test_a_line_that_is_not_utf8(tmp_path: Path) -> None:
    bad, good = rows(tmp_path, b"\xff\xfe{}\n" + json.dumps(GOOD).encode(), "a.jsonl")
    assert (bad.reason, good.reason) == ("the line is not UTF-8", "")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": ""}, "id is empty"),
        ({"id": None}, "id is empty"),
        ({"question": "  "}, "question is empty"),
        ({"answer": ["x"]}, "answer is not text"),
        ({"answer": True}, "answer is not text"),
        ({"lang": "Korean language"}, "lang 'Korean language' is not a language code"),
        ({"variants": "x"}, "variants is not a list"),
        ({"variants": [{}]}, "variants is not text"),
        ({"variants": ["x"] * 501}, "variants has more than 500 items"),
        ({"question": "x" * 2001}, "question is longer than 2000 characters"),
        ({"checked_on": "yesterday"}, "checked_on is not a date like 2026-01-31"),
    ],
)
def test_what_is_refused(tmp_path: Path, change: dict[str, object], reason: str) -> None:
    bad, good = jsonl(tmp_path, {**GOOD, **change}, GOOD)
    assert bad.reason == reason
    assert good.article is not None


def test_missing_keys(tmp_path: Path) -> None:
    (row,) = jsonl(tmp_path, {"id": "x", "question": "y"})
    assert row.reason == "lang, category, answer missing"


def test_an_empty_answer_is_kept_with_a_warning(tmp_path: Path) -> None:
    (row,) = jsonl(tmp_path, {**GOOD, "answer": ""})
    assert row.article is not None
    assert row.warnings == ("answer is empty; the article is found by its question",)


def test_control_characters_and_half_characters_are_dropped(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, json.dumps({**GOOD, "question": "a\x00b\ud800"}), "a.jsonl")
    assert row.article is not None
    assert row.article.question == "ab?"


@pytest.mark.parametrize(
    "value",
    ["!!python/object/apply:os.system [x]", "!local x", "&anchor x", "!!binary YQ=="],
    ids=["py", "loc", "anc", "bin"],
)
def test_tags_and_anchors_are_refused(tmp_path: Path, value: str) -> None:
    text = f"- id: a\n  lang: ko\n  category: x\n  question: q\n  answer: {value}\n- {json.dumps(GOOD)}\n"
    bad, good = rows(tmp_path, text)
    assert "not accepted" in bad.reason
    assert (good.reason, good.line) == ("", 6)


def test_a_tower_of_aliases_costs_nothing(tmp_path: Path) -> None:
    tower = "".join(f"- &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 9))
    found = rows(tmp_path, f"- &a0 [x]\n{tower}")
    assert all("anchors and aliases" in row.reason for row in found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: [b\n", "line"),
        ("just text", "no list of articles"),
        ("", "no list of articles"),
        ("entries: text", "no list of articles"),
        ("- a\n---\n- b\n", "not valid YAML"),
        ("- \x07", "not valid YAML"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(FileError) as error:
        rows(tmp_path, text)
    assert words in str(error.value)
    assert "a.yaml" in str(error.value)


def test_deep_nesting(tmp_path: Path) -> None:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(400)
    try:
        with pytest.raises(FileError):
            rows(tmp_path, "[" * 400)
    finally:
        sys.setrecursionlimit(limit)
    (row,) = rows(tmp_path, "[" * 100_000, "a.jsonl")
    assert row.reason == "the line is not JSON"


def test_missing_and_unknown_files(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be read"):
        list(read_articles(tmp_path / "none.yaml"))
    with pytest.raises(FileError, match="no file of articles"):
        list(read_articles(tmp_path / "a.txt"))
