"""XLSX: cells as people see them; files that want to hurt are refused in a sentence, and soon."""

import struct
import zipfile
from pathlib import Path

import pytest

from desktop.adapters.articles import xlsx_guard
from desktop.adapters.articles.reading import read_articles
from desktop.domain.faq_import import FileError, ImportStopped, Row
from tests.adapters.articles.workbooks import HEAD, OFFICE, parts, row, save, text

GOOD = row("A1", "ko", "x", "질문", "답")


def rows(tmp_path: Path, **sheets: str) -> list[Row]:
    return list(read_articles(save(tmp_path / "a.xlsx", parts(**sheets))))


def refusal(path: Path) -> str:
    with pytest.raises(FileError) as error:
        list(read_articles(path))
    assert path.name in str(error.value)
    return str(error.value)


def test_the_first_sheet_with_names(tmp_path: Path) -> None:
    found = rows(
        tmp_path, 표지="<row>" + text("안내", "C3") + "</row>", 자료=row(*HEAD) + GOOD, 다른=row(*HEAD)
    )
    assert [row.article.question for row in found if row.article] == ["질문"]


def test_numbers_dates_and_truth_become_text(tmp_path: Path) -> None:
    names = row(*HEAD, "확인일", "표본", "전화", "메뉴")
    values = row(
        "<c><v>7</v></c>", "ko", "x", "<c><v>7.5</v></c>", "<c><v>120000000000</v></c>", '<c s="1"><v>46053</v></c>',
        '<c t="b"><v>1</v></c>', "02-120", "<c><v>1</v></c>",
    )  # fmt: skip
    (found,) = rows(tmp_path, a=names + values)
    article = found.article
    assert article is not None
    assert (article.id, article.question, article.answer) == ("7", "7.5", "120000000000")
    assert (article.checked_on, article.sample, article.menu) == ("2026-01-31", True, ("1",))


def test_a_time_of_day_is_no_date(tmp_path: Path) -> None:
    (found,) = rows(
        tmp_path, a=row(*HEAD, "checked_on") + row("1", "ko", "x", "q", "a", '<c s="2"><v>46053.5</v></c>')
    )
    assert "checked_on is not a date" in found.reason


def test_rows_are_told_by_their_place_in_the_sheet(tmp_path: Path) -> None:
    names = "".join(text(name, f"{letter}4") for letter, name in zip("CDEFG", HEAD, strict=True))
    bad = "".join(
        text(value, f"{letter}7") for letter, value in zip("CDEFG", ("B", "", "x", "q", "a"), strict=True)
    )
    good = "".join(
        text(value, f"{letter}8") for letter, value in zip("CDEFG", ("C", "ko", "x", "q", "a"), strict=True)
    )
    found = rows(tmp_path, a=f'<row r="4">{names}</row><row r="7">{bad}</row><row r="8">{good}</row>')
    assert [(each.number, each.line, each.reason) for each in found] == [(1, 7, "lang is empty"), (2, 8, "")]


def test_formulas_and_errors_refuse_their_row_alone(tmp_path: Path) -> None:
    formula, error = '<c t="str"><f>"a"</f><v>a</v></c>', '<c t="e"><v>#REF!</v></c>'
    found = rows(
        tmp_path,
        a=row(*HEAD, "길이")
        + row("A1", "ko", "x", "q", formula)
        + row("A2", "ko", "x", "q", error)
        + row("A3", "ko", "x", "q", "a", formula),
    )
    assert [each.reason for each in found] == [
        "the cell of answer holds a formula; paste its value instead",
        "the cell of answer holds an error; correct it in the spreadsheet",
        "",
    ]


