"""Rules about answers: how fresh, which language first, which categories lie where."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.faq import (
    Article,
    Category,
    categories_below,
    category_above,
    freshness,
    versions_in_order,
)
from desktop.domain.language import spoken_language

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"checked_on": "2026-11-01"}, "fine"),
        ({"checked_on": "2025-11-26"}, "fine"),
        ({"checked_on": "2025-11-25"}, "old"),
        ({}, "unchecked"),
        ({"checked_on": "soon"}, "unchecked"),
        ({"sample": True, "checked_on": "2026-11-01"}, "sample"),
        ({"checked_on": "2026-11-01", "valid_until": "2026-11-26"}, "fine"),
        ({"checked_on": "2026-11-01", "valid_until": "2026-11-25"}, "expired"),
        ({"sample": True, "valid_until": "2026-11-25"}, "expired"),
    ],
)
def test_freshness(fields: dict[str, object], expected: str) -> None:
    article = Article("A", "ko", "여권", "질문", "답", **fields)  # type: ignore[arg-type]
    assert freshness(article, TODAY, 365) == expected


def test_the_citizens_language_comes_first() -> None:
    versions = [Article(f"A-{lang}", lang, "c", "q", "a", group="g") for lang in ("ko", "en", "vi")]
    korean = versions[0]

    def order(spoken: str) -> list[str]:
        return [each.lang for each in versions_in_order(korean, versions, spoken)]

    assert order("vi") == ["vi", "ko", "en"]
    assert order("") == ["ko", "en", "vi"]
    assert order("th") == ["ko", "en", "vi"]
    assert versions_in_order(korean, [], "en") == [korean]


def test_categories_have_levels() -> None:
    counts = {
        "교통 > 주정차 > 신고": 2,
        "교통 > 주정차": 1,
        "교통 > 버스": 4,
        "여권": 3,
        "교통": 1,
        "교통편": 7,
    }
    assert categories_below(counts, "") == [
        Category("교통", "교통", 8), Category("여권", "여권", 3), Category("교통편", "교통편", 7)
    ]  # fmt: skip
    assert categories_below(counts, "교통") == [
        Category("교통 > 주정차", "주정차", 3), Category("교통 > 버스", "버스", 4)
    ]  # fmt: skip
    assert categories_below(counts, "교통 > 주정차") == [Category("교통 > 주정차 > 신고", "신고", 2)]
    assert categories_below(counts, "여권") == []
    assert [category_above(path) for path in ("교통 > 주정차 > 신고", "교통", "")] == [
        "교통 > 주정차",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("여권을 다시 만들고 싶은데요", "ko"),
        ("I lost my passport yesterday", "en"),
        ("Tôi bị mất hộ chiếu hôm qua", "vi"),
        ("Би паспортоо хаячихлаа", "mn"),
        ("ฉันทำหนังสือเดินทางหาย", "th"),
        ("パスポートをなくしてしまいました", "ja"),
        ("네 네", ""),
        ("01012345678", ""),
        ("passport 여권을 잃어버렸", ""),
        ("", ""),
    ],
)
def test_spoken_language(said: str, language: str) -> None:
    assert spoken_language(said.split()) == language
