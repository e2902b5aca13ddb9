"""The answer pack is replaced while the desk runs: in the middle of a search, with an answer open, by a broken file."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from desktop.adapters.search.indexing import build_index
from desktop.adapters.search.pack import APPLICATION_ID, SCHEMA
from desktop.adapters.storage.faq_pack import PackFormat, write_pack
from desktop.domain.faq import Article
from desktop.ui.faq.view import AnswersView
from desktop.ui.panes import DeskPanes
from desktop.ui.preferences.simple_pages import AnswersPage
from tests.journeys.real_window import QUIET, RealWindow, folders_of, real_window, until

pytestmark = pytest.mark.timeout(60)
Run = Callable[[Coroutine[Any, Any, None]], None]


def pack(path: Path, edition: str, count: int = 300) -> Path:
    """Articles about water whose answers name their edition."""
    articles = [
        Article(
            f"A{number}",
            "ko",
            "상하수도",
            f"수도요금 질문 {number}",
            f"{edition} 자료입니다. {number}번 답변입니다.",
        )
        for number in range(count)
    ]
    write_pack(path, "city", articles, build_index(articles), PackFormat(APPLICATION_ID, SCHEMA))
    return path


def answers_of(real: RealWindow) -> AnswersView:
    panes = real.window.panes
    assert isinstance(panes, DeskPanes)
    return panes.answers


def editions(view: AnswersView) -> set[str]:
    """The editions that the rows of the list come from."""
    return {row.passage.split()[0] for row in view.hits.rows.rows}


def test_a_pack_is_swapped_during_a_search_and_an_open_answer_stays(run: Run, tmp_path: Path) -> None:
    path = pack(tmp_path / "city.faq", "지난")
    fresh = pack(tmp_path / "fresh", "새")
    where = folders_of(tmp_path, QUIET + f'faq_pack = "{path.as_posix()}"\n')

    async def work() -> None:
        async with real_window(where) as real:
            view = answers_of(real)
            view.field.setText("수도요금")
            await until(lambda: editions(view) == {"지난"})
            panes = real.window.panes
            assert isinstance(panes, DeskPanes)
            assert panes.choose(2)
            await until(view.article.isVisible)
            read = view.article.article
            assert read is not None
            chosen = view.hits.current
            os.replace(fresh, path)
            empty: list[bool] = []
            view.hits.rows.modelReset.connect(lambda: empty.append(not view.hits.rows.rows))
            number = 0
            # The agent goes on typing until the new pack answers.
            async with asyncio.timeout(20):
                while editions(view) != {"새"}:
                    number += 1
                    view.field.setText("수도요금" if number % 2 else "수도요금 질문")
                    await asyncio.sleep(0.02)
            assert not any(empty)
            assert view.article.isVisible()
            assert view.article.article == read
            assert "지난" in read.answer
            assert chosen >= 0
            assert real.notice == "" or "unreadable" not in real.notice
            assert panes.choose(1)
            await until(lambda: view.article.article is not read)
            assert view.article.article is not None
            assert "새" in view.article.article.answer

    run(work())


@pytest.mark.long
def test_a_broken_pack_is_said_and_the_next_good_one_mends_it(run: Run, tmp_path: Path) -> None:
    path = pack(tmp_path / "city.faq", "지난")
    where = folders_of(tmp_path, QUIET + f'faq_pack = "{path.as_posix()}"\n')
    broken = tmp_path / "broken"
    broken.write_bytes(path.read_bytes()[:20_000])
    fresh = pack(tmp_path / "fresh", "새")

    async def work() -> None:
        async with real_window(where) as real:
            view = answers_of(real)
            os.replace(broken, path)
            await real.reads("New pack unreadable; still using")
            view.field.setText("수도요금")
            await until(lambda: editions(view) == {"지난"})
            os.replace(fresh, path)
            await until(lambda: editions(view) == {"새"})
            await until(lambda: "unreadable" not in real.notice)

    run(work())


def test_a_file_is_imported_in_the_settings_and_used_at_once(run: Run, tmp_path: Path) -> None:
    where = folders_of(tmp_path)
    file = tmp_path / "city.csv"
    file.write_text(
        "id,lang,category,question,answer\n"
        "C1,ko,상하수도,수도요금 질문,새 자료입니다. 답변입니다.\n"
        "C2,ko,상하수도,,빈 질문입니다.\n",
        encoding="cp949",
    )

    async def work() -> None:
        async with real_window(where) as real:
            real.window.action("settings").trigger()
            page = real.window.settings_stage.page_of("answers")
            assert isinstance(page, AnswersPage)
            box = page.importing
            real.window.settings_stage.show_page("answers")
            box.preview([file])
            await until(box.build_button.isVisible, 20, box.words.text)
            assert "1 rows are left out" in box.words.text()
            assert "line 3" in box.refused.toPlainText()
            box.build_button.click()
            await until(lambda: "1 articles are in use" in box.words.text(), 20, box.words.text)
            view = answers_of(real)
            view.field.setText("수도요금")
            await until(lambda: editions(view) == {"새"})
            assert real.desk.services.faq.answers is not None
            assert real.desk.services.faq.answers.pack == "answers"

    run(work())
    assert 'faq_pack = "' in where.settings_file.read_text("utf-8")
