"""Compile the people's words in resources/faq/thesaurus/ into the file that the program reads.

Use:  python tools/compile_thesaurus.py

The rows stay as they are written in the CSV files; the compiled file has them in the form in which a query is looked
through, so that the desk need not make it at every start.
"""

from __future__ import annotations

import sys
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from desktop.adapters.search.thesaurus import compile_tables

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "faq"
COMPILED = FOLDER / "thesaurus.jsonl"


def main() -> int:
    """Compile; 1 where a row cannot be used."""
    text, bad = compile_tables((FOLDER / "thesaurus").glob("*.csv"))
    for name, row in bad:
        print(f"{name}, line {row.line}: {row.reason}", file=sys.stderr)
    if bad:
        return 1
    COMPILED.write_text(text, encoding="utf-8", newline="\n")
    print(f"{COMPILED.name}: {len(text.encode())} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
