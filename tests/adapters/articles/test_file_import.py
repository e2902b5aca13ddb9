"""Importing off the loop: it goes on meanwhile, and whoever leaves does not leave a thread writing."""

import asyncio
import os
from pathlib import Path

import pytest

from desktop.adapters.articles.file_import import FileImport
from desktop.adapters.articles.writing import write_articles
from desktop.domain.faq import Article
from desktop.domain.faq_import import ImportStopped, Progress

ARTICLES = [Article(f"A{number}", "ko", "x", f"{number}번 질문", "답") for number in range(3_000)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    write_articles(tmp_path / "a.jsonl", ARTICLES, {"name": "n", "content_sha256": ""})
    return tmp_path / "a.jsonl"


def test_preview_then_build(file: Path) -> None:
    async def journey() -> None:
        importer = FileImport()
        assert (await importer.preview([file], None)).count("added") == 3_000
        told: list[Progress] = []
        output = file.with_name("a.faq")
        assert (await importer.build([file], output, told.append)).articles == 3_000
        assert {step.stage for step in told} == {"read", "index", "write"}
        assert (await importer.preview([file], output)).same == 3_000

    asyncio.run(journey())


@pytest.mark.parametrize("leaving", [False, True])
def test_stopping_and_leaving(file: Path, leaving: bool) -> None:
    async def journey() -> None:
        importer, begun = FileImport(), asyncio.Event()
        building = asyncio.create_task(importer.build([file], file.with_name("a.faq"), lambda _: begun.set()))
        await begun.wait()
        if leaving:
            building.cancel()
            with pytest.raises(asyncio.CancelledError):
                await building
        else:
            importer.stop()
            with pytest.raises(ImportStopped):
                await building
        assert os.listdir(file.parent) == ["a.jsonl"]

    asyncio.run(journey())
