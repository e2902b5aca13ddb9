"""A pack of a few articles in memory: looks up and browses as the real one does, searches as its heirs like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from desktop.domain.faq import Article, in_category
from desktop.domain.own_answers import Learned, article_mark


class PackOfFew:
    """What every pack can do that has nothing to do with searching."""

    pack = content = "few"
    built = datetime(2026, 11, 20, tzinfo=UTC)

    def __init__(self, articles: Sequence[Article]) -> None:
        self.known = list(articles)
        self.taught: tuple[list[Learned], dict[str, int]] = ([], {})

    async def article(self, article_id: str) -> Article | None:
        return next((each for each in self.known if each.id == article_id), None)

    async def articles(self, ids: Sequence[str]) -> list[Article]:
        return [each for wanted in ids for each in self.known if each.id == wanted]

    async def browse(self, category: str = "", limit: int = 50) -> list[Article]:
        return [each for each in self.known if not category or in_category(each.category, category)][:limit]

    async def within(self, category: str, limit: int = 50) -> list[Article]:
        return [each for each in self.known if each.category == category][:limit]

    async def categories(self, lang: str = "") -> dict[str, int]:
        own = Counter(each.category for each in self.known if each.lang == lang)
        return dict(own or Counter(each.category for each in self.known))

    async def versions(self, group: str) -> list[Article]:
        return [each for each in self.known if group and each.group == group]

    async def learn(self, wordings: Sequence[Learned], uses: Mapping[str, int]) -> None:
        self.taught = (list(wordings), dict(uses))

    async def marks(self) -> dict[str, str]:
        return {each.id: article_mark(each) for each in self.known}
