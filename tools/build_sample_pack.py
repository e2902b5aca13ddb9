"""Build the shipped sample pack from the articles in resources/faq/sample/.

Use:  python tools/build_sample_pack.py

Where the articles and the pack's format are the same, the file stays as it is: the same content gives the same bytes.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from desktop.adapters.articles.importing import import_articles
from desktop.domain.errors import DeskError
from desktop.domain.faq_import import FileError, Row

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "faq"
PACK = FOLDER / "sample.faq"


def sources() -> list[Path]:
    """The files, Korean ones first: an empty search field begins with the pack's first articles."""
    return sorted(
        (FOLDER / "sample").glob("*.yaml"),
        key=lambda path: (not path.name.startswith("ko-basics"), not path.name.startswith("ko"), path.name),
    )


def build(pack: Path) -> bool:
    """Build the pack; whether the file is another one now. Raises DeskError where a row is refused or odd."""
    with tempfile.TemporaryDirectory(dir=pack.parent) as folder:
        fresh = Path(folder) / pack.name
        import_articles(sources(), fresh, tell=_refuse)
        before, now = _built_at(pack), _built_at(fresh)
        # The time of building is all that may differ; it is text of one length.
        if before and now and fresh.read_bytes().replace(now, before) == pack.read_bytes():
            return False
        fresh.replace(pack)
    return True


def _refuse(row: Row) -> None:
    raise FileError(
        f"{row.file}, row {row.number} (line {row.line}): {row.reason or '; '.join(row.warnings)}"
    )


def _built_at(pack: Path) -> bytes:
    """When a pack was built, as it stands in the file; nothing where there is none that can be read."""
    try:
        with closing(sqlite3.connect(pack.resolve().as_uri() + "?mode=ro", uri=True)) as connection:
            row = connection.execute("select value from meta where key='built_at'").fetchone()
    except sqlite3.Error:
        return b""
    return str(row[0]).encode() if row else b""


def main() -> int:
    """Build the pack and say what came of it."""
    try:
        changed = build(PACK)
    except DeskError as error:
        print(f"build_sample_pack: {error}", file=sys.stderr)
        return 1
    print(f"{PACK.name} {'is built anew' if changed else 'is as it was'}, {PACK.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
