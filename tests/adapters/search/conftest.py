"""Packs for search tests."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from desktop.adapters.search.index import FaqIndex
from desktop.adapters.search.indexing import build_index
from desktop.adapters.search.pack import APPLICATION_ID, SCHEMA
from desktop.adapters.storage.faq_pack import PackFormat, write_pack
from desktop.domain.faq import Article

SAMPLE = Path(__file__).parents[3] / "resources" / "faq" / "sample.faq"
PackOf = Callable[[Sequence[Article]], FaqIndex]


@pytest.fixture(scope="module")
def sample() -> Iterator[FaqIndex]:
    index = FaqIndex.open(SAMPLE)
    yield index
    index.close()


@pytest.fixture
def pack_of(tmp_path: Path) -> Iterator[PackOf]:
    opened: list[FaqIndex] = []

    def make(articles: Sequence[Article]) -> FaqIndex:
        path = tmp_path / f"{len(opened)}.faq"
        write_pack(path, "test", articles, build_index(articles), PackFormat(APPLICATION_ID, SCHEMA))
        opened.append(FaqIndex.open(path))
        return opened[-1]

    yield make
    for index in opened:
        index.close()
