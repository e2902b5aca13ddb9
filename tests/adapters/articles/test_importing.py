"""From files to a pack: progress, cancel at any moment without a trace, preview."""

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop.adapters.articles.importing import import_articles, preview_articles, read_pack
from desktop.adapters.articles.writing import write_articles
from desktop.adapters.search.index import FaqIndex
from desktop.domain.faq import Article
from desktop.domain.faq_import import FileError, ImportStopped, Progress, Row

ARTICLES = [
    Article(f"A{number}", "ko", "교통 > 버스", f"{number}번 버스가 서지 않아요", f"답변 {number} 입니다." * 5)
    for number in range(2_400)
]
FACTS = {"name": "n", "content_sha256": ""}


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sheet") / "many.xlsx"
    write_articles(path, ARTICLES, FACTS)
    return path


def small(folder: Path, *articles: Article) -> Path:
    path = folder / f"{len(os.listdir(folder))}.jsonl"
    write_articles(path, articles, FACTS)
    return path


def stopping(stage: str, count: int) -> tuple[Callable[[Progress], None], Callable[[], bool], list[Progress]]:
    """Asks for the end when a stage has come as far as `count`."""
    told: list[Progress] = []

    def stopped() -> bool:
        return any(each.stage == stage and each.done >= count for each in told)

    return told.append, stopped, told


def test_progress_comes_in_order_and_goes_to_the_end(sheet: Path, tmp_path: Path) -> None:
    told: list[Progress] = []
    summary = import_articles([sheet], tmp_path / "a.faq", told.append)
    assert (summary.articles, summary.refused, summary.indexed) == (2_400, 0, 2_400)
    stages = list(dict.fromkeys(each.stage for each in told))
    assert stages == ["read", "index", "write"]
    for stage in stages:
        done = [each.done for each in told if each.stage == stage]
        assert done == sorted(set(done))
        assert done[-1] >= 2_000
    assert {each.total for each in told if each.stage == "index"} == {2_400}


@pytest.mark.parametrize(
    ("stage", "count"), [("read", 1_000), ("index", 1_500), ("write", 0), ("write", 1_000)]
)
def test_an_import_stopped_half_way_leaves_nothing(
    sheet: Path, tmp_path: Path, stage: str, count: int
) -> None:
    output = tmp_path / "a.faq"
    import_articles([small(tmp_path, ARTICLES[0])], output)
    before, names = output.read_bytes(), sorted(os.listdir(tmp_path))
    tell, stopped, told = stopping(stage, count)
    with pytest.raises(ImportStopped):
        import_articles([sheet], output, tell, stopped)
    assert told[-1].stage == stage
    assert output.read_bytes() == before
    assert sorted(os.listdir(tmp_path)) == names


def test_an_import_stopped_before_it_begins(sheet: Path, tmp_path: Path) -> None:
    with pytest.raises(ImportStopped):
        import_articles([sheet], tmp_path / "a.faq", cancelled=lambda: True)
    assert os.listdir(tmp_path) == []


def test_refused_rows_and_twins_are_told_as_they_come(tmp_path: Path) -> None:
    one = small(tmp_path, ARTICLES[0], ARTICLES[1])
    two = tmp_path / "b.csv"
    two.write_text("id,lang,category,question,answer\nA1,ko,x,q,a\n,ko,x,q,a\nA9,ko,x,q,\n", encoding="utf-8")
    told: list[Row] = []
    summary = import_articles([one, two], tmp_path / "a.faq", tell=told.append)
    assert (summary.articles, summary.refused) == (3, 2)
    assert [(row.file, row.number, row.reason) for row in told] == [
        ("b.csv", 1, f"the id 'A1' occurs twice (first in row 2 of {one.name})"),
        ("b.csv", 2, "id is empty"),
        ("b.csv", 3, ""),
    ]
    assert read_pack(tmp_path / "a.faq")["A1"] == ARTICLES[1]


def test_two_files_of_one_name_do_not_hide_twins(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "y").mkdir()
    files = [small(tmp_path / name, ARTICLES[0]) for name in "xy"]
    assert files[0].name == files[1].name
    assert import_articles(files, tmp_path / "a.faq").refused == 1


def test_an_update_keeps_what_no_row_names(tmp_path: Path) -> None:
    import_articles([small(tmp_path, *ARTICLES[:3])], tmp_path / "old.faq")
    changed = Article("A1", "ko", "x", "다른 질문", "다른 답")
    file = small(tmp_path, changed, ARTICLES[5])
    import_articles([file], tmp_path / "new.faq", update=tmp_path / "old.faq")
    assert list(read_pack(tmp_path / "new.faq").values()) == [ARTICLES[0], changed, ARTICLES[2], ARTICLES[5]]


def test_a_preview_says_what_would_change_and_writes_nothing(tmp_path: Path) -> None:
    import_articles([small(tmp_path, *ARTICLES[:4])], tmp_path / "old.faq")
    file = tmp_path / "b.csv"
    file.write_text(
        "id,lang,category,question,answer\n"
        f'A0,ko,교통 > 버스,{ARTICLES[0].question},"{ARTICLES[0].answer}"\n'
        "A1,ko,교통 > 버스,새 질문,\nN,ko,x,q,a\nN,ko,x,q,a\n",
        encoding="utf-8",
    )
    names = sorted(os.listdir(tmp_path))
    for updating, removed in ((False, 2), (True, 0)):
        found = preview_articles([file], tmp_path / "old.faq", updating)
        assert (found.articles, found.refused_count, found.warned_count, found.same) == (3, 1, 1, 1)
        assert (found.count("added"), found.count("changed"), found.count("removed")) == (1, 1, removed)
        (change,) = (each for each in found.changes if each.kind == "changed")
        assert (change.article_id, change.fields) == ("A1", ("question", "answer"))
        assert [each.id for each in found.first] == ["A0", "A1", "N"]
        assert "occurs twice" in found.refused[0].reason
    assert preview_articles([file], None).count("added") == 3
    assert sorted(os.listdir(tmp_path)) == names


def test_nothing_readable_and_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text("{}\n")
    with pytest.raises(FileError, match="no article could be read"):
        import_articles([file], tmp_path / "a.faq")
    with pytest.raises(FileError, match="does not exist"):
        import_articles([file], tmp_path / "none" / "a.faq")
    assert os.listdir(tmp_path) == ["a.jsonl"]


def test_a_watched_import_is_the_same_pack(sheet: Path, tmp_path: Path) -> None:
    import_articles([sheet], tmp_path / "a.faq")
    with closing(FaqIndex.open(tmp_path / "a.faq")) as index:
        assert list(index.articles()) == ARTICLES
        assert index.search("1234번 버스가")[0].article_id == "A1234"
