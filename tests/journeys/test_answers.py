"""Answers in the real desk: typed, read and copied by keys alone; what the agent keeps is there after a start."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.adapters.storage.own_answers import SqliteOwnAnswers
from desktop.domain.own_answers import Learned
from desktop.processes.desk_core import SILENCE, open_desk
from desktop.settings import SettingsFile
from tests.journeys.proposing_desk import type_until_killed
from tests.journeys.real_window import folders_of, real_window, until
from tests.peers.headless import HeadlessPhone

pytestmark = pytest.mark.timeout(90)
Run = Callable[[Coroutine[Any, Any, None]], None]
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
DEATHS = 5
LOST_S = 0.2


@pytest.fixture
def citizen(tmp_path: Path) -> Iterator[HeadlessPhone]:
    """Somebody who calls."""
    with HeadlessPhone(tmp_path / "citizen", "--audio", "null") as phone:
        phone.ready()
        yield phone


def focused() -> QWidget:
    """Where keys go."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key where the focus is."""
    QTest.keyClick(focused(), key, modifier)


def test_type_read_and_copy_by_keys_alone(run: Run, tmp_path: Path, citizen: HeadlessPhone) -> None:
    where = folders_of(tmp_path)
    kept_of: list[tuple[str, str]] = []

    async def work() -> None:
        async with real_window(where) as real:
            await real.takes(citizen)
            real.window.focus_notes()
            press(Qt.Key.Key_F, CTRL)
            QTest.keyClicks(focused(), "durnjs")  # 여권, with the keyboard still in Latin letters
            press(Qt.Key.Key_Return)
            await until(lambda: real.window.faq.read_article_id)
            press(Qt.Key.Key_F, ALT)
            press(Qt.Key.Key_Return, CTRL)
            await until(lambda: real.window.notes.text)
            article = await real.desk.services.faq.open(real.window.faq.read_article_id)
            assert article is not None
            assert "여권" in article.question
            assert real.window.notes.text == article.answer
            real.window.action("end").trigger()
            await until(lambda: real.window.situation == "wrap_up")
            kept_of.append((real.desk.services.faq.answers.pack, article.id))  # type: ignore[union-attr]

    run(work())
    ((pack, article_id),) = kept_of

    async def read() -> None:
        own = await SqliteOwnAnswers.open(where.answers_database)
        assert await own.learned(pack) == [Learned(article_id, "여권", 1)]
        assert (await own.places(pack))["favourite"] == [article_id]
        assert (await own.use_counts(pack))[article_id] >= 2
        seen = await own.seen(pack)
        assert seen is not None
        assert article_id in seen.marks
        await own.close()

    asyncio.run(read())


def test_a_proposal_outlives_the_death_of_the_desk(tmp_path: Path) -> None:
    """At most the keys of the last 200 ms are missing, and whatever is there is what was typed."""
    for number in range(DEATHS):
        file = tmp_path / f"{number}.sqlite"
        typed, safe = type_until_killed(file, 0.1 + 0.2 * number, LOST_S)

        async def read(file: Path = file) -> str:
            own = await SqliteOwnAnswers.open(file)
            try:
                return "".join(each.answer for each in await own.proposals())
            finally:
                await own.close()

        answer = asyncio.run(read())
        assert safe <= len(answer) <= typed + 1
        assert set(answer) <= {"가"}


def test_an_answer_that_was_picked_is_found_by_like_words_later(
    run: Run, tmp_path: Path, citizen: HeadlessPhone
) -> None:
    where = folders_of(tmp_path)
    picked: list[str] = []

    async def work() -> None:
        async with real_window(where) as real:
            faq = real.desk.services.faq
            await real.takes(citizen)
            press(Qt.Key.Key_F, CTRL)
            QTest.keyClicks(focused(), "zzqq xxyy passport")
            press(Qt.Key.Key_3, CTRL)
            await until(lambda: real.window.faq.read_article_id)
            picked.append(real.window.faq.read_article_id)
            assert picked[0] not in [hit.article_id for hit in await faq.search("zzqq xxyy") or []][:1]
            press(Qt.Key.Key_Return, CTRL)
            await until(lambda: real.window.notes.text)
            await real.desk.services.background.settle()
            assert [hit.article_id for hit in await faq.search("xxyy zzqq") or []][:1] == picked
            real.window.action("end").trigger()
            await until(lambda: real.window.situation == "wrap_up")
        # And after a start.
        desk = await open_desk(where, SettingsFile(where.settings_file), SILENCE)
        await desk.start()
        await desk.services.background.settle()
        assert [hit.article_id for hit in await desk.services.faq.search("zzqq") or []][:1] == picked
        await desk.close()

    run(work())