def test_a_sheet_without_names(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", parts(a=row("id", "lang", "question", "answer")))
    assert "there is none for category" in refusal(path)
    assert "no sheet with columns" in refusal(save(tmp_path / "b.xlsx", parts(a="")))


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "more than 256 columns"),
        ('<row r="1048576"><c r="Z1048576"><v>1</v></c></row>', "too large"),
        ('<row><c r="ZZZZZ99999999999"><v>1</v></c></row>', "no place in a sheet"),
        ('<row r="-1"><c><v>1</v></c></row>', "no row of a sheet"),
        ('<row r="9999999"><c/><c/><c><v>1</v></c></row>', "too large"),
        ("<row>" + "<c/>" * 300 + "<c><v>1</v></c></row>", "more than 256 columns"),
        ("<row><c></row>", "damaged XML"),
    ],
)
def test_sheets_that_would_take_all_memory(tmp_path: Path, cells: str, words: str) -> None:
    assert words in refusal(save(tmp_path / "a.xlsx", parts(a=row(*HEAD) + cells)))


def test_empty_formatted_cells_down_to_the_end_are_no_harm(tmp_path: Path) -> None:
    found = rows(tmp_path, a=row(*HEAD) + GOOD + '<row r="1048576"><c r="XFD1048576" s="1"/></row>')
    assert len(found) == 1


def test_a_part_that_unpacks_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_guard, "MOST_BYTES", 5_000_000)
    contents = parts(a=row(*HEAD) + GOOD)
    contents["xl/sharedStrings.xml"] = "<sst>" + " " * 6_000_000 + "</sst>"
    path = save(tmp_path / "a.xlsx", contents)
    assert path.stat().st_size < 50_000
    assert "unpacks to more than 5 MB" in refusal(path)


def test_an_archive_that_lies_about_its_size(tmp_path: Path) -> None:
    contents = parts(a=row(*HEAD) + GOOD * 1000)
    path = save(tmp_path / "a.xlsx", contents)
    data = path.read_bytes()
    size = len(contents["xl/worksheets/sheet1.xml"].encode())
    assert data.count(struct.pack("<I", size)) == 2
    path.write_bytes(data.replace(struct.pack("<I", size), struct.pack("<I", 100)))
    assert "not a whole XLSX file" in refusal(path) or "damaged XML" in refusal(path)


def test_document_types_and_foreign_entities(tmp_path: Path) -> None:
    contents = parts(a=row(*HEAD) + GOOD)
    name = "xl/worksheets/sheet1.xml"
    contents[name] = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + contents[name]
    assert "document type" in refusal(save(tmp_path / "a.xlsx", contents))


def test_files_of_another_kind(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    for data, words in (
        (b"", "not a whole XLSX"),
        (b"id,lang\n", "not a whole XLSX"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "has a password"),
    ):
        path.write_bytes(data)
        assert words in refusal(path)
    assert "not an XLSX workbook" in refusal(save(path, {"word/document.xml": "<a/>"}))
    whole = save(path, parts(a=row(*HEAD) + GOOD * 50)).read_bytes()
    for length in range(0, len(whole), 97):
        path.write_bytes(whole[:length])
        refusal(path)


def test_one_part_twice(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", parts(a=row(*HEAD) + GOOD))
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    assert "one part twice" in refusal(path)


def test_sheets_that_are_named_and_not_there(tmp_path: Path) -> None:
    contents = parts(a=row(*HEAD) + GOOD)
    contents["xl/_rels/workbook.xml.rels"] = contents["xl/_rels/workbook.xml.rels"].replace(
        "worksheets/sheet1.xml", "../../../etc/passwd"
    )
    refusal(save(tmp_path / "a.xlsx", contents))
    contents["xl/workbook.xml"] = f'<workbook xmlns:r="{OFFICE}"/>'
    refusal(save(tmp_path / "a.xlsx", contents))
    del contents["xl/_rels/workbook.xml.rels"]
    refusal(save(tmp_path / "a.xlsx", contents))


def test_reading_stops_where_it_is_told(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", parts(a=row(*HEAD) + GOOD * 100))
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 60

    with pytest.raises(ImportStopped):
        list(read_articles(path, cancelled))
    assert asked == 61
