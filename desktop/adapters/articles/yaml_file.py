"""Articles in YAML: a list of them, or `{meta: {language, sample, name}, entries: [articles]}`.

Tags, anchors and aliases are refused: they are never needed, and they can name code or unfold without end. All scalars
are text ("no" stays "no").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from desktop.adapters.articles.rows import Defaults, RowError, row_of
from desktop.adapters.articles.source import Source
from desktop.domain.faq_import import FileError, Row

MOST_BYTES = 64_000_000
"""YAML is read as a whole and slowly; larger sets belong into the other kinds of file."""

_PLAIN_TAG = re.compile(r"tag:yaml\.org,2002:(str|int|float|bool|null|timestamp|seq|map)")


class _Watched:
    """A text file as the parser reads it, piece by piece; reading ends where the import is stopped."""

    def __init__(self, file: TextIO, source: Source) -> None:
        self._file, self._source = file, source

    def read(self, size: int = -1) -> str:
        """The next characters."""
        self._source.go_on()
        return self._file.read(size)


def read(source: Source) -> Iterator[Row]:
    """The rows of a file, in order."""
    name = source.path.name
    if source.path.stat().st_size > MOST_BYTES:
        raise FileError(
            f"{name} is larger than {MOST_BYTES // 1_000_000} MB; hand in so many articles as JSONL, CSV or XLSX."
        )
    try:
        with source.path.open(encoding=source.likely_encoding()) as file:
            root = YAML(typ="safe", pure=True).compose(_Watched(file, source))
    except UnicodeDecodeError as error:
        raise FileError(f"{name} is neither UTF-8 nor CP949.") from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f", line {mark.line + 1}" if mark else ""
        raise FileError(f"{name}{where} is not valid YAML: {error.problem or error.context}.") from error
    except (YAMLError, RecursionError, ValueError) as error:
        raise FileError(f"{name} is not valid YAML.") from error
    defaults, entries = _layout(source.path, root)
    for number, node in enumerate(entries, 1):
        source.go_on()
        line = node.start_mark.line + 1
        try:
            value = _plain(node)
        except (RowError, RecursionError) as error:
            yield Row(number, line, reason=str(error) or "the row is nested too deeply")
        else:
            yield row_of(number, line, value, defaults)


def _layout(path: Path, root: Node | None) -> tuple[Defaults, list[Node]]:
    if isinstance(root, SequenceNode):
        return Defaults(), list(root.value)
    if isinstance(root, MappingNode):
        parts = {key.value: value for key, value in root.value if isinstance(key, ScalarNode)}
        entries = parts.get("entries")
        if isinstance(entries, SequenceNode):
            try:
                meta = _plain(parts["meta"]) if "meta" in parts else {}
            except RowError as error:
                raise FileError(f"{path.name}: meta cannot be read, {error}.") from error
            fields = meta if isinstance(meta, dict) else {}
            sample = str(fields.get("sample", "")).lower() == "true"
            return Defaults(str(fields.get("language", "")), sample, str(fields.get("name", ""))), list(
                entries.value
            )
    raise FileError(f"{path.name} holds no list of articles; write a list, or a mapping with 'entries'.")


def _plain(node: Node) -> object:
    """Text, list and dict of a node."""
    if node.anchor is not None:
        raise RowError("anchors and aliases are not accepted")
    if not _PLAIN_TAG.fullmatch(str(node.tag)):
        raise RowError(f"the tag {node.tag} is not accepted")
    if isinstance(node, SequenceNode):
        return [_plain(item) for item in node.value]
    if isinstance(node, MappingNode):
        return {str(_plain(key)): _plain(value) for key, value in node.value}
    return str(node.value)
