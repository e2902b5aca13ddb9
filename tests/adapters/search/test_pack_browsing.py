"""A pack is looked through without a search: by category, by language version, article by article."""

from __future__ import annotations

import asyncio
from pathlib import Path

from desktop.adapters.search import answers as module
from desktop.adapters.search.answers import PackAnswers
from desktop.adapters.search.indexing import build_index
from desktop.adapters.search.pack import APPLICATION_ID, SCHEMA
from desktop.adapters.storage.faq_pack import PackFormat, write_pack
from desktop.domain.faq import Article
from desktop.domain.own_answers import article_mark

ARTICLES = [
    Article("A", "ko", "교통 > 주정차", "신고?", "앱으로.", group="g"),
    Article("B", "ko", "교통", "막차?", "열두 시."),
    Article("C", "ko", "교통 > 주정차 > 견인", "견인?", "보관소."),
    Article("D", "ko", "여권", "재발급?", "구청."),
    Article("E", "en", "Traffic", "Report?", "By app.", group="g"),
]


def test_browsing(tmp_path: Path) -> None:
    path = tmp_path / "p.faq"
    write_pack(path, "p", ARTICLES, build_index(ARTICLES), PackFormat(APPLICATION_ID, SCHEMA))

    async def work() -> None:
        pack = await PackAnswers.open(path)
        assert await pack.categories("ko") == {
            "교통 > 주정차": 1, "교통": 1, "교통 > 주정차 > 견인": 1, "여권": 1
        }  # fmt: skip
        assert await pack.categories("en") == {"Traffic": 1}
        assert len(await pack.categories("th")) == len(await pack.categories()) == 5
        assert [each.id for each in await pack.within("교통")] == ["B"]
        assert [each.id for each in await pack.browse("교통")] == ["A", "B", "C"]
        assert [each.id for each in await pack.versions("g")] == ["A", "E"]
        assert await pack.versions("") == []
        await pack.close()

    asyncio.run(work())


def test_marks_are_read_in_pieces_and_searches_come_in_between(tmp_path: Path) -> None:
    path = tmp_path / "p.faq"
    articles = [Article(f"A{n}", "ko", "c", f"질문 {n}", "답") for n in range(module.MARKS_AT_ONCE * 3 + 1)]
    write_pack(path, "p", articles, build_index(articles), PackFormat(APPLICATION_ID, SCHEMA))

    async def work() -> None:
        pack = await PackAnswers.open(path)
        marking = asyncio.create_task(pack.marks())
        await asyncio.sleep(0)
        assert (await pack.search("질문 7"))[0].article_id == "A7"
        assert not marking.done()
        assert await marking == {each.id: article_mark(each) for each in articles}
        await pack.close()

    asyncio.run(work())
