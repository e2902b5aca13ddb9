"""The rows of any file of articles, by what its name ends in. The readers are loaded when they are needed."""

from __future__ import annotations

import importlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from desktop.adapters.articles.source import Source
from desktop.domain.faq_import import FileError, Row

KINDS = {
    ".yaml": "yaml_file", ".yml": "yaml_file", ".jsonl": "jsonl_file", ".ndjson": "jsonl_file", ".csv": "csv_file",
    ".tsv": "csv_file", ".xlsx": "xlsx_file", ".xlsm": "xlsx_file", ".faq": "pack_file", ".sqlite": "pack_file",
    ".db": "pack_file",
}  # fmt: skip
"""The reader of each ending: a module of this package with `read(source) -> Iterator[Row]`."""


def read_articles(path: Path, cancelled: Callable[[], bool] | None = None) -> Iterator[Row]:
    """The rows of a file, in order.

    Raises FileError if it cannot be read at all (also half-way), ImportStopped soon after `cancelled` says so.
    """
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        raise FileError(
            f"{path.name} is no file of articles; YAML, JSONL, CSV, XLSX and packs are read, told by the name's ending."
        )
    reader = importlib.import_module(f"desktop.adapters.articles.{kind}")
    source = Source(path, cancelled) if cancelled is not None else Source(path)
    try:
        for row in reader.read(source):
            yield replace(row, file=path.name)
    except OSError as error:
        raise FileError(f"{path.name} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise FileError(f"{path.name} is neither UTF-8 nor CP949.") from error
    except sqlite3.Error as error:
        raise FileError(f"{path.name} is damaged or is no file of articles.") from error


def read_all(files: Sequence[Path], cancelled: Callable[[], bool] | None = None) -> Iterator[Row]:
    """The rows of several files, one after another."""
    for path in files:
        yield from read_articles(path, cancelled)
