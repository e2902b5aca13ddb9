"""A spreadsheet of 100,000 articles: stopped half-way it leaves nothing; what it takes is measured."""

import os
import time
from pathlib import Path

import psutil
import pytest

from desktop.adapters.articles.importing import import_articles
from desktop.adapters.articles.writing import write_articles
from desktop.domain.faq import Article
from desktop.domain.faq_import import ImportStopped, Progress
from tests.conftest import Measured

COUNT = 100_000
FACTS = {"name": "n", "content_sha256": ""}


def articles() -> list[Article]:
    return [
        Article(
            f"A{number}",
            "ko",
            "교통 > 버스",
            f"{number}번 버스가 정류소 {number % 977}에 서지 않아요",
            f"노선 {number}의 운행 기록을 확인합니다. " * 12,
            variants=(f"{number}번이 그냥 갔어요",),
            keywords=("버스", f"노선{number}"),
        )
        for number in range(COUNT)
    ]


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("stage", ["read", "index", "write"])
def test_stopped_half_way_it_leaves_nothing(tmp_path: Path, measured: Measured, stage: str) -> None:
    write_articles(tmp_path / "many.xlsx", articles(), FACTS)
    write_articles(tmp_path / "one.jsonl", articles()[:1], FACTS)
    output = tmp_path / "a.faq"
    import_articles([tmp_path / "one.jsonl"], output)
    before, names = output.read_bytes(), sorted(os.listdir(tmp_path))
    told: list[tuple[float, Progress]] = []
    asked: list[float] = []

    def stopped() -> bool:
        half = bool(told) and told[-1][1].stage == stage and told[-1][1].done >= COUNT // 2
        if half and not asked:
            asked.append(time.monotonic())
        return half

    started = time.monotonic()
    with pytest.raises(ImportStopped):
        import_articles(
            [tmp_path / "many.xlsx"], output, lambda step: told.append((time.monotonic(), step)), stopped
        )
    ended = time.monotonic()
    assert output.read_bytes() == before
    assert sorted(os.listdir(tmp_path)) == names
    assert ended - asked[0] < 1.0
    measured(
        f"article_import_{stage}",
        {
            "rows": COUNT,
            "seconds until stopped": round(asked[0] - started, 1),
            "seconds from asking to the end": round(ended - asked[0], 2),
            "resident memory at the end, MB": round(psutil.Process().memory_info().rss / 1e6),
        },
    )
