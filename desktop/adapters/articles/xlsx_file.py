"""Articles in XLSX: the first sheet with a row of column names. Cells become text; a formula's row is refused."""

from __future__ import annotations

import datetime
import itertools
import posixpath
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from desktop.adapters.articles import tables, xlsx_guard
from desktop.adapters.articles.source import Source
from desktop.adapters.articles.tables import HEADER_WITHIN, Line
from desktop.adapters.articles.xlsx_guard import Checked, Sheet
from desktop.domain.faq_import import FileError, Row

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_HEADER_ROWS = 200
_WHOLE = 1e15
"""Below this a whole number has no digit that a spreadsheet has lost."""


def read(source: Source) -> Iterator[Row]:
    """The rows of a file, in order."""
    checked = xlsx_guard.check(source)
    missing: tuple[str, ...] = ()
    for table, sheet in _tables(source, checked):
        start = list(itertools.islice(_lines(source, table, sheet), _HEADER_ROWS))
        header, place = tables.find_header(start)
        if header.complete:
            lines = _lines(source, table, sheet)
            yield from tables.rows((line for line in lines if line.number > place), header)
            return
        missing = missing or (header.missing if place else ())
    named = f"; there is none for {', '.join(missing)}" if missing else ""
    raise FileError(
        f"{source.path.name} has no sheet with columns id, lang, category, question and answer within its first"
        f" {HEADER_WITHIN} rows{named}."
    )


def _tables(source: Source, checked: Checked) -> Iterator[tuple[CalamineSheet, Sheet]]:
    from python_calamine import CalamineWorkbook

    try:
        parts = _parts(checked)
        with CalamineWorkbook.from_filelike(checked.archive) as book:
            found = [
                (book.get_sheet_by_name(name), checked.sheets[parts[name]])
                for name in book.sheet_names
                if parts.get(name) in checked.sheets
            ]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # The parser's panics are no Exception; whatever it cannot read is the file's fault.
        raise FileError(f"{source.path.name} cannot be read as XLSX; save it again, or as CSV.") from error
    yield from found


def _parts(checked: Checked) -> dict[str, str]:
    """The part of each sheet by the sheet's name."""
    with zipfile.ZipFile(checked.archive) as archive:
        book = ElementTree.fromstring(archive.read(_WORKBOOK))
        relations = ElementTree.fromstring(archive.read(_RELATIONS))
    checked.archive.seek(0)
    targets = {each.get("Id", ""): each.get("Target", "") for each in relations}
    return {
        each.get("name", ""): posixpath.normpath(posixpath.join("/xl", targets.get(_id(each), "")))[1:]
        for each in book.iter()
        if each.tag.rpartition("}")[2] == "sheet"
    }


def _id(element: ElementTree.Element) -> str:
    return next((value for name, value in element.items() if name.endswith("}id")), "")


def _lines(source: Source, table: CalamineSheet, sheet: Sheet) -> Iterator[Line]:
    if table.start is None:
        return
    first = table.start[1] + 1
    for number, values in enumerate(table.iter_rows(), 1):
        source.go_on()
        flaws = {column - first: what for column, what in sheet.flaws.get(number, {}).items()}
        yield Line(number, [_text(value) for value in values], flaws=flaws)


def _text(value: object) -> str:
    """A cell as people see it: whole numbers without ".0", dates in ISO form."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _WHOLE else repr(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)
