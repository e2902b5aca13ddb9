"""Reports on paper: a PDF of A4 pages, or the same pages as pictures."""

from __future__ import annotations

import sys

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFontDatabase,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextCursor,
    QTextDocument,
)

from desktop.domain.report import IncidentReport
from desktop.paths import APPLICATION, resources
from desktop.ui.report.document import CELL_PADDING_POINTS, SMALL_POINTS, UNITS, printed_font, report_document
from desktop.ui.report.labels import Labels
from desktop.ui.theme.fonts import load_fonts

PAGE_POINTS = QSizeF(595, 842)
MARGIN_POINTS = 48.0
FOOT_POINTS = 24.0
DOTS_PER_INCH = 1200
POINTS_PER_INCH = 72


def prepare_printing() -> QGuiApplication:
    """What printing needs: Qt's application, made without a screen where there is none, and the shipped fonts.

    Keep what it returns.
    """
    existing = QGuiApplication.instance()
    if isinstance(existing, QGuiApplication):
        application = existing
    else:
        application = QGuiApplication([*sys.argv[:1], "-platform", "offscreen"])
    if "Pretendard" not in QFontDatabase.families():
        load_fonts(resources() / "fonts")
    return application


class PrintedReport:
    """A report laid out on pages."""

    def __init__(self, report: IncidentReport, language: str) -> None:
        """`language` is one of `labels.LANGUAGES`. Call `prepare_printing` first.

        `slices`: where each page begins and ends in `document`, in its pixels.
        """
        self._labels, self._id = Labels(language), report.name
        self._area = QSizeF(
            PAGE_POINTS.width() - 2 * MARGIN_POINTS, PAGE_POINTS.height() - 2 * MARGIN_POINTS - FOOT_POINTS
        )
        self.document: QTextDocument = report_document(report, self._labels, self._area.width())
        self.slices = slices_of(self.document, self._area.height() * UNITS)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self.slices)

    def pdf(self) -> bytes:
        """The pages as a PDF with the fonts in it."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setCreator(APPLICATION)
        writer.setTitle(f"{self._labels('title')} {self._id}")
        writer.setResolution(DOTS_PER_INCH)
        layout = QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)
        )
        writer.setPageLayout(layout)
        painter = QPainter(writer)
        for page in range(self.pages):
            if page:
                writer.newPage()
            self._paint(painter, page, DOTS_PER_INCH / POINTS_PER_INCH)
        painter.end()
        return bytes(buffer.data().data())

    def pictures(self, scale: float = 1.5) -> list[QImage]:
        """The pages as pictures, `scale` pixels a point."""
        found = []
        for page in range(self.pages):
            image = QImage((PAGE_POINTS * scale).toSize(), QImage.Format.Format_RGB32)
            image.fill(Qt.GlobalColor.white)
            painter = QPainter(image)
            painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
            self._paint(painter, page, scale)
            painter.end()
            found.append(image)
        return found

    def _paint(self, painter: QPainter, page: int, scale: float) -> None:
        top, bottom = self.slices[page]
        painter.save()
        painter.scale(scale / UNITS, scale / UNITS)
        left = MARGIN_POINTS * UNITS
        above = left - top
        painter.translate(left, above)
        width = self._area.width() * UNITS
        self.document.drawContents(painter, QRectF(0, top, width, bottom - top))
        painter.translate(0, top)
        painter.setFont(printed_font(self._labels.language, SMALL_POINTS))
        foot = QRectF(0, (self._area.height() + FOOT_POINTS / 2) * UNITS, width, FOOT_POINTS * UNITS)
        words = self._labels("page", page=page + 1, pages=self.pages)
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, self._id)
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, words)
        painter.restore()


def slices_of(document: QTextDocument, height: float) -> list[tuple[float, float]]:
    """Where each page begins and ends in an endless document: between rows and paragraphs, never below a heading.

    What is higher than a page breaks between its lines. Qt's own paging tears rows of tables apart.
    """
    good, lines = _breaks(document)
    end = document.size().height()
    found = []
    top = 0.0
    while end - top > height:
        fits = [y for y in good if top < y <= top + height] or [y for y in lines if top < y <= top + height]
        bottom = max(fits, default=top + height)
        found.append((top, bottom))
        top = bottom
    return [*found, (top, end)]


def _breaks(document: QTextDocument) -> tuple[list[float], list[float]]:
    """Heights at which a page may end, and those at which it can."""
    layout, good, lines = document.documentLayout(), list[float](), list[float]()
    rows: dict[tuple[int, int], float] = {}
    below_heading = False
    block = document.begin()
    while block.isValid():
        rect, table = layout.blockBoundingRect(block), QTextCursor(block).currentTable()
        lines += [rect.top() + block.layout().lineAt(n).y() for n in range(block.layout().lineCount())]
        if table is not None:
            row = table.cellAt(block.position()).row()
            key = (table.firstPosition(), row)
            rows[key] = min(rows.get(key, rect.top()), rect.top())
        elif block.text() and not below_heading:
            # Qt keeps an empty paragraph behind each table, and it lies over the last row.
            good.append(rect.top())
        below_heading = table is None and block.blockFormat().headingLevel() > 0
        block = block.next()
    good += [top - CELL_PADDING_POINTS * UNITS for (_, row), top in rows.items() if row > 0]
    return good, lines
