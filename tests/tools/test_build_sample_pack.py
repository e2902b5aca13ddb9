"""The sample pack is built from its articles, and from them alone."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.adapters.articles.reading import read_all
from desktop.adapters.search.index import FaqIndex
from desktop.domain.errors import DeskError
from tools import build_sample_pack


@pytest.fixture
def few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "sample").mkdir()
    for name in ("en", "ko-more", "ko-basics"):
        entry = {
            "id": name,
            "lang": "ko",
            "category": "x",
            "question": f"q {name}",
            "answer": "a",
            "sample": True,
        }
        (tmp_path / "sample" / f"{name}.yaml").write_text(json.dumps([entry]), "utf-8")
    monkeypatch.setattr(build_sample_pack, "FOLDER", tmp_path)
    return tmp_path


def test_korean_comes_first_and_the_same_articles_give_the_same_bytes(few: Path) -> None:
    pack = few / "sample.faq"
    assert build_sample_pack.build(pack)
    with closing(FaqIndex.open(pack)) as index:
        assert [article.id for article in index.articles()] == ["ko-basics", "ko-more", "en"]
        assert index.pack_name == "sample"
    with closing(sqlite3.connect(pack)) as connection:
        ((built,),) = connection.execute("select value from meta where key='built_at'")
    # As if it had been built at another time.
    before = pack.read_bytes().replace(built.encode(), b"2026-01-31T00:00:00+00:00")
    pack.write_bytes(before)
    assert not build_sample_pack.build(pack)
    assert pack.read_bytes() == before
    (few / "sample" / "en.yaml").unlink()
    assert build_sample_pack.build(pack)
    assert sorted(path.name for path in few.iterdir()) == ["sample", "sample.faq"]


def test_a_row_that_is_refused_stops_it(few: Path) -> None:
    (few / "sample" / "mn.yaml").write_text("- {id: a}\n", "utf-8")
    with pytest.raises(DeskError, match=r"mn.yaml, row 1 \(line 1\)"):
        build_sample_pack.build(few / "sample.faq")
    assert [path.name for path in few.iterdir()] == ["sample"]


def test_the_articles_of_the_sample_are_all_good() -> None:
    found = list(read_all(build_sample_pack.sources()))
    assert [
        (row.file, row.line, row.reason, row.warnings) for row in found if row.reason or row.warnings
    ] == []
    articles = [row.article for row in found if row.article is not None]
    assert all(article.sample for article in articles)
    counts = {
        lang: sum(each.lang == lang for each in articles) for lang in ("ko", "en", "vi", "mn", "th", "ja")
    }
    assert counts.pop("ko") >= 300
    assert min(counts.values()) >= 40
