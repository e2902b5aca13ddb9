"""A spreadsheet from outside is unpacked, measured and packed again before its parser sees it.

The parser lays a sheet out as one rectangle in memory, so that two cells far apart would take all there is, and it
believes what the archive says of itself. Here every part is unpacked within limits and walked through, and only what
was seen so is handed on, in an archive of our own.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from desktop.adapters.articles.source import Source
from desktop.domain.faq_import import FileError

MOST_PARTS = 2_000
MOST_BYTES = 600_000_000
"""Of all parts together, unpacked."""
MOST_COLUMNS = 256
MOST_CELLS = 6_000_000
"""Rows times columns of a sheet."""

_PIECE = 1 << 18
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"


@dataclass(slots=True)
class Sheet:
    """The cells of a sheet that hold no value of their own: why each cannot be used, by row and column from 1."""

    flaws: dict[int, dict[int, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """The archive packed again, and its sheets by the name of their part ("xl/worksheets/sheet1.xml")."""

    archive: io.BytesIO
    sheets: dict[str, Sheet]


class _Walk:
    """Follows the parser's own counting of rows and columns through one part."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.sheet = Sheet()
        self._row = self._column = self._rows = self._columns = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._element
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _doctype(self, *_: object) -> None:
        raise FileError(
            f"{self._name} declares a document type, which no spreadsheet program writes; save it again."
        )

    def _element(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "row":
            self._row = self._number(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
        elif tag == "c":
            self._cell(attributes)
        elif tag in ("v", "is"):
            self._measure()
        elif tag == "f":
            self._flaw("a formula; paste its value instead")

    def _cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        if place is None:
            self._column += 1
        else:
            found = _PLACE.fullmatch(place)
            if found is None:
                raise FileError(f"{self._name} has a cell at {place[:20]!r}, which is no place in a sheet.")
            self._row = int(found[2])
            self._column = 0
            for letter in found[1]:
                self._column = self._column * 26 + ord(letter) - 64
        if attributes.get("t") == "e":
            self._flaw("an error; correct it in the spreadsheet")

    def _flaw(self, what: str) -> None:
        self.sheet.flaws.setdefault(self._row, {})[self._column] = what

    def _measure(self) -> None:
        self._rows, self._columns = max(self._rows, self._row), max(self._columns, self._column)
        if self._columns > MOST_COLUMNS:
            raise FileError(
                f"{self._name} has a sheet with more than {MOST_COLUMNS} columns; delete what is not needed."
            )
        if self._rows * self._columns > MOST_CELLS:
            raise FileError(
                f"{self._name} has a sheet of {self._rows} rows and {self._columns} columns, which is too large;"
                " delete stray cells, or hand it in as CSV."
            )

    def _number(self, text: str) -> int:
        if not text.isascii() or not text.isdigit() or len(text) > 7:
            raise FileError(f"{self._name} has a row numbered {text[:20]!r}, which is no row of a sheet.")
        return int(text)


def check(source: Source) -> Checked:
    """Unpack, measure and pack again. Raises FileError for what no honest spreadsheet holds."""
    name = source.path.name
    try:
        with zipfile.ZipFile(source.path) as archive:
            return _packed_again(source, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        with source.path.open("rb") as file:
            locked = file.read(4) == _OLD_OR_LOCKED
        if locked:
            raise FileError(
                f"{name} is an old XLS file or has a password; save it as XLSX without one."
            ) from error
        raise FileError(f"{name} is not a whole XLSX file; save it again.") from error
    except expat.ExpatError as error:
        raise FileError(f"{name} holds damaged XML; save it again.") from error


def _packed_again(source: Source, archive: zipfile.ZipFile) -> Checked:
    name = source.path.name
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or len({part.filename.casefold() for part in parts}) < len(parts):
        raise FileError(f"{name} holds too many parts, or one part twice; save it again.")
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise FileError(f"{name} is not an XLSX workbook; save it as XLSX.")
    packed = io.BytesIO()
    sheets: dict[str, Sheet] = {}
    total = 0
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for part in parts:
            if not part.filename.endswith((".xml", ".rels")):
                continue
            walk = _Walk(name)
            with copy.open(part.filename, "w") as target:
                for piece in _pieces(archive, part):
                    source.go_on()
                    total += len(piece)
                    if total > MOST_BYTES:
                        raise FileError(
                            f"{name} unpacks to more than {MOST_BYTES // 1_000_000} MB; hand it in as CSV."
                        )
                    walk.parser.Parse(piece)
                    target.write(piece)
            walk.parser.Parse(b"", True)
            sheets[part.filename] = walk.sheet
    packed.seek(0)
    return Checked(packed, sheets)


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as file:
        while piece := file.read(_PIECE):
            yield piece
