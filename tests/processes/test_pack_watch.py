"""A pack that is replaced while the desk runs: the new one is used, a bad one is named and the old one kept."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import sqlite3
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, ParamSpec

import pytest

from desktop.adapters.search.answers import PackAnswers
from desktop.adapters.search.indexing import build_index
from desktop.adapters.search.pack import APPLICATION_ID, SCHEMA
from desktop.adapters.storage.faq_pack import PackFormat, write_pack
from desktop.domain.events import AnswersReplaced, TroubleFound
from desktop.domain.faq import Article
from desktop.processes import pack_watch
from desktop.processes.pack_watch import PackWatch
from desktop.services.faq_service import FaqService
from tests.services.world import World

Given = ParamSpec("Given")
FORM = PackFormat(APPLICATION_ID, SCHEMA)


def in_loop(test: Callable[Given, Coroutine[Any, Any, None]]) -> Callable[Given, None]:
    """Run a test to its end on a loop of its own."""

    @functools.wraps(test)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> None:
        asyncio.run(test(*args, **kwargs))

    return run


def faq_of(world: World, watch: PackWatch) -> FaqService:
    """The service on the pack that was opened."""
    return FaqService(world.own, watch.answers, world.bus, world.clock, world.background)


def write(path: Path, words: str, form: PackFormat = FORM, count: int = 40) -> Path:
    """A pack whose every answer holds `words`."""
    articles = [
        Article(f"A{number}", "ko", "상하수도", f"수도요금 질문 {number}", f"{words} 답변 {number}")
        for number in range(count)
    ]
    write_pack(path, "test", articles, build_index(articles), form)
    return path


def truncated(path: Path) -> Path:
    write(path, "반쪽", count=400)
    os.truncate(path, path.stat().st_size // 2)
    return path


def scratched(path: Path) -> Path:
    """A pack whose head is fine and whose pages are not."""
    write(path, "긁힌", count=400)
    with path.open("r+b") as file:
        for page in range(3, path.stat().st_size // 4096, 2):
            file.seek(page * 4096)
            file.write(b"\xff" * 2048)
    return path


def foreign(path: Path) -> Path:
    database = sqlite3.connect(path)
    database.execute("create table somebody_elses (id integer)")
    database.commit()
    database.close()
    return path


def noise(path: Path) -> Path:
    path.write_bytes(b"no pack " * 5000)
    return path


class Watched:
    """A desk's answers on a pack in a folder."""

    def __init__(self, world: World, watch: PackWatch, faq: FaqService, path: Path) -> None:
        self.world, self.watch, self.faq, self.path = world, watch, faq, path
        self.told: list[TroubleFound] = []
        watch.start(faq, self.told.append)

    @classmethod
    async def make(cls, folder: Path) -> Watched:
        path = write(folder / "city.faq", "옛")
        world, watch = await World.make(), PackWatch(lambda: str(path))
        assert await watch.open() == []
        return cls(world, watch, faq_of(world, watch), path)

    def put(self, made: Path) -> None:
        """In one step, as a pack is replaced."""
        os.replace(made, self.path)

    async def looks(self) -> None:
        """The two looks after which a new file is opened."""
        await self.watch.look()
        await self.watch.look()

    async def answer(self) -> str:
        hits = await self.faq.search("수도요금")
        assert hits
        return hits[0].passage.split()[0]


@in_loop
async def test_a_new_pack_at_the_same_path_is_used(tmp_path: Path) -> None:
    desk = await Watched.make(tmp_path)
    replaced: list[AnswersReplaced] = []
    desk.world.bus.subscribe(AnswersReplaced, replaced.append)
    assert await desk.answer() == "옛"
    await desk.looks()
    assert replaced == []
    desk.put(write(tmp_path / "new", "새"))
    await desk.looks()
    assert await desk.answer() == "새"
    assert len(replaced) == 1
    assert desk.told == []
    await desk.watch.close()


@in_loop
async def test_a_pack_that_is_chosen_while_the_first_is_opened_is_the_one_in_use(tmp_path: Path) -> None:
    paths = [write(tmp_path / "old.faq", "옛"), write(tmp_path / "new.faq", "새")]
    world, watch = await World.make(), PackWatch(lambda: str(paths[0]))
    opened, chosen = watch._opened, asyncio.Event()

    async def slowly(path: Path, read_through: bool = False) -> PackAnswers:
        if not read_through:  # a drive that is slow at the start of the desk
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(chosen.wait(), 0.2)
        return await opened(path, read_through)

    async def choose() -> None:
        await asyncio.sleep(0.02)
        del paths[0]
        await watch.choose()
        chosen.set()

    watch._opened = slowly  # type: ignore[method-assign]
    choosing = asyncio.ensure_future(choose())
    assert await watch.open() == []
    faq = faq_of(world, watch)
    watch.start(faq, lambda _trouble: None)
    await choosing
    for used in (watch.answers, faq.answers):
        assert used is not None
        assert (await used.search("수도요금"))[0].passage.split()[0] == "새"
    await watch.close()


