"""The compared systems behind one face: the product as the desk uses it, the prototype, plain full-text search."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bench.faq_measure import prototype
from bench.faq_measure.fulltext import WAYS, FullText
from desktop.adapters.search.index import FaqIndex, suggests
from desktop.adapters.search.indexing import build_index
from desktop.adapters.search.pack import APPLICATION_ID, SCHEMA
from desktop.adapters.storage.faq_pack import PackFormat, write_pack
from desktop.domain.faq import Article

PRODUCT, PROTOTYPE = "product", "prototype"


class System(Protocol):
    """Finds articles for a query."""

    @property
    def name(self) -> str: ...
    def search(self, text: str, spoken: bool = False, limit: int = 3) -> list[str]:
        """Ids of the best articles, best first."""

    def close(self) -> None:
        """Close its file."""


class Suggesting(System, Protocol):
    """Says how sure it is that speech asks for an article."""

    def sureness(self, text: str) -> tuple[str, float] | None:
        """The best article and how sure the system is of it; None where it finds nothing."""


class Product:
    """The desk's own search."""

    name = PRODUCT

    def __init__(self, path: Path) -> None:
        self._index = FaqIndex.open(path)

    def search(self, text: str, spoken: bool = False, limit: int = 3) -> list[str]:
        """See `System`."""
        hits = self._index.search(text, limit=limit, mode="transcript" if spoken else "typed")
        return [hit.article_id for hit in hits]

    def sureness(self, text: str) -> tuple[str, float] | None:
        """See `Suggesting`."""
        hits = self._index.search(text, limit=1, mode="transcript")
        return (hits[0].article_id, hits[0].score) if hits else None

    def card(self, text: str) -> str | None:
        """The article that the desk would offer for a spoken text, at its own threshold."""
        hits = self._index.search(text, limit=1, mode="transcript")
        return hits[0].article_id if suggests(hits) else None

    def close(self) -> None:
        """Close the pack."""
        self._index.close()


@dataclass(frozen=True, slots=True)
class Built:
    """An index on disk: who reads it, and the seconds it took to make it by the clock and by the processor."""

    name: str
    path: Path
    open: Callable[[], System]
    seconds: float
    cpu_seconds: float


def write_product(path: Path, articles: Sequence[Article]) -> None:
    """A full build of a pack."""
    write_pack(path, "bench", articles, build_index(articles), PackFormat(APPLICATION_ID, SCHEMA))


def build_all(articles: Sequence[Article], folder: Path, plain: bool = True) -> list[Built]:
    """Build every system's index of these articles; without `plain` the product and the prototype alone."""
    product, lab = folder / "product.faq", folder / "prototype.sqlite"
    found = [
        _timed(PRODUCT, product, lambda: write_product(product, articles), lambda: Product(product)),
        _timed(PROTOTYPE, lab, lambda: prototype.build(lab, articles), lambda: prototype.Prototype(lab)),
    ]
    for number, way in enumerate(WAYS if plain else ()):
        path = folder / f"plain{number}.sqlite"

        def build(way: object = way, path: Path = path, number: int = number) -> None:
            FullText.build(WAYS[number], path, articles).close()

        def reader(path: Path = path, number: int = number) -> System:
            return FullText(WAYS[number], path)

        found.append(_timed(way.name, path, build, reader))
    return found


def _timed(name: str, path: Path, build: Callable[[], None], reader: Callable[[], System]) -> Built:
    started, worked = time.perf_counter(), time.process_time()
    build()
    return Built(name, path, reader, time.perf_counter() - started, time.process_time() - worked)
