"""What the agent does with answers, as the desk remembers it."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime

from desktop.domain.events import AnswersCompared
from desktop.domain.own_answers import Changes, Flag, Proposal, for_the_owner
from desktop.services.line import Line
from tests.services.test_answers import PASSPORT, WATER, TwoArticles, at_work
from tests.services.world import World

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


class NewPack(TwoArticles):
    """The passport's answer changed, and there is one article more."""

    content = "second"

    async def marks(self) -> dict[str, str]:
        found = await super().marks()
        return {**found, "F001": "different", "F099": "new"}


def test_practice_teaches_nothing() -> None:
    async def work() -> None:
        world, faq, _answers = await at_work()
        world.line.line = Line(world.phone, world.records, "S01")
        await faq.open("F007")
        await world.background.settle()
        assert await world.own_file.recently_used("two", 5) == []
        world.line.line = replace(world.line.line, scenario="")
        await faq.open("F007")
        await world.background.settle()
        assert await world.own.recently_used(5) == [WATER]

    asyncio.run(work())


def test_changes_are_those_since_the_last_shift_ended() -> None:
    async def work() -> None:
        world = await World.make()
        told = world.collect(AnswersCompared)
        world.own.use(TwoArticles())
        await world.background.settle()
        assert world.own.changes == Changes()  # nothing was seen before the first shift
        await world.own.end_shift()
        world.own.use(NewPack())
        await world.background.settle()
        assert world.own.changes == Changes(("F099",), ("F001",))
        assert told == [AnswersCompared(2)]
        await world.own.end_shift()
        world.own.use(NewPack())
        await world.background.settle()
        assert world.own.changes.count == 0

    asyncio.run(work())


def test_a_shift_that_ends_before_the_pack_was_read_keeps_what_was_seen_before() -> None:
    async def work() -> None:
        world = await World.make()
        world.own.use(TwoArticles())
        await world.background.settle()
        await world.own.end_shift()
        world.own.use(NewPack())
        world.own.stop_comparing()
        await world.own.end_shift()
        seen = await world.own_file.seen("two")
        assert seen is not None
        assert seen.content == TwoArticles.content

    asyncio.run(work())


def test_the_owner_gets_flags_and_finished_proposals_as_lines_of_json() -> None:
    flag = Flag("f1", "city", "F001", PASSPORT.question, "wrong", "전화번호가\n다름", NOW)
    done = Proposal("p1", "city", "F001", "ko", "여권", "질문", "답", ("말",), NOW, done=True)
    text = "".join(for_the_owner([flag], [done, replace(done, id="p2", done=False)]))
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["kind"] for line in lines] == ["flag", "proposal"]
    assert lines[0]["fault"] == "wrong"
    assert lines[1] == {
        "kind": "proposal", "id": "p1", "pack": "city", "article_id": "F001", "lang": "ko", "category": "여권",
        "question": "질문", "answer": "답", "variants": ["말"], "changed": "2026-11-26T09:00:00.000+00:00",
    }  # fmt: skip
