"""A workbook with one sheet of texts, as little as spreadsheet programs ask for. The same rows give the same bytes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from desktop.domain.faq_import import FileError

LONGEST_CELL = 32_767
"""Characters (UTF-16 units) that a cell can hold."""
_MOST_ROWS = 1_048_576
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="articles" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
# XML has no place for these; a literal "_x0041_" would be read as the escape that it looks like.
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def write_sheet(path: Path, rows: Iterable[Sequence[str]]) -> int:
    """Write the rows as texts; returns their number. Raises FileError for more than a sheet can hold, or OSError."""
    count = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _PARTS.items():
            with archive.open(_part(name), "w") as part:
                part.write((_HEAD + text).encode())
        with archive.open(_part("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as sheet:
            sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for count, row in enumerate(rows, 1):
                sheet.write(_row(count, row).encode())
            sheet.write(b"</sheetData></worksheet>")
    return count


def _part(name: str) -> zipfile.ZipInfo:
    part = zipfile.ZipInfo(name)  # its time is fixed: 1980
    part.compress_type = zipfile.ZIP_DEFLATED
    return part


def _row(number: int, texts: Sequence[str]) -> str:
    if number > _MOST_ROWS:
        raise FileError(f"XLSX holds {_MOST_ROWS} rows; write .jsonl or .csv instead.")
    written = [_cell(f"{_letters(place)}{number}", text) for place, text in enumerate(texts) if text]
    return f'<row r="{number}">{"".join(written)}</row>'


def _letters(place: int) -> str:
    return (chr(64 + place // 26) if place >= 26 else "") + chr(65 + place % 26)


def _cell(place: str, text: str) -> str:
    if len(text) > LONGEST_CELL // 2 and len(text.encode("utf-16-le", "replace")) // 2 > LONGEST_CELL:
        raise FileError(
            f"the cell {place} would hold more than {LONGEST_CELL} characters, which XLSX cannot; write .jsonl or .csv."
        )
    safe = escape(_ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", text))
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{safe}</t></is></c>'
