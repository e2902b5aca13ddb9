"""Six languages in transcript, answers and history: each letter comes from the face it should, none is a box."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QTextLayout
from PySide6.QtWidgets import QApplication

from desktop import paths
from desktop.adapters.search.answers import PackAnswers
from desktop.domain.faq import Article
from desktop.settings import Settings
from desktop.ui.application import make_application
from desktop.ui.history.row_list import paint_text
from desktop.ui.theme.fonts import families
from desktop.ui.theme.look import look
from desktop.ui.theme.scripts import face_language
from desktop.ui.theme.tokens import TYPE
from desktop.ui.transcript import bubble
from desktop.ui.widgets import Elided
from desktop.ui.widgets.paragraph import lay_out

LANGUAGES = ("ko", "en", "vi", "mn", "th", "ja")
FACES = {"ja": "Noto Sans CJK JP", "th": "Noto Sans Thai"}
"""Of the letters of a language; all others are Pretendard's."""
NAMES = {
    "ko": "박서연 (궁·뷁)",
    "en": "Ms O’Connor",
    "vi": "Nguyễn Thị Ngọc Ánh",
    "mn": "Өлзийбаяр Гүнсэн",
    "th": "ณัฐวุฒิ ปู่ผู้ใหญ่",
    "ja": "高橋 さくら",
}


@pytest.fixture(scope="module")
def articles() -> dict[str, list[Article]]:
    async def read() -> dict[str, list[Article]]:
        pack = await PackAnswers.open(paths.resources() / "faq" / "sample.faq")
        found = await pack.browse(limit=2000)
        await pack.close()
        return {lang: [each for each in found if each.lang == lang] for lang in LANGUAGES}

    return asyncio.run(read())


@pytest.fixture(params=["ko", "en"])
def _window(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    make_application(Settings(language=request.param, theme="light"))
    yield
    make_application(Settings(language="en", theme="light"))


def _faces(layout: QTextLayout) -> Iterator[tuple[str, str, bool]]:
    """Each letter, the family that draws it, and whether that has it."""
    text = layout.text()
    for place, letter in enumerate(text):
        if letter.isspace() or letter == "\u2028":
            continue
        for run in layout.glyphRuns(place, 1):
            yield letter, run.rawFont().familyName(), 0 not in run.glyphIndexes()


def _expected(letter: str, language: str) -> str:
    if "\u0e00" <= letter <= "\u0e7f":
        return FACES["th"]
    return FACES["ja"] if language == "ja" else "Pretendard"


def _wrong(layout: QTextLayout, language: str) -> list[tuple[str, str]]:
    return [
        (letter, family)
        for letter, family, there in _faces(layout)
        if not there or not family.startswith(_expected(letter, language))
    ]


@pytest.mark.usefixtures("_window")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_has_its_face(articles: dict[str, list[Article]], language: str) -> None:
    known = articles[language]
    assert len(known) > 40
    for article in known[:4]:
        answer, _ = lay_out(article.answer, "speech", 380)
        said = bubble.lay_out(article.answer, 380, []).layout
        title = QTextLayout(article.question, Elided(article.question, "title").font())
        row = QTextLayout(article.question, look().font("bodyStrong", tabular=True, said=article.question))
        name = QTextLayout(NAMES[language], Elided(NAMES[language], "number", tabular=True).font())
        for layout in (title, row, name):
            layout.beginLayout()
            layout.createLine()
            layout.endLayout()
        for layout in (answer, said, title, row, name):
            assert _wrong(layout, language) == [], (article.id, layout.text())


@pytest.mark.usefixtures("_window")
@pytest.mark.parametrize("language", LANGUAGES)
def test_digits_are_as_wide_as_each_other(articles: dict[str, list[Article]], language: str) -> None:
    said = articles[language][0].question
    for style in TYPE:
        metrics = QFontMetricsF(look().font(style, tabular=True, said=said))
        widths = {round(metrics.horizontalAdvance(digit * 10), 3) for digit in "0123456789"}
        assert len(widths) == 1, (style, widths)


@pytest.mark.usefixtures("_window")
def test_thai_has_room_above_and_below(articles: dict[str, list[Article]]) -> None:
    thai, korean = (articles[language][0].answer for language in ("th", "ko"))
    for style in ("speech", "body", "caption"):
        pixels = TYPE[style][0]
        assert lay_out("ที่", style, 300)[1] == pytest.approx(pixels * 1.6)
        assert lay_out(korean[:5], style, 300)[1] < pixels * 1.6
    assert bubble.lay_out("ที่", 300, []).height == pytest.approx(15 * 1.6)
    layout, high = lay_out(thai, "speech", 380)
    metrics = QFontMetricsF(layout.font())
    assert layout.lineCount() > 1
    assert metrics.tightBoundingRect("ปู่ผู้ใหญ่ที่").height() <= high / layout.lineCount()


@pytest.mark.usefixtures("_window")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_of_a_list_cuts_no_mark_off(language: str) -> None:
    """The ink of a name in a row is the same as with all the room that it could want."""
    inks = []
    for high in (look().size(20), look().size(60)):
        image = QImage(300, 80, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        paint_text(painter, NAMES[language], "bodyStrong", "text", QRectF(4, 40 - high / 2, 290, high))
        painter.end()
        inks.append(sum(image.pixel(x, y) != 0xFFFFFFFF for x in range(300) for y in range(80)))
    assert inks[0] == inks[1] > 100


def test_the_script_chooses_the_face_and_the_window_the_rest() -> None:
    assert face_language("120 OK", "ko") == "ko"
    assert face_language("転入届はどこで", "ko") == "ja"
    assert face_language("漢字", "ko") == "ko", "Hanja of a Korean text stay Korean"
    assert face_language("漢字", "ja") == "ja"
    assert face_language("เปิด 8 โมง", "en") == "th"
    assert families("ja")[0] == "Noto Sans CJK JP"
    assert families("th")[:2] == ["Pretendard", "Noto Sans Thai"]
    assert families("ko")[0] == families("mn")[0] == families("vi")[0] == "Pretendard"
