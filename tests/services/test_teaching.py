"""What the agent accepts and puts away teaches the desk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from desktop.domain.call import CallState
from desktop.domain.own_answers import Learned
from desktop.services.faq_service import READ_S, FaqService
from desktop.services.line import Line
from tests.services.test_answers import TwoArticles, at_work, say
from tests.services.world import World

Work = Callable[[World, FaqService, TwoArticles], Awaitable[None]]


def run(work: Work) -> None:
    async def whole() -> None:
        world, faq, answers = await at_work()
        await work(world, faq, answers)

    asyncio.run(whole())


async def learned(world: World) -> list[tuple[str, str, int]]:
    """What stands in the agent's own file."""
    await world.background.settle()
    return [(each.article_id, each.wording, each.count) for each in await world.own_file.learned("two")]


def test_an_answer_that_is_copied_was_the_right_one_for_its_query() -> None:
    async def work(world: World, faq: FaqService, answers: TwoArticles) -> None:
        for _ in range(2):
            await faq.open("F007", "시뻘건 물")
            faq.copied("F007")
        await faq.open("F001", "")
        faq.copied("F001")
        assert await learned(world) == [("F007", "시뻘건 물", 2)]
        assert answers.taught[0] == [Learned("F007", "시뻘건 물", 2)]
        assert answers.taught[1]["F007"] >= 2

    run(work)


def test_an_answer_that_is_only_looked_at_teaches_nothing() -> None:
    async def work(world: World, faq: FaqService, _answers: TwoArticles) -> None:
        await faq.open("F007", "시뻘건 물")
        world.clock.forward(READ_S - 1)
        faq.closed()
        await faq.open("F007", "시뻘건 물")
        world.clock.forward(READ_S + 1)
        await faq.open("F001", "시뻘건 물")  # it was another one of the same list
        faq.closed()
        assert await learned(world) == []

    run(work)


def test_an_answer_that_is_read_for_a_while_in_a_call_teaches() -> None:
    async def work(world: World, faq: FaqService, _answers: TwoArticles) -> None:
        await faq.open("F007", "시뻘건 물")
        world.clock.forward(READ_S)
        world.phone.report(CallState.DISCONNECTED)
        assert await learned(world) == [("F007", "시뻘건 물", 1)]
        await faq.open("F007", "검은 물")
        world.clock.forward(READ_S)
        faq.closed()  # between calls nobody was told the answer
        assert len(await learned(world)) == 1

    run(work)


def test_what_belongs_to_a_person_and_practice_teach_nothing() -> None:
    async def work(world: World, faq: FaqService, _answers: TwoArticles) -> None:
        await faq.open("F007", "12가 3456 견인")
        faq.copied("F007")
        world.line.line = Line(world.phone, world.records, "S01")
        await faq.open("F007", "시뻘건 물")
        faq.copied("F007")
        say(world, "계량기가 밖에 있는데요")
        await world.background.settle()
        faq.drop()
        await world.background.settle()
        assert await learned(world) == []
        assert await world.own_file.put_away_since("two", world.clock.now() - timedelta(days=1)) == []

    run(work)


def test_a_suggestion_that_is_taken_teaches_the_words_it_came_from() -> None:
    async def work(world: World, faq: FaqService, _answers: TwoArticles) -> None:
        say(world, "계량기가 밖에 있는데요")
        await world.background.settle()
        await faq.take()
        assert await learned(world) == [("F007", "계량기가 밖에 있는데요", 1)]

    run(work)


def test_a_card_put_away_does_not_come_back_for_these_words_within_a_day() -> None:
    async def work(world: World, faq: FaqService, answers: TwoArticles) -> None:
        async def offered(words: str, start: float) -> bool:
            say(world, words, start=start)
            await world.background.settle()
            there = faq.suggestion is not None
            faq.clear()
            return there

        say(world, "계량기가 밖에 있는데요")
        await world.background.settle()
        faq.drop()
        await world.background.settle()
        assert not await offered("계량기가 밖에 있는데요.", 5)
        assert await offered("이사하는데 계량기 숫자를 어디에 알려요?", 9)
        world.own.use(answers)  # and after a start: it is in the file
        await world.background.settle()
        assert not await offered("계량기가 밖에 있는데요", 13)
        world.clock.forward(timedelta(days=1, seconds=1).total_seconds())
        assert await offered("계량기가 밖에 있는데요", 17)

    run(work)


def test_what_was_learned_is_given_to_the_pack_when_it_is_opened() -> None:
    async def work(world: World, faq: FaqService, _answers: TwoArticles) -> None:
        await faq.open("F007", "시뻘건 물")
        faq.copied("F007")
        await world.background.settle()
        fresh = TwoArticles()
        faq.use(fresh)
        await world.background.settle()
        assert fresh.taught == ([Learned("F007", "시뻘건 물", 1)], {"F007": 2})

    run(work)


def test_a_card_put_away_counts_against_its_words() -> None:
    async def work(world: World, faq: FaqService, answers: TwoArticles) -> None:
        for _ in range(2):
            say(world, "계량기가 밖에 있는데요")
            await world.background.settle()
            await faq.take()
        assert await learned(world) == [("F007", "계량기가 밖에 있는데요", 1)]

        for sum_of_all in (0, -1):
            faq.own.put_away("F007", "계량기가 밖에 있는데요")
            assert await learned(world) == [("F007", "계량기가 밖에 있는데요", sum_of_all)]
        assert answers.taught[0] == [Learned("F007", "계량기가 밖에 있는데요", -1)]
        faq.own.put_away("F007", "12가 3456 차예요")
        assert len(await learned(world)) == 1

    run(work)
