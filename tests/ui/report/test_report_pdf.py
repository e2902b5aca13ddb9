"""The printed report: six languages on A4, shipped fonts in the file, nothing torn, no text taken for markup."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtGui import QImage, QRawFont
from PySide6.QtWidgets import QApplication

from desktop.domain.report import Happening, IncidentReport, PrintedVersion, course_of
from desktop.paths import resources
from desktop.ui.report.document import UNITS
from desktop.ui.report.labels import LANGUAGES, WORDS, Labels
from desktop.ui.report.pdf import PrintedReport, prepare_printing

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SAID = {
    "ko": "과태료를 취소하라고 몇 번을 말해.",
    "en": "How often do I have to say it?",
    "ja": "何度言えば分かるんだ。担当者を出せ。",
    "vi": "Tôi đã nói bao nhiêu lần rồi!",
    "th": "พูดกี่ครั้งแล้ว ทำไมไม่เข้าใจ",
    "mn": "Хэдэн удаа хэлэх вэ, өөрөө үзээрэй.",
}
SHIPPED = (b"Pretendard", b"NotoSansThai", b"NotoSansCJK")
FONTS = {"th": b"NotoSansThai", "ja": b"NotoSansCJK"}


@pytest.fixture(autouse=True)
def printing(qapp: QApplication) -> None:
    assert prepare_printing() is qapp


def iso(seconds: float) -> str:
    return (NOW + timedelta(seconds=seconds)).isoformat(timespec="milliseconds")


def content(text: str, lines: int = 4) -> dict[str, Any]:
    transcript = [
        {"leg": "caller", "text": text, "confidence": 0.9, "start": 5.0 + n, "end": 6.0 + n, "heard": n == 0}
        for n in range(lines)
    ]
    transcript.append({"leg": "agent", "text": text, "confidence": 0.2, "start": 900.0, "end": 901.0})
    return {
        "schema": 2,
        "call": {
            "id": "c3x1",
            "direction": "incoming",
            "remote": "sip:010-••••-4720@city",
            "created": iso(0),
            "confirmed": iso(2),
            "ended": iso(1000),
            "ended_by": "local",
            "seconds": 998,
        },
        "agent": {"name": "김다산", "number": "4012"},
        "quality": {"measured": 3, "last": {}, "worst": {"loss_rx": 1.5, "jitter_ms": 9.0, "mos_rx": 4.0}},
        "transcript": transcript,
        "hits": [{"start": 5.0, "labels": ["INSULT"], "matched": [text[:4]], "rejected": True}],
        "warnings": [{"time": iso(30), "method": "agent_voice", "text": text}],
        "incidents": [{"id": "e0"}],
        "notes": text,
        "form": {"kind": "threat", "concrete_threat": True, "feeling": "hard", "demand": text, "heard": []},
    }


def report(found: dict[str, Any]) -> IncidentReport:
    versions = (PrintedVersion(1, NOW, "first", "ab" * 32),)
    return IncidentReport("e3x1a", "시청", found, versions, NOW, NOW, "cd" * 32)


def ink(image: QImage) -> int:
    """How many pixels are dark."""
    return sum(
        image.pixelColor(x, y).lightness() < 128 for y in range(image.height()) for x in range(image.width())
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_is_printed_in_every_language(language: str) -> None:
    printed = PrintedReport(report(content(SAID[language])), language)
    raw = printed.pdf()
    assert raw.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", raw)) == printed.pages
    fonts = re.findall(rb"/BaseFont\s*/([^\s/]+)", raw)
    assert len(re.findall(rb"/FontFile\d?\b", raw)) >= 2
    assert fonts
    assert [font for font in fonts if not any(name in font for name in SHIPPED)] == []
    assert FONTS.get(language, b"") in b" ".join(fonts)
    assert re.search(rb"/MediaBox\s*\[0 0 59[45](?:\.\d+)? 84[12](?:\.\d+)?\]", raw)
    assert all(ink(picture) > 800 for picture in printed.pictures())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_fonts_have_every_sign(language: str) -> None:
    fonts = [QRawFont(str(path), 10.0) for path in (resources() / "fonts").glob("*.[ot]tf")]
    assert len(fonts) == 5

    def has(sign: str) -> bool:
        return any(font.supportsCharacter(ord(sign)) for font in fonts)

    said = SAID[language] + "".join(Labels(language)(name) for name in WORDS)
    assert [sign for sign in said if sign.strip() and not has(sign)] == []
    assert not has("ཀ")


def test_the_words_are_of_the_language_asked_for() -> None:
    titles = {language: Labels(language)("title") for language in LANGUAGES}
    assert len(set(titles.values())) == len(LANGUAGES)
    assert titles["en"] == WORDS["title"]
    for language in LANGUAGES:
        labels = Labels(language)
        assert labels("page", page=2, pages=3)
        if language != "en":
            same = [name for name in WORDS if labels(name) == WORDS[name]]
            assert same == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_crisis_is_never_printed_as_abuse(language: str) -> None:
    say, found = Labels(language), content("말")
    abuse = PrintedReport(report(found), language).document.toPlainText()
    found["form"]["kind"] = "crisis"
    crisis = PrintedReport(report(found), language).document.toPlainText()
    assert crisis.startswith(say("title_crisis"))
    assert say("crisis") in crisis
    assert say("title") not in crisis
    assert abuse.startswith(say("title"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_practice_is_never_printed_as_a_real_call(language: str) -> None:
    say, found = Labels(language), content("말")
    assert say("practice") not in PrintedReport(report(found), language).document.toPlainText()
    found["call"]["scenario"] = "S12"
    assert say("practice") in PrintedReport(report(found), language).document.toPlainText()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_agent_marked_is_not_ascribed_to_the_program(language: str) -> None:
    say, found = Labels(language), content("말")
    found["hits"] = [
        {"start": 5.0, "labels": [], "matched": [], "class": name, "source": "agent", "rejected": False}
        for name in ("long", "threat", "ours")
    ]
    text = PrintedReport(report(found), language).document.toPlainText()
    for labels in (say("long_repeated"), say("threat_kind"), "ours"):
        assert say("chosen", labels=labels) in text
    assert say("marked", labels="").strip() not in text


def test_texts_from_outside_are_no_markup() -> None:
    printed = PrintedReport(report(content("<b>굵게</b> &amp; <img src='file:///etc/passwd'>")), "ko")
    plain = printed.document.toPlainText()
    assert "<b>굵게</b> &amp; <img src='file:///etc/passwd'>" in plain


def test_quotes_say_who_vouches_for_them() -> None:
    plain = PrintedReport(report(content("말")), "en").document.toPlainText()
    assert plain.count("(heard by the agent)") == 1
    assert plain.count("(machine text, not confirmed)") == 3
    assert plain.count("(machine text, unsure, not confirmed)") == 1
    assert "the agent said that this is wrong" in plain
    assert "said by the agent" in plain


def test_the_crisis_path_is_told_with_its_times() -> None:
    found = content("말")
    assert "Crisis path" not in PrintedReport(report(found), "en").document.toPlainText()
    found["crises"] = [
        {
            "entered": 10.0,
            "left": None,
            "reason": "",
            "place": "한강 다리",
            "checks": [["asked", 20.0], "x"],
            "lines": [["suicide", 30.0]],
        }
    ]
    plain = PrintedReport(report(found), "en").document.toPlainText()
    assert "Where the caller is\n한강 다리" in plain
    assert re.search(r"Found out\nasked \d\d:\d\d:\d\d\nBrought in\nsuicide \d\d:\d\d:\d\d", plain)
    assert "Why it was no crisis" not in plain


def test_what_was_withdrawn_and_how_often_the_number_called_are_printed() -> None:
    found = content("말")
    before = PrintedReport(report(found), "en").document.toPlainText()
    assert "Withdrawn" not in before
    assert "Earlier calls" not in before, "older evidence does not say it"
    found["form"]["withdrawn"] = "F12 instead of F11"
    found["previous_calls"] = {"day": 1, "month": 2, "half_year": 3}
    plain = PrintedReport(report(found), "en").document.toPlainText()
    assert "Withdrawn\nF12 instead of F11" in plain
    assert "24 h 1 · 30 days 2 · 6 months 3" in plain


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fields_of_an_incident_are_printed_in_every_language(language: str) -> None:
    say, found = Labels(language), content("말")
    before = PrintedReport(report(found), language).document.toPlainText()
    new = ("record", "queue", "team", "station", "listed", "contacts", "charges", "police_called", "rest")
    assert [name for name in new if f"{say(name)}\n" in before] == [], "older evidence does not say it"
    found["call"]["queue"] = "교통 2"
    found["agent"] |= {"team": "3팀", "station": "A-12", "rest": {"from": iso(1100), "to": iso(2900)}}
    found["listed_status"] = {"status": "attention", "class": "threat", "counts": {"malicious": 2}}
    found["contacts"] = [
        {"purpose": "supervisor", "name": "팀장", "number": "boss", "time": iso(50), "answered": iso(55)},
        {"purpose": "police", "name": "112", "number": "112", "time": iso(60), "answered": ""},
    ]
    found["form"] |= {"charges": "later", "police_called": True, "police_reference": "2026-1126-77"}
    told = replace(report(found), number="DASAN-20261126-003")
    plain = PrintedReport(told, language).document.toPlainText()
    rows = {
        "number": "DASAN-20261126-003",
        "record": "e3x1a",
        "queue": "교통 2",
        "team": "3팀",
        "station": "A-12",
        "listed": say("listed_attention", class_id=say("threat_kind")),
        "charges": say("charges_later"),
        "police_called": say("yes"),
        "police_reference": "2026-1126-77",
    }
    assert [name for name, value in rows.items() if f"{say(name)}\n{value}\n" not in plain] == []
    came = re.escape(say("answered", time="@")).replace("@", r"[\d:]+")
    assert re.search(rf"{say('to_supervisor')}\n팀장 boss\n\({came}\)", plain)
    assert f"{say('to_police')}\n112\n({say('unanswered')})" in plain
    rest = plain.partition(f"{say('rest')}\n")[2].partition("\n")[0]
    assert len(re.findall(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", rest)) == 2
    found["form"] |= {"charges": "", "police_called": None}
    plain = PrintedReport(told, language).document.toPlainText()
    assert all(f"{say(name)}\n{say('unsaid')}\n" in plain for name in ("charges", "police_called"))


def test_pages_break_between_rows() -> None:
    printed = PrintedReport(report(content("긴 통화의 한 줄", lines=160)), "ko")
    assert printed.pages > 5
    layout, edges = printed.document.documentLayout(), {bottom for _, bottom in printed.slices[:-1]}
    block = printed.document.begin()
    while block.isValid():
        rect = layout.blockBoundingRect(block)
        if block.text():
            assert not any(rect.top() + 1 < edge < rect.bottom() - 1 for edge in edges), block.text()
        block = block.next()
    tops = [top for top, _ in printed.slices]
    assert all(bottom - top <= 722 * UNITS for top, bottom in printed.slices)
    assert tops == sorted(tops)


def test_notes_longer_than_a_page_are_printed_whole() -> None:
    printed = PrintedReport(report({"notes": "긴 메모가 이어집니다. " * 2000}), "ko")
    assert printed.pages > 3
    top, bottom = printed.slices[0][0], printed.slices[-1][1]
    assert (top, bottom) == (0.0, printed.document.size().height())
    assert all(one[1] == other[0] for one, other in zip(printed.slices, printed.slices[1:], strict=False))


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"call": None, "transcript": "x", "hits": [3], "warnings": {"a": 1}, "form": []},
        {"call": {"created": "gestern"}, "transcript": [{"start": 1e30, "text": None}]},
        {"call": {"created": iso(0)}, "transcript": [{"start": float("nan"), "text": "x"}], "notes": None},
        {"quality": {"worst": {"loss_rx": "x"}}, "incidents": 3, "agent": "x"},
    ],
)
def test_odd_records_are_printed_as_far_as_they_go(odd: dict[str, Any]) -> None:
    assert PrintedReport(report(odd), "en").pdf().startswith(b"%PDF-")


def test_the_course_is_in_order() -> None:
    moments = course_of(content("말", lines=2))
    assert [each.happening for each in moments] == [
        Happening.BEGUN,
        Happening.ANSWERED,
        Happening.SAID,
        Happening.MARKED,
        Happening.SAID,
        Happening.WARNED,
        Happening.SAID,
        Happening.ENDED,
    ]


def test_records_of_the_first_schema_are_told_too() -> None:
    old = {
        "schema": 1,
        "call": {"id": "c1", "created": iso(0), "confirmed": iso(1), "ended": iso(9), "ended_by": "remote"},
        "transcript": [{"leg": "caller", "text": "말", "confidence": 0.9, "start": 2.0, "end": 3.0}],
        "form": {"kind": "verbal", "heard": [2.0]},
    }
    moments = course_of(old)
    assert [each.happening.value for each in moments] == ["begun", "answered", "said", "ended"]
    assert moments[2].heard
    assert "0:08" in PrintedReport(report(old), "en").document.toPlainText()


def test_pdf_streams_are_not_empty() -> None:
    raw = PrintedReport(report(content("말")), "ko").pdf()
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", raw, re.DOTALL)
    opened = []
    for stream in streams:
        try:
            opened.append(zlib.decompress(stream))
        except zlib.error:
            continue
    assert any(b"Tf" in page and (b"Tj" in page or b"TJ" in page) for page in opened)
