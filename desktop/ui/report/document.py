"""The report as a Qt document, A4, black on white. All texts are put in as plain text: they come from outside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)

from desktop.domain.report import (
    ContactTold,
    Content,
    CrisisTold,
    Happening,
    IncidentReport,
    Moment,
    contacts_of,
    course_of,
    crises_of,
    moment_of,
    warnings_of,
)
from desktop.ui.report.labels import Labels
from desktop.ui.theme.fonts import families

BODY_POINTS = 9.5
SMALL_POINTS = 8.0
HEADING_POINTS = 12.0
TITLE_POINTS = 17.0
CELL_PADDING_POINTS = 3.0
UNITS = 10
"""Pixels of the document in a point: pixels mean the same on every device, and ten of them are exact enough."""
_GREY, _LINE = QColor("#50606a"), QColor("#c4ccd1")


def report_document(report: IncidentReport, labels: Labels, width: float) -> QTextDocument:
    """The report, laid out for lines of `width` points; the document counts `UNITS` pixels a point."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(printed_font(labels.language, BODY_POINTS))
    document.setPageSize(QSizeF(width * UNITS, -1))
    _Writer(document, report, labels).write()
    return document


def printed_font(language: str, points: float) -> QFont:
    """The font of a report in this language, in pixels of the document."""
    font = QFont()
    # Where a language has its own shapes of shared characters its fonts come first.
    first = ["Noto Sans CJK JP"] if language == "ja" else []
    font.setFamilies([*first, *families(language)])
    font.setPixelSize(round(points * UNITS))
    # Else "3x1" in an identifier is printed as a multiplication.
    for feature in ("calt", "clig"):
        font.setFeature(QFont.Tag(feature), 0)
    return font


