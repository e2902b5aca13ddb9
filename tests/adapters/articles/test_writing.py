"""Whatever kind of file articles are written into, reading it gives the same articles."""

import csv
import json
import os
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.adapters.articles.importing import import_articles, read_pack
from desktop.adapters.articles.reading import read_articles
from desktop.adapters.articles.rows import fields_of, row_of
from desktop.adapters.articles.writing import WRITERS, write_articles
from desktop.adapters.search.index import FaqIndex
from desktop.adapters.storage.faq_pack import content_hash
from desktop.domain.faq import Article
from desktop.domain.faq_import import FileError

FULL = Article(
    id="A|1",
    lang="ko",
    category="교통 > 버스 > 무정차",
    question='버스가 "그냥" 갔어요, 어떡하죠?',
    answer="첫째 줄\n둘째 줄; 탭\t뒤 _x0041_ <b>&amp;</b> \u2028 \x85 \ufeff '=1+1",
    variants=("파이프 | 들어간 말", "줄\n바꿈", "보통 말"),
    keywords=("[대괄호]", "no", "010"),
    department="교통 부서",
    law="여객자동차 운수사업법",
    followup=("노선 번호", "일시"),
    checks=("기간",),
    sample=True,
    checked_on="2026-01-31",
    audience="agent",
    group="G1",
    phone="02-120",
    owner="김주무관",
    valid_until="2027-12-31",
    links=("정부24",),
    menu=("1", "1-2"),
)
PLAIN = Article("2", "en", "x", "- yes", "=SUM(A1)")
EMPTY = Article("3", "ko", "x", "답 없는 글", "")
FACTS = {"name": "n", "content_sha256": "h"}


def read(path: Path) -> list[Article]:
    found = list(read_articles(path))
    assert [row.reason for row in found] == [""] * len(found)
    return [row.article for row in found if row.article is not None]


@pytest.mark.parametrize("ending", sorted(WRITERS))
def test_the_same_articles_come_back(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    assert write_articles(path, [FULL, PLAIN, EMPTY], FACTS) == 3
    assert read(path) == [FULL, PLAIN, EMPTY]
    assert os.listdir(tmp_path) == [path.name]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
WORDS = st.lists(TEXT, max_size=4).map(tuple)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(TEXT, TEXT, WORDS, WORDS, TEXT), max_size=4))
def test_any_text_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    drawn: list[tuple[str, str, tuple[str, ...], tuple[str, ...], str]],
) -> None:
    articles = []
    for number, (question, answer, variants, keywords, phone) in enumerate(drawn):
        raw = Article(str(number), "ko", "x", question, answer, variants, keywords, phone=phone)
        row = row_of(1, 1, fields_of(raw))
        if row.article is not None:
            articles.append(row.article)
    folder = tmp_path_factory.mktemp("any")
    for ending in (".yaml", ".jsonl", ".csv", ".xlsx", ".db"):
        path = folder / f"a{ending}"
        write_articles(path, articles, FACTS)
        assert read(path) == articles


def test_a_pack_and_back_keeps_the_content(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    write_articles(source, [FULL, PLAIN], FACTS)
    import_articles([source], tmp_path / "a.faq")
    import_articles([tmp_path / "a.faq"], tmp_path / "b.faq")
    with closing(FaqIndex.open(tmp_path / "b.faq")) as index:
        assert index.pack_id == content_hash([FULL, PLAIN])
    assert read_pack(tmp_path / "b.faq") == {"A|1": FULL, "2": PLAIN}


def test_the_plain_file_is_for_other_programs(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    write_articles(path, [FULL, PLAIN], FACTS)
    with closing(sqlite3.connect(path)) as connection:
        tables = {row[0] for row in connection.execute("select name from sqlite_master where type='table'")}
        assert tables == {"articles", "variants", "keywords", "followup", "check", "links", "menu", "pack"}
        for table in tables:
            assert "blob" not in {
                row[2].lower() for row in connection.execute(f'pragma table_info("{table}")')
            }
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        (levels,) = connection.execute(
            "select category_1, category_2, category_3 from articles where id='A|1'"
        )
        assert levels == ("교통", "버스", "무정차")
        query = "select text from variants where article_id='A|1' order by position"
        assert tuple(row[0] for row in connection.execute(query)) == FULL.variants
        assert dict(connection.execute("select key, value from pack"))["name"] == "n"


def test_csv_and_jsonl_are_what_other_programs_expect(tmp_path: Path) -> None:
    write_articles(tmp_path / "a.csv", [FULL], FACTS)
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        (cells,) = csv.DictReader(file)
    assert cells["question"] == FULL.question
    assert cells["menu"] == "1\n1-2"
    write_articles(tmp_path / "a.jsonl", [PLAIN], FACTS)
    line = json.loads((tmp_path / "a.jsonl").read_text("utf-8"))
    assert list(line) == ["id", "lang", "category", "question", "answer", "variants", "keywords"]
    assert line["variants"] == []


def test_the_same_articles_give_the_same_bytes(tmp_path: Path) -> None:
    for ending in (".yaml", ".jsonl", ".csv", ".xlsx"):
        for name in ("a", "b"):
            write_articles(tmp_path / f"{name}{ending}", [FULL, PLAIN], FACTS)
        assert (tmp_path / f"a{ending}").read_bytes() == (tmp_path / f"b{ending}").read_bytes()


def test_what_a_file_cannot_hold_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    long = Article("1", "ko", "x", "q", "가" * 40_000)
    for name, articles, words in (
        ("a.xlsx", [long], "cell E2 would hold more than 32767"),
        ("a.pdf", [FULL], "no kind of file"),
        ("none/a.csv", [FULL], "does not exist"),
    ):
        with pytest.raises(FileError, match=words):
            write_articles(tmp_path / name, articles, FACTS)
    assert os.listdir(tmp_path) == []
    write_articles(tmp_path / "a.csv", [long], FACTS)
    assert read(tmp_path / "a.csv") == [long]


@pytest.mark.parametrize(
    "statement",
    [
        "drop table variants; create view variants as select * from articles",
        "drop table keywords",
        "update articles set answer = zeroblob(5000000)",
        "update variants set text = x'00ff'",
        "alter table articles rename column question to q",
    ],
)
def test_a_plain_file_with_other_contents_is_refused(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "a.db"
    write_articles(path, [FULL], FACTS)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(statement)
    with pytest.raises(FileError):
        list(read_articles(path))
