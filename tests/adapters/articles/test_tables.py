"""CSV as offices hand it in: any order of columns, either encoding, line breaks in cells, and rows that are broken."""

from pathlib import Path

import pytest

from desktop.adapters.articles import csv_file
from desktop.adapters.articles.reading import read_articles
from desktop.adapters.articles.tables import cell_of, texts_of
from desktop.domain.faq_import import FileError, Row

HEAD = "id,lang,category,question,answer"


def rows(tmp_path: Path, text: str | bytes, name: str = "a.csv") -> list[Row]:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(read_articles(path))


def test_columns_in_any_order_and_lists_in_cells(tmp_path: Path) -> None:
    names = "Question,answer,Keywords,variants,ID,Lang,Category,note\n"
    text = names + '질문?,"답\n둘째 줄",가|나,"말 하나\n말 둘",A1,ko,교통 > 버스,x\n'
    (row,) = rows(tmp_path, text)
    article = row.article
    assert article is not None
    assert (article.id, article.question, article.answer) == ("A1", "질문?", "답\n둘째 줄")
    assert (article.category, article.keywords) == ("교통 > 버스", ("가", "나"))
    assert article.variants == ("말 하나", "말 둘")
    assert row.warnings == ("columns that no article has are left out: note",)
    assert (row.number, row.line, row.file) == (1, 2, "a.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    names = "번호,언어,대분류,중분류,질문,답변,검색어"
    row_of_cells = "A1,한국어,교통,버스,버스가 안 와요,기다리세요. 똠방각하,버스|정류소"
    text = "\r\n".join([names, row_of_cells]).replace(",", delimiter)
    (row,) = rows(tmp_path, text.encode(encoding))
    assert row.article is not None
    assert (row.article.lang, row.article.category) == ("ko", "교통 > 버스")
    assert (row.article.answer, row.article.keywords) == ("기다리세요. 똠방각하", ("버스", "정류소"))


def test_a_title_above_the_names_and_blank_rows(tmp_path: Path) -> None:
    found = rows(tmp_path, f"상담 자료 2026,,,,\n,,,,\n{HEAD}\nA1,ko,x,q,a\n,,,,\n\nA2,ko,x,q2,a\n")
    assert [(row.number, row.line, row.reason) for row in found] == [(1, 4, ""), (2, 7, "")]


def test_a_bad_row_loses_no_other(tmp_path: Path) -> None:
    text = f'{HEAD}\nA1,ko,x,q,a\nA2,ko,x\nA3,ko,x,q,"a" b\nA4,ko,x,q,a,more\nA5,ko,x,"q,a\nA6,ko,x,q,a\n,ko,x,q,a\n'
    found = rows(tmp_path, text)
    assert [(row.number, row.line, row.reason) for row in found] == [
        (1, 2, ""),
        (2, 3, "question is empty"),
        (3, 4, "text stands behind a closing quotation mark; inside a cell write the mark twice"),
        (4, 5, "the row has more cells than there are column names"),
        (5, 6, "a quotation mark is opened and never closed"),
        (6, 7, ""),
        (7, 8, "id is empty"),
    ]


def test_a_mark_that_is_never_closed_in_a_long_file(tmp_path: Path) -> None:
    good = [f"A{number},ko,x,q,a" for number in range(csv_file.MOST_LINES_OF_A_ROW + 50)]
    found = rows(tmp_path, "\n".join([HEAD, 'B,ko,x,"q,a', *good]))
    assert [row.number for row in found if row.reason] == [1]
    assert len(found) == len(good) + 1


def test_a_cell_that_is_far_too_long(tmp_path: Path) -> None:
    text = f"{HEAD}\nA1,ko,x,q,{'a' * (csv_file.LONGEST_CELL + 1)}\nA2,ko,x,q,a\n"
    bad, good = rows(tmp_path, text)
    assert "longer than" in bad.reason
    assert good.article is not None


def test_bytes_that_are_no_text_refuse_their_row_alone(tmp_path: Path) -> None:
    text = (
        f"{HEAD}\nA1,ko,x,질문 하나,a\n".encode() + b"A2,ko,x,\xff\xfe,a\n" + "A3,ko,x,질문 둘,a\n".encode()
    )
    one, bad, three = rows(tmp_path, text)
    assert bad.reason == "the row is neither UTF-8 nor CP949"
    assert one.article is not None
    assert three.article is not None
    assert three.article.question == "질문 둘"


def test_two_columns_for_one_text(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, f"{HEAD},제목,키워드1,키워드2\nA1,ko,x,q,a,b,가,나\n")
    assert row.article is not None
    assert (row.article.question, row.article.keywords) == ("q", ("가", "나"))
    assert row.warnings == ("columns that no article has are left out: 제목",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no row of column names"),
        ("a,b\n1,2\n", "no row of column names"),
        ("id,lang,question,answer\nA1,ko,q,a\n", "no column for category"),
        ("\x00\x01\x02", "no row of column names"),
    ],
)
def test_files_without_names(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(FileError, match=words):
        rows(tmp_path, text)


@pytest.mark.parametrize(
    "texts", [[], ["a"], ["a", "b"], ["a|b"], ["a\nb", "c"], ['["x"]'], ["[x] y", "z"], ["[1]"]]
)
def test_a_cell_of_texts_is_read_as_it_was_written(texts: list[str]) -> None:
    assert texts_of(cell_of(texts)) == texts


def test_dates_as_offices_write_them(tmp_path: Path) -> None:
    text = f"{HEAD},확인일\nA1,ko,x,q,a,2026.1.31\nA2,ko,x,q,a,2026. 1. 31.\nA3,ko,x,q,a,2026-02-30\n"
    one, two, three = rows(tmp_path, text)
    assert one.article is not None
    assert two.article is not None
    assert one.article.checked_on == two.article.checked_on == "2026-01-31"
    assert three.reason == "checked_on is not a date like 2026-01-31"
