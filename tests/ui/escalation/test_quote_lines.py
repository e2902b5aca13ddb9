"""What the caller said is there in full, also where the middle is narrow."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from desktop.ui.escalation.evidence import Quote
from desktop.ui.escalation.quote_list import MOST_LINES, QuoteList
from desktop.ui.theme.look import look

LONG = "제 번호는 010-9876-5432인데 몇 번을 말해야 알아듣고 이 일을 해 줄 건지 오늘은 꼭 들어야겠어."
QUOTES = [
    Quote(1.0, "10:00:01", LONG, False, False, 2.0),
    Quote(3.0, "10:00:03", "여보세요?", False, False, 4.0),
    Quote(5.0, "10:00:05", LONG * 40, True, False, 6.0),
]


@pytest.fixture
def quotes(qapp: QApplication) -> QuoteList:
    found = QuoteList()
    found.resize(360, 900)
    found.show()
    found.show_quotes(QUOTES)
    qapp.processEvents()
    return found


def heights(quotes: QuoteList) -> list[int]:
    return [quotes.visualRect(quotes.rows.index(place)).height() for place in range(len(QUOTES))]


def test_a_quote_takes_the_lines_that_it_needs_and_no_more(quotes: QuoteList, qapp: QApplication) -> None:
    one = quotes.row_height()
    narrow = heights(quotes)
    assert narrow[1] == one
    assert narrow[2] == one + round((MOST_LINES - 1) * look().leading("speech")), (
        "what never ends leaves room for the others"
    )
    metrics = QFontMetricsF(look().font("speech", tabular=True))
    wrap = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
    needed = metrics.boundingRect(QRectF(0, 0, quotes._text_width(), 1e5), wrap, LONG).height()
    assert one < narrow[0] <= narrow[2]
    assert narrow[0] - look().size(30) >= needed - 1, "above the time there is room for all of it"
    assert quotes.sizeHint().height() >= sum(narrow)
    quotes.resize(1400, 900)
    qapp.processEvents()
    assert heights(quotes)[:2] == [one, one]