class _Writer:
    """Fills the document from top to bottom."""

    def __init__(self, document: QTextDocument, report: IncidentReport, labels: Labels) -> None:
        self._cursor, self._report, self._say = QTextCursor(document), report, labels
        self._content: Content = report.content

    def write(self) -> None:
        """All sections."""
        say, report = self._say, self._report
        crisis = _part(self._content, "form").get("kind") == "crisis"
        self._line(say("title_crisis" if crisis else "title"), size=TITLE_POINTS, bold=True, first=True)
        self._line(say("unmasked") if report.unmasked else say("masked"), size=SMALL_POINTS, grey=True)
        if _part(self._content, "call").get("scenario"):
            self._line(say("practice"), bold=True)
        self._section(say("facts"), self._facts())
        self._heading(say("course"))
        self._table([self._row(moment) for moment in course_of(self._content)], (14, 17, 69))
        given = warnings_of(self._content)
        warnings = [(_clock(m.time), say.of(m.what), m.text) for m in given]
        self._heading(say("warnings"))
        self._table(warnings or [("", say("none"), "")], (14, 31, 55))
        contacts = [self._contact(told) for told in contacts_of(self._content)]
        if contacts:
            self._heading(say("contacts"))
            self._table(contacts, (14, 31, 55))
        for told in crises_of(self._content):
            self._section(say("crisis_path"), self._crisis(told))
        self._section(say("form"), self._form())
        notes = str(self._content.get("notes", "")).strip()
        if notes:
            self._heading(say("notes"))
            self._line(notes)
        self._section(say("hashes"), self._hashes(), code=True)
        if report.looked_at:
            seen = [
                (_moment(moment_of(e.get("when"))), str(e.get("who", "")), str(e.get("reason", "")))
                for e in report.looked_at
            ]
            self._heading(say("looked_at"))
            self._table(seen, (32, 25, 43))
        self._line(say("broken", place=report.chain) if report.chain else say("whole"), size=SMALL_POINTS)
        self._line(say("made", time=_moment(report.made)), size=SMALL_POINTS, grey=True)

    def _facts(self) -> list[tuple[str, ...]]:
        say, content = self._say, self._content
        call, agent = _part(content, "call"), _part(content, "agent")
        speech, incidents = _part(content, "speech"), content.get("incidents") or []
        remote = " ".join(str(call.get(key, "")) for key in ("remote", "remote_name")).strip()
        ended_by = str(call.get("ended_by", ""))
        rows = [
            (say("number"), self._report.name),
            (say("record"), self._report.escalation_id if self._report.number else ""),
            (say("organisation"), self._report.organisation),
            (say("call"), str(call.get("id", ""))),
            (say("queue"), str(call.get("queue", ""))),
            (say("direction"), say.of(str(call.get("direction", "")))),
            (say("remote"), remote),
            (say("agent"), " ".join(str(agent.get(key, "")) for key in ("name", "number")).strip()),
            *[(say(key), str(agent.get(key, ""))) for key in ("team", "station")],
            (say("begun"), _moment(moment_of(call.get("confirmed")) or moment_of(call.get("created")))),
            (say("ended"), _moment(moment_of(call.get("ended")))),
            (say("ended_by"), say.of(ended_by, "by_") if ended_by else ""),
            (say("length"), _length(call)),
            (say("quality"), self._quality()),
            (say("speech"), str(speech.get("model", ""))),
            (say("previous_calls"), self._previous_calls()),
            (
                say("incidents"),
                str(len(incidents)) if isinstance(incidents, list) and incidents else say("none"),
            ),
            (say("listed"), self._listed()),
        ]
        return [row for row in rows if row[1]]

    def _previous_calls(self) -> str:
        before = _part(self._content, "previous_calls")
        spans = {span: before.get(span) for span in ("day", "month", "half_year")}
        known = all(isinstance(count, int) for count in spans.values())
        return self._say("previous_words", **spans) if known else ""

    def _listed(self) -> str:
        listed = _part(self._content, "listed_status")
        if listed.get("status") == "attention":
            last = str(listed.get("class", ""))
            return self._say("listed_attention", class_id=self._say.of(_kind_word(last)))
        return self._say("listed_none") if listed.get("status") == "none" else ""

    def _contact(self, told: ContactTold) -> tuple[str, str, str]:
        say, purpose = self._say, self._say.of(told.purpose, "to_")
        came = say("answered", time=_clock(told.answered)) if told.answered else say("unanswered")
        return _clock(told.time), purpose, f"{told.name}\n({came})"

    def _quality(self) -> str:
        worst = _part(_part(self._content, "quality"), "worst")
        if not worst:
            return ""
        figures = {key: float(value) for key, value in worst.items() if isinstance(value, int | float)}
        loss = max((figures[key] for key in ("loss_rx", "loss_tx") if key in figures), default=0.0)
        mos = min((figures[key] for key in ("mos_rx", "mos_tx") if key in figures), default=0.0)
        jitter = figures.get("jitter_ms", 0.0)
        return self._say("quality_words", loss=f"{loss:g}", jitter=f"{jitter:g}", mos=f"{mos:g}")

    def _row(self, moment: Moment) -> tuple[str, str, str]:
        say, time = self._say, _clock(moment.time)
        match moment.happening:
            case Happening.SAID:
                doubt = say("unsure") if moment.unsure else say("machine")
                mark = say("heard") if moment.heard else doubt
                return time, say.of(moment.leg), f"{moment.text}\n({mark})"
            case Happening.MARKED | Happening.CHOSEN:
                by_agent = moment.happening is Happening.CHOSEN
                labels = say.of(_kind_word(moment.what)) if by_agent else moment.what
                words = say("chosen" if by_agent else "marked", labels=labels)
                said = f"{words}\n{moment.text}".rstrip()
                return time, "", f"{said}\n({say('rejected')})" if moment.rejected else said
            case Happening.WARNED:
                return time, say("warning"), f"{moment.text}\n({say.of(moment.what)})"
            case Happening.ENDED:
                return time, "", say("call_ended", who=say.of(moment.what, "by_"))
            case _:
                answered = moment.happening is Happening.ANSWERED
                return time, "", say("call_answered") if answered else say("call_begun")

    def _crisis(self, told: CrisisTold) -> list[tuple[str, ...]]:
        def listed(each: tuple[tuple[str, datetime | None], ...]) -> str:
            return ", ".join(f"{name} {_clock(time)}".rstrip() for name, time in each)

        say = self._say
        rows = [
            (say("begun"), _clock(told.entered)),
            (say("crisis_place"), told.place),
            (say("crisis_checks"), listed(told.checks)),
            (say("crisis_lines"), listed(told.lines)),
            (say("crisis_left"), told.left),
        ]
        return [row for row in rows if row[1]]

    def _form(self) -> list[tuple[str, ...]]:
        say, form = self._say, _part(self._content, "form")
        kind = _kind_word(str(form.get("kind", "")))
        ticks = ("concrete_threat", "wants_separation", "wants_counselling")
        filed = self._report.filed
        return [
            (say("kind"), say.of(kind)),
            *[(say(tick), say("yes") if form.get(tick) else say("no")) for tick in ticks],
            (say("feeling"), say.of(str(form.get("feeling", "")))),
            *self._added(),
            (say("demand"), str(form.get("demand", ""))),
            *(
                [(say("confirmed"), say("yes") if form["confirmed"] else say("no"))]
                if "confirmed" in form
                else []
            ),
            *([(say("withdrawn"), str(form["withdrawn"]))] if form.get("withdrawn") else []),
            (say("sent"), _moment(filed) if filed else say("not_sent")),
        ]

    def _added(self) -> list[tuple[str, str]]:
        """What reports of earlier versions of the program know nothing of."""
        say, form = self._say, _part(self._content, "form")
        rest = _part(_part(self._content, "agent"), "rest")
        begin, end = (_moment(moment_of(rest.get(key))) for key in ("from", "to"))
        rows = []
        if "charges" in form:
            wish = str(form["charges"] or "unsaid")
            rows.append((say("charges"), say("charges_later") if wish == "later" else say.of(wish)))
        if "police_called" in form:
            told = form["police_called"]
            known = say("yes") if told else say("no")
            rows.append((say("police_called"), say("unsaid") if told is None else known))
        if form.get("police_reference"):
            rows.append((say("police_reference"), str(form["police_reference"])))
        if begin:
            words = say("rest_words", begin=begin, end=end) if end else say("rest_since", begin=begin)
            rows.append((say("rest"), words))
        return rows

    def _hashes(self) -> list[tuple[str, ...]]:
        say, report = self._say, self._report
        versions = [
            (say("version", number=v.number, time=_moment(v.created)), v.sha256) for v in report.versions
        ]
        return [*versions, *report.files, (say("head"), report.head)]

    def _section(self, title: str, rows: Sequence[tuple[str, ...]], code: bool = False) -> None:
        self._heading(title)
        self._table(rows, (34, 66), code)

    def _heading(self, text: str) -> None:
        self._line(text, size=HEADING_POINTS, bold=True, above=12)

    def _line(
        self,
        text: str,
        size: float = BODY_POINTS,
        bold: bool = False,
        grey: bool = False,
        above: float = 2,
        first: bool = False,
    ) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(above * UNITS)
        block.setBottomMargin(3 * UNITS)
        block.setHeadingLevel(1 if bold else 0)
        if first:
            self._cursor.setBlockFormat(block)
        else:
            self._cursor.movePosition(QTextCursor.MoveOperation.End)
            self._cursor.insertBlock(block)
        self._cursor.insertText(text, self._characters(size, bold, grey))

    def _table(self, rows: Sequence[Sequence[str]], widths: tuple[int, ...], code: bool = False) -> None:
        """A table with a row per row. `code`: the last column is printed small. Further lines of a text are remarks."""
        form = QTextTableFormat()
        form.setBorder(UNITS / 2)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBorderBrush(_LINE)
        form.setBorderCollapse(True)
        form.setCellPadding(CELL_PADDING_POINTS * UNITS)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        form.setColumnWidthConstraints(
            [QTextLength(QTextLength.Type.PercentageLength, width) for width in widths]
        )
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        table = self._cursor.insertTable(max(1, len(rows)), len(widths), form)
        for at, row in enumerate(rows):
            for column, text in enumerate(row[: len(widths)]):
                cell = table.cellAt(at, column).firstCursorPosition()
                head, _, rest = text.partition("\n")
                size = SMALL_POINTS if code and column == len(widths) - 1 else BODY_POINTS
                cell.insertText(head, self._characters(size, False, column == 0))
                for line in rest.split("\n") if rest else ():
                    cell.insertBlock()
                    cell.insertText(line, self._characters(SMALL_POINTS, False, True))

    def _characters(self, size: float, bold: bool, grey: bool) -> QTextCharFormat:
        font = printed_font(self._say.language, size)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        form = QTextCharFormat()
        form.setFont(font)
        form.setForeground(_GREY if grey else Qt.GlobalColor.black)
        return form


def _kind_word(kind: str) -> str:
    """The name of a kind's words; the classes of most policies are called like kinds."""
    return {"threat": "threat_kind", "long": "long_repeated"}.get(kind, kind)


def _part(content: Content, key: str) -> Content:
    found = content.get(key)
    return found if isinstance(found, dict) else {}


def _moment(moment: datetime | None) -> str:
    """Local time with its distance from UTC."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S (UTC%z)") if moment else ""


def _clock(moment: datetime | None) -> str:
    return moment.astimezone().strftime("%H:%M:%S") if moment else ""


def _length(call: Content) -> str:
    seconds = call.get("seconds")
    begun, ended = moment_of(call.get("confirmed")), moment_of(call.get("ended"))
    if not isinstance(seconds, int) and begun and ended:
        seconds = int((ended - begun).total_seconds())
    return f"{seconds // 60}:{seconds % 60:02}" if isinstance(seconds, int) and seconds >= 0 else ""
