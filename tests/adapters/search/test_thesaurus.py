"""The people's words: what fires, what a site may change, and that the compiled file is the one of the rows."""

from pathlib import Path

import pytest

from desktop.adapters.search import thesaurus
from desktop.adapters.search.index import FaqIndex

FOLDER = Path(__file__).parents[3] / "resources" / "faq"


def official(query: str, languages: tuple[str, ...] = ("ko",)) -> set[str]:
    fired = thesaurus.shipped().fired(query.split(), languages)
    return {term for row in fired for term in row.entry.official}


def test_the_compiled_file_is_that_of_the_rows() -> None:
    text, bad = thesaurus.compile_tables((FOLDER / "thesaurus").glob("*.csv"))
    assert bad == []
    assert (FOLDER / "thesaurus.jsonl").read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("lang", "least"), [("ko", 1500), *((each, 200) for each in ("en", "vi", "mn", "th", "ja"))]
)
def test_every_language_has_its_rows(lang: str, least: int) -> None:
    files = (FOLDER / "thesaurus").glob(f"{lang}*.csv")
    assert sum(len(thesaurus.read_csv(file.read_text(encoding="utf-8"))[0]) for file in files) >= least


def test_a_stem_meets_its_endings_and_compounds() -> None:
    entries, bad = thesaurus.read_csv(
        "everyday,official,weight,category\n웅덩이 빠지/빠져,포트홀|도로파손,.9,도로\n"
    )
    assert bad == []
    own = thesaurus.Thesaurus(lambda _lang: thesaurus.Table.of(()), entries)
    for query in ("웅덩이에 애 빠지겠어요", "빌라앞웅덩이 빠질 뻔", "웅덩이에 빠져서"):
        assert own.fired(query.split(), ("ko",))[0].entry.official == ("포트홀", "도로파손")
    assert own.fired(["웅덩이"], ("ko",)) == []


def test_a_language_answers_only_to_its_own_letters() -> None:
    assert official("passport lost", ("th",)) == set()


def test_bad_rows_are_named_and_lose_no_other() -> None:
    rows = ("민증,주민등록증,1,주민", ",주민등록증,1,주민", "딱지,과태료,viel,주정차", "딱지,,1,주정차")
    entries, bad = thesaurus.read_csv("\n".join(["everyday,official,weight,category", *rows]))
    assert [entry.everyday for entry in entries] == ["민증"]
    assert [row.line for row in bad] == [3, 4, 5]


def test_the_peoples_words_find_what_no_title_says(sample: FaqIndex) -> None:
    assert sample.search("민증 잃어버렸는데")[0].category.startswith("주민")
    assert any("주정차" in hit.category for hit in sample.search("딱지 끊겼어요", limit=3))
