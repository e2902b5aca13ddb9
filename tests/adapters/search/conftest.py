"""Packs for search tests."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from desktop.adapters.articles.reading import read_articles
from desktop.adapters.search.index import FaqIndex
from desktop.adapters.search.indexing import build_index
from desktop.adapters.search.pack import APPLICATION_ID, SCHEMA
from desktop.adapters.storage.faq_pack import PackFormat, write_pack
from desktop.domain.faq import Article

SAMPLE = Path(__file__).parents[3] / "resources" / "faq" / "sample.faq"
BASICS = SAMPLE.with_name("sample") / "ko-basics.yaml"
PackOf = Callable[[Sequence[Article]], FaqIndex]


@pytest.fixture(scope="module")
def basics(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FaqIndex]:
    """The first forty articles alone: few enough to say which one each query must find."""
    articles = [row.article for row in read_articles(BASICS) if row.article is not None]
    path = tmp_path_factory.mktemp("basics") / "basics.faq"
    write_pack(path, "basics", articles, build_index(articles), PackFormat(APPLICATION_ID, SCHEMA))
    index = FaqIndex.open(path)
    yield index
    index.close()


@pytest.fixture(scope="module")
def sample() -> Iterator[FaqIndex]:
    """The pack that ships."""
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