@pytest.mark.parametrize("bad", [truncated, scratched, foreign, noise])
@in_loop
async def test_a_bad_pack_is_named_once_and_the_old_one_kept(
    tmp_path: Path, bad: Callable[[Path], Path]
) -> None:
    desk = await Watched.make(tmp_path)
    desk.put(bad(tmp_path / "bad"))
    for _ in range(3):
        await desk.looks()
    assert [(trouble.subject, trouble.kind) for trouble in desk.told] == [("answers", "replaced")]
    assert await desk.answer() == "옛"
    assert await desk.faq.open("A7") is not None
    desk.put(write(tmp_path / "new", "새"))
    await desk.looks()
    assert await desk.answer() == "새"
    await desk.watch.close()


@in_loop
async def test_a_pack_of_a_newer_program_is_not_used(tmp_path: Path) -> None:
    desk = await Watched.make(tmp_path)
    desk.put(write(tmp_path / "newer", "모레", PackFormat(APPLICATION_ID, SCHEMA + 1)))
    await desk.looks()
    assert "Update the desk" in desk.told[0].sentence
    assert await desk.answer() == "옛"
    await desk.watch.close()


@in_loop
async def test_a_file_that_still_grows_is_left_until_it_stands_still(tmp_path: Path) -> None:
    desk = await Watched.make(tmp_path)
    whole = write(tmp_path / "new", "새").read_bytes()
    desk.put(noise(tmp_path / "first"))
    await desk.watch.look()
    desk.path.write_bytes(whole[: len(whole) // 2])
    await desk.watch.look()
    desk.path.write_bytes(whole)
    await desk.looks()
    assert desk.told == []
    assert await desk.answer() == "새"
    await desk.watch.close()


@in_loop
async def test_a_pack_that_is_gone_goes_on_being_used(tmp_path: Path) -> None:
    desk = await Watched.make(tmp_path)
    desk.path.unlink()
    await desk.looks()
    assert await desk.answer() == "옛"
    assert desk.told == []
    desk.put(write(tmp_path / "new", "새"))
    await desk.looks()
    assert await desk.answer() == "새"
    await desk.watch.close()


@in_loop
async def test_searches_that_run_while_the_pack_is_swapped_end_well(tmp_path: Path) -> None:
    desk = await Watched.make(tmp_path)
    desk.put(write(tmp_path / "new", "새"))
    await desk.watch.look()
    answers = desk.watch.answers
    assert answers is not None
    running = [asyncio.ensure_future(answers.search("수도요금 질문")) for _ in range(50)]
    overtaken = asyncio.ensure_future(desk.faq.search("수도요금"))
    await asyncio.gather(desk.watch.look(), asyncio.sleep(0))
    assert {hit.passage.split()[0] for hits in await asyncio.gather(*running) for hit in hits} == {"옛"}
    assert await overtaken is None
    assert await desk.answer() == "새"
    await desk.watch.close()


@in_loop
async def test_another_path_that_holds_no_pack_keeps_the_old_one(tmp_path: Path) -> None:
    path = write(tmp_path / "city.faq", "옛")
    chosen = [str(path)]
    watch = PackWatch(lambda: chosen[0])
    await watch.open()
    desk = Watched(world := await World.make(), watch, faq_of(world, watch), path)
    chosen[0] = str(tmp_path / "nothing.faq")
    await watch.choose()
    assert [trouble.kind for trouble in desk.told] == ["replaced"]
    assert await desk.answer() == "옛"
    chosen[0] = str(write(tmp_path / "other.faq", "딴"))
    await watch.choose()
    assert await desk.answer() == "딴"
    await watch.close()


@in_loop
async def test_a_chosen_pack_that_could_not_be_opened_is_taken_when_it_comes(tmp_path: Path) -> None:
    path = tmp_path / "late.faq"
    watch = PackWatch(lambda: str(path))
    assert [trouble.kind for trouble in await watch.open()] == ["replaced"]
    desk = Watched(world := await World.make(), watch, faq_of(world, watch), path)
    write(path, "새")
    await desk.looks()
    assert await desk.answer() == "새"
    await watch.close()


@in_loop
async def test_the_watch_looks_by_itself_and_outlives_a_mishap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack_watch, "LOOK_S", 0.001)
    desk = await Watched.make(tmp_path)
    swapped = asyncio.Event()
    desk.world.bus.subscribe(AnswersReplaced, lambda _event: swapped.set())
    look, mishaps = desk.watch.look, [RuntimeError("somebody's drive")]

    async def stumble() -> None:
        if mishaps:
            raise mishaps.pop()
        await look()

    monkeypatch.setattr(desk.watch, "look", stumble)
    desk.put(write(tmp_path / "new", "새"))
    async with asyncio.timeout(10):
        await swapped.wait()
    assert mishaps == []
    await desk.watch.close()
