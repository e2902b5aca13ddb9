"""Search and suggestions: the newest query wins, one card at a time, uses are remembered."""

from __future__ import annotations

import asyncio

from desktop.domain.call import CallState
from desktop.domain.events import ArticleOpened, SuggestionOffered, SuggestionWithdrawn
from desktop.domain.faq import Article, Hit, Suggestion
from desktop.domain.transcript import Leg, Segment
from desktop.services.faq_service import CARD_LIFE_S, READ_S, FaqService
from tests.services.packs import PackOfFew
from tests.services.world import World

WATER = Article("F007", "ko", "상하수도 > 요금 > 정산", "이사 정산은?", "계량기 숫자를 알려 주세요.")
PASSPORT = Article("F001", "ko", "여권", "여권을 만들려면?", "사진을 가져오세요.")


class TwoArticles(PackOfFew):
    """Knows two articles and suggests water for anything about meters."""

    pack = "two"
    content = "first"

    def __init__(self) -> None:
        super().__init__([PASSPORT, WATER])
        self.gate: asyncio.Event | None = None
        self.dismissed: list[str] = []
        self.waiting: Suggestion | None = None
        self.preferred: list[str] = []

    async def search(self, query: str, category: str = "", limit: int = 10) -> list[Hit]:
        self.preferred.append(category)
        if self.gate is not None:
            await self.gate.wait()
        return [Hit("F007", 0.9, WATER.question, WATER.answer, "title")]

    async def suggest(self, call_id: str, text: str, at: float, allowed: bool) -> Suggestion | None:
        card = Suggestion("F007", WATER.question, text, 0.8) if "계량기" in text else None
        if card is not None and not allowed:
            self.waiting, card = card, None
        return card

    async def due(self, call_id: str, at: float, allowed: bool) -> Suggestion | None:
        card, self.waiting = (self.waiting, None) if allowed else (None, self.waiting)
        return card

    async def dismiss(self, article_id: str) -> None:
        self.dismissed.append(article_id)


async def at_work() -> tuple[World, FaqService, TwoArticles]:
    world, answers = await World.make(), TwoArticles()
    faq = FaqService(world.own, answers, world.bus, world.clock, world.background)
    faq.use(faq.answers)
    await world.talk()
    return world, faq, answers


def say(world: World, text: str, leg: Leg = Leg.CALLER, start: float = 1.0) -> None:
    world.speech.segment(Segment("c1", leg, text, 0.9, start, start + 1.0))


def test_an_overtaken_query_has_no_answer() -> None:
    async def work() -> None:
        _world, faq, answers = await at_work()
        answers.gate = asyncio.Event()
        first = asyncio.create_task(faq.search("이"))
        second = asyncio.create_task(faq.search("이사"))
        await asyncio.sleep(0)
        answers.gate.set()
        assert await first is None
        found = await second
        assert found is not None
        assert found[0].article_id == "F007"

    asyncio.run(work())


def test_a_card_comes_from_the_caller_alone_and_can_be_taken() -> None:
    async def work() -> None:
        world, faq, _answers = await at_work()
        events = world.collect(SuggestionOffered, SuggestionWithdrawn, ArticleOpened)
        say(world, "계량기를 봐 주세요", Leg.AGENT)
        await world.background.settle()
        assert events == []
        say(world, "계량기가 밖에 있는데요")
        await world.background.settle()
        assert [type(event) for event in events] == [SuggestionOffered]
        assert await faq.take() == WATER
        await world.background.settle()
        assert events[1:] == [ArticleOpened("F007", suggested=True), SuggestionWithdrawn("F007", taken=True)]
        assert await world.own_file.often_used("two", world.clock.now(), 5) == [("F007", 1)]

    asyncio.run(work())


def test_a_card_that_is_put_away_or_too_old_goes() -> None:
    async def work() -> None:
        world, faq, answers = await at_work()
        events = world.collect(SuggestionWithdrawn)
        say(world, "계량기가 밖에 있는데요")
        await world.background.settle()
        faq.drop()
        await world.background.settle()
        assert answers.dismissed == ["F007"]
        say(world, "계량기요", start=5.0)
        await world.background.settle()
        world.clock.forward(CARD_LIFE_S + 1)
        faq.tick()
        assert events == [SuggestionWithdrawn("F007", taken=False)] * 2
        assert faq.suggestion is None

    asyncio.run(work())


def test_no_card_while_the_agent_types_but_afterwards() -> None:
    async def work() -> None:
        world, faq, _answers = await at_work()
        events = world.collect(SuggestionOffered)
        faq.hold_back(True)
        say(world, "계량기가 밖에 있는데요")
        faq.tick("c1", 3.0)
        await world.background.settle()
        assert events == []
        faq.hold_back(False)
        faq.tick("c1", 4.0)
        await world.background.settle()
        assert len(events) == 1

    asyncio.run(work())


def test_what_is_used_often_comes_first() -> None:
    async def work() -> None:
        world, faq, _answers = await at_work()
        assert [article.id for article in await faq.own.often_used(2)] == ["F001", "F007"]
        await faq.open("F007")
        await world.background.settle()
        assert [article.id for article in await faq.own.often_used(2)] == ["F007", "F001"]

    asyncio.run(work())


def test_without_a_pack_there_are_no_answers_but_no_errors() -> None:
    async def work() -> None:
        world = await World.make()
        faq = FaqService(world.own, None, world.bus, world.clock, world.background, "The pack is damaged.")
        assert await faq.search("이사") == []
        assert await faq.open("F007") is None
        assert await faq.own.often_used(9) == []
        assert faq.problem == "The pack is damaged."

    asyncio.run(work())


def test_searches_in_a_call_prefer_the_field_of_the_answer_that_helped() -> None:
    async def work() -> None:
        world, faq, answers = await at_work()
        await faq.open("F001", "사진")
        await faq.search("요금")
        world.clock.forward(READ_S)
        await faq.search("요금")
        await faq.open("F007", "요금")
        await faq.search("이사")
        faq.copied("F007")
        await faq.search("이사")
        assert answers.preferred == ["", "여권", "여권", "상하수도"]

    asyncio.run(work())


def test_a_card_that_was_taken_says_what_the_call_is_about_and_its_end_forgets_it() -> None:
    async def work() -> None:
        world, faq, _answers = await at_work()
        say(world, "계량기가 밖에 있는데요")
        await world.background.settle()
        await faq.take()
        assert faq.call_category == "상하수도"
        world.clock.forward(READ_S)
        world.phone.report(CallState.DISCONNECTED, ended_by="remote", code=200)
        await world.background.settle()
        assert faq.call_category == ""
        await faq.open("F001")
        faq.copied("F001")
        assert faq.call_category == ""

    asyncio.run(work())
