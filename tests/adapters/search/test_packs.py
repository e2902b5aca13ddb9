"""Packs that cannot be used say so; packs that can are what they were built from."""

import os
import sqlite3
import stat
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from desktop.adapters.articles.reading import read_all
from desktop.adapters.search.index import FaqIndex
from desktop.adapters.search.indexing import build_index
from desktop.adapters.search.pack import APPLICATION_ID, SCHEMA, PackError
from desktop.adapters.storage.faq_pack import PackFormat, content_hash, write_pack
from desktop.domain.faq import Article
from tools import build_sample_pack

SAMPLE = Path(__file__).parents[3] / "resources" / "faq" / "sample.faq"
FORM = PackFormat(APPLICATION_ID, SCHEMA)
PackOf = Callable[[Sequence[Article]], FaqIndex]
ARTICLES = [Article(str(number), "ko", "x", f"질문 {number}", f"답변 {number}") for number in range(30)]


def written(path: Path, form: PackFormat = FORM) -> Path:
    write_pack(path, "test", ARTICLES, build_index(ARTICLES), form)
    return path


def refused(path: Path) -> str:
    with pytest.raises(PackError) as error:
        FaqIndex.open(path)
    return str(error.value)


def test_the_shipped_pack_is_current(pack_of: PackOf) -> None:
    articles = [row.article for row in read_all(build_sample_pack.sources()) if row.article is not None]
    shipped = FaqIndex.open(SAMPLE)
    try:
        assert shipped.pack_id == content_hash(articles)
        assert shipped.is_sample
        assert shipped.pack_name == "sample"
        assert list(shipped.articles()) == articles
        fresh = pack_of(articles)
        for query in ("여궈", "ㅇㄱㅈㅂㄱ", "소화전", "수도요금"):
            assert shipped.search(query) == fresh.search(query)
            assert shipped.search(query, mode="transcript") == fresh.search(query, mode="transcript")
    finally:
        shipped.close()


def test_missing_pack(tmp_path: Path) -> None:
    assert "faq build" in refused(tmp_path / "none.faq")
    assert "faq build" in refused(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"not a database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 4000]
)
def test_a_file_that_is_no_pack(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.faq"
    path.write_bytes(content)
    assert "damaged or is not an answer pack" in refused(path)


def test_a_foreign_database(tmp_path: Path) -> None:
    path = tmp_path / "x.faq"
    with sqlite3.connect(path) as connection:
        connection.execute("create table meta (key, value)")
    connection.close()
    assert "not an answer pack" in refused(path)


def test_a_pack_of_a_newer_version(tmp_path: Path) -> None:
    path = written(tmp_path / "x.faq", PackFormat(APPLICATION_ID, SCHEMA + 1))
    assert "newer version" in refused(path)


@pytest.mark.parametrize(
    "damage",
    [
        "drop table search_array",
        "delete from meta where key='articles'",
        "update meta set value='many' where key='articles'",
        "update meta set value='31' where key='articles'",
        "update meta set value='[]' where key='languages'",
        "update search_array set data=x'0102' where name='lang'",
        "delete from search_array",
        "pragma application_id=1",
    ],
)
def test_a_pack_with_something_missing(tmp_path: Path, damage: str) -> None:
    path = written(tmp_path / "x.faq")
    with sqlite3.connect(path) as connection:
        connection.execute(damage)
    connection.close()
    refused(path)


@pytest.mark.parametrize(
    "damage",
    [
        "update gram_title set postings=x'01ffffffff'",
        "update gram_title set postings=x'09'",
        "update gram_title set postings='text'",
        "update gram_title set postings=x'040000000000'",
        "update gram_title set n=1000000",
        "update gram_title set n='x'",
        "update search_doc set form_masses='a b'",
        "update faq set followup='{'",
    ],
)
def test_damage_found_while_searching_is_told(tmp_path: Path, damage: str) -> None:
    path = written(tmp_path / "x.faq")
    with sqlite3.connect(path) as connection:
        connection.execute(damage)
    connection.close()
    index = FaqIndex.open(path)
    with pytest.raises(PackError):
        assert [index.search("질문 7", mode="transcript"), index.article("7")]
    index.close()


def test_random_damage_never_surprises(tmp_path: Path) -> None:
    whole = written(tmp_path / "x.faq").read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        path = tmp_path / f"{place}.faq"
        path.write_bytes(whole[:place] + bytes(64) + whole[place + 64 :])
        try:
            index = FaqIndex.open(path)
        except PackError:
            continue
        try:
            index.search("질문 7")
            index.search("ㅈㅁ")
        except PackError:
            pass
        finally:
            index.close()


def test_truncated_pack(tmp_path: Path) -> None:
    whole = written(tmp_path / "x.faq").read_bytes()
    path = tmp_path / "half.faq"
    path.write_bytes(whole[: len(whole) // 2])
    try:
        index = FaqIndex.open(path)
    except PackError:
        return
    with pytest.raises(PackError):
        assert [index.search(f"질문 {number}") for number in range(30)]
    index.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such modes")
def test_only_the_user_may_read_it(tmp_path: Path) -> None:
    assert stat.S_IMODE(written(tmp_path / "x.faq").stat().st_mode) == 0o600


def test_a_failed_write_leaves_the_old_pack_and_nothing_else(tmp_path: Path) -> None:
    path = written(tmp_path / "x.faq")
    before = path.read_bytes()
    twins = [*ARTICLES, ARTICLES[0]]
    with pytest.raises(sqlite3.Error):
        write_pack(path, "test", twins, build_index(twins), FORM)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["x.faq"]


def test_reading_writes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path / "x.faq")
    before = path.read_bytes()
    index = FaqIndex.open(path)
    index.search("질문")
    index.close()
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["x.faq"]


def test_the_old_pack_serves_while_a_new_one_takes_its_place(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.xfail("an open file cannot be replaced there")
    path = written(tmp_path / "x.faq")
    index = FaqIndex.open(path)
    one = [Article("new", "ko", "x", "다른 글", "")]
    write_pack(path, "test", one, build_index(one), FORM)
    assert index.search("질문 7")[0].article_id == "7"
    index.close()
    index = FaqIndex.open(path)
    assert [hit.article_id for hit in index.search("다른 글")] == ["new"]
    index.close()


def test_an_older_pack_is_not_called_damaged(tmp_path: Path) -> None:
    older = PackFormat(APPLICATION_ID, SCHEMA - 1)
    said = refused(written(tmp_path / "x.faq", older))
    assert "older version of the desk" in said
    assert "dasan-desk faq build" in said
    assert "damaged" not in said
