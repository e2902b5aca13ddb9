"""A site's own thesaurus: in use from the start, read again when it changes, never in the way."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from desktop.domain.events import AnswersReplaced, TroubleFound
from desktop.domain.faq import OwnWords
from desktop.processes.pack_watch import PackWatch
from desktop.processes.words_file import WordsFile
from tests.processes.test_pack_watch import faq_of, in_loop, write
from tests.services.world import World

HEAD = "everyday,official,weight,category\n"


def put(path: Path, rows: str) -> Path:
    """A new file in its place, as an editor does it."""
    fresh = path.with_name("fresh")
    fresh.write_text(HEAD + rows, encoding="utf-8")
    os.replace(fresh, path)
    return path


async def found(watch: PackWatch, query: str) -> list[tuple[str, str]]:
    """What led from a query to its first hit."""
    assert watch.answers is not None
    hits = await watch.answers.search(query, limit=1)
    return [(each.said, each.official) for hit in hits for each in hit.meant]


@in_loop
async def test_a_changed_file_is_used_at_once(tmp_path: Path) -> None:
    pack, file = write(tmp_path / "p.faq", "맑은"), put(tmp_path / "w.csv", "물세,수도요금,.9,x\n")
    world, replaced, told = await World.make(), list[AnswersReplaced](), list[TroubleFound]()
    world.bus.subscribe(AnswersReplaced, replaced.append)
    watch = PackWatch(lambda: str(pack), WordsFile(lambda: str(file)))
    assert await watch.open() == []
    faq = faq_of(world, watch)
    watch.start(faq, told.append)
    assert faq.own_words == OwnWords(str(file), rows=1)
    assert await found(watch, "물세") == [("물세", "수도요금")]
    put(file, "물세,수도요금,.9,x\n물꼬지,수도요금,.9,x\n,수도요금,1,x\n물,물,2,x\n")
    await watch.look()
    await watch.look()
    assert faq.own_words == OwnWords(str(file), 2, 2, 4, "no stem in the column everyday")
    assert await found(watch, "물꼬지") == [("물꼬지", "수도요금")]
    assert len(replaced) == 1
    file.unlink()
    await watch.look()
    await watch.look()
    assert await found(watch, "물꼬지") == [("물꼬지", "수도요금")]
    # A new pack goes on with the same words.
    write(pack, "새로운")
    await watch.look()
    await watch.look()
    assert await found(watch, "물꼬지") == [("물꼬지", "수도요금")]
    await watch.close()


@in_loop
async def test_the_settings_may_name_another_file_or_none(tmp_path: Path) -> None:
    pack, chosen = write(tmp_path / "p.faq", "맑은"), [""]
    watch = PackWatch(lambda: str(pack), WordsFile(lambda: chosen[0]))
    await watch.open()
    faq = faq_of(await World.make(), watch)
    watch.start(faq, lambda _trouble: None)
    assert faq.own_words == OwnWords()
    assert await found(watch, "물꼬지") == []
    chosen[0] = str(put(tmp_path / "w.csv", "물꼬지,수도요금,.9,x\n"))
    await watch.choose_words()
    assert await found(watch, "물꼬지") == [("물꼬지", "수도요금")]
    chosen[0] = ""
    await watch.choose_words()
    assert (faq.own_words, await found(watch, "물꼬지")) == (OwnWords(), [])
    await watch.close()


@in_loop
async def test_what_cannot_be_read_is_told_and_blocks_nothing(tmp_path: Path) -> None:
    pack = write(tmp_path / "p.faq", "맑은")
    binary, korean = tmp_path / "b.csv", tmp_path / "k.csv"
    binary.write_bytes(bytes(range(256)) * 40)
    korean.write_bytes((HEAD + "물꼬지,수도요금,.9,x\n").encode("cp949"))
    for file, rows, problem in (
        (tmp_path / "none.csv", 0, "No such file or directory"),
        (tmp_path, 0, "Is a directory"),
        (Path("\0"), 0, "embedded null byte"),
        (binary, 0, ""),
        (korean, 1, ""),
    ):
        watch = PackWatch(lambda: str(pack), WordsFile(lambda file=file: str(file)))  # type: ignore[misc]
        assert await watch.open() == []
        state = watch.words.state
        assert (state.rows, state.problem) == (rows, problem)
        assert bool(state.left_out) == (file == binary)
        assert watch.answers is not None
        assert await watch.answers.search("수도요금")
        await watch.close()
    await asyncio.sleep(0)
