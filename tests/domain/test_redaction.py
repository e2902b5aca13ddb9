"""What is hidden, and what must stay readable."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.redaction import DOT, STAYS, Masked, mask, mask_remote, masked_content
from desktop.domain.spoken_numbers import digits_of

TABLE = Path(__file__).parents[1] / "data" / "redaction" / "table.txt"
LINES = [line.split("|", 1) for line in TABLE.read_text("utf-8").splitlines() if line and line[0] != "#"]
LETTERS = "공일이삼사오육칠팔구십백천만원월로길동호가나 .,-에다시0123456789차끝@abcM성함은김이름name is"


def expected(marked: str) -> tuple[str, str]:
    """The sentence, and how it must look once what stands in brackets is hidden."""
    hidden = re.sub(r"\[(.*?)\]", lambda found: re.sub(r"[^\W]|[\u0e00-\u0e7f]", DOT, found[1]), marked)
    return re.sub(r"[\[\]]", "", marked), hidden


def test_the_table_is_large_enough() -> None:
    assert len(LINES) >= 150
    assert {lang for lang, _ in LINES} == {"ko", "en", "ja", "vi", "th", "mn"}
    for lang in ("ko", "en", "ja", "vi", "th", "mn"):
        kinds = {"[" in text for each, text in LINES if each == lang}
        assert kinds == {True, False}


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(("lang", "marked"), LINES)
def test_what_is_personal_is_hidden_and_nothing_else(lang: str, marked: str, known: bool) -> None:
    text, hidden = expected(marked)
    assert mask(text, lang if known else "").text == hidden


def assert_sound(text: str, masked: Masked) -> None:
    assert len(masked.text) == len(text)
    at = 0
    for span in masked.spans:
        assert at <= span.start < span.end <= len(text)
        assert masked.text[at : span.start] == text[at : span.start]
        inside = masked.text[span.start : span.end]
        assert not digits_of(inside)
        assert not re.search(r"[^\W_]", inside)
        at = span.end
    assert masked.text[at:] == text[at:]


@given(st.text(alphabet=LETTERS, max_size=200))
def test_likely_signs_never_break_it(text: str) -> None:
    assert_sound(text, mask(text))


@given(st.text(max_size=300), st.sampled_from(["", "ko", "en", "ja", "vi", "th", "mn", "xx"]))
def test_any_text_is_masked_without_error(text: str, lang: str) -> None:
    assert_sound(text, mask(text, lang))


@given(
    st.integers(0, 3000), st.sampled_from(["010-1234-5678", "900101-1234567", "공일공에 일이삼사에 오육칠팔"])
)
def test_nothing_slips_through_in_a_long_text(before: int, number: str) -> None:
    text = ("말 " * 1500)[:before] + " " + number + " 이고 그다음 말이 이어집니다" * 20
    assert number not in mask(text).text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("900101-1234567", "resident"),
        ("구공공일일이 다시 일이삼사오육칠이요", "resident"),
        ("1234-5678-9012-3456", "card"),
        ("11-12-123456-78", "licence"),
        ("010-1234-5678", "phone"),
        ("계좌 110-123-456789", "account"),
        ("M12345678", "passport"),
        ("12가 3456", "plate"),
        ("a@b.kr", "email"),
        ("세종대로 110이요", "address"),
        ("이름은 홍길동입니다", "name"),
        ("비밀번호 1234", "secret"),
    ],
)
def test_each_kind_is_named(text: str, kind: str) -> None:
    assert [span.kind for span in mask(text).spans] == [kind]


def test_a_record_keeps_what_is_the_desks_own() -> None:
    content = {
        "schema": 2,
        "call": {
            "id": "c01012345678",
            "remote": "sip:01012344720@city",
            "remote_name": "박민수",
            "seconds": 12,
        },
        "agent": {"name": "김다산", "number": "4012"},
        "transcript": [{"leg": "caller", "text": "제 번호는 010-1234-5678", "confidence": 0.9, "start": 1.5}],
        "extras": {"anything": ["주민번호 900101-1234567", 3, None, True]},
        "created": "2026-11-22T14:28:00.000+00:00",
        "when": "2026-11-22T14:28:00.000+00:00",
    }
    assert masked_content(content) == {
        "schema": 2,
        "call": {
            "id": "c01012345678",
            "remote": "sip:010-••••-4720@city",
            "remote_name": "박•수",
            "seconds": 12,
        },
        "agent": {"name": "김다산", "number": "4012"},
        "transcript": [{"leg": "caller", "text": "제 번호는 •••-••••-••••", "confidence": 0.9, "start": 1.5}],
        "extras": {"anything": ["주민번호 ••••••-•••••••", 3, None, True]},
        "created": "2026-11-22T14:28:00.000+00:00",
        "when": "2026-11-22T14:28:00.000+00:00",
    }
    assert "text" not in STAYS
    assert "notes" not in STAYS


@pytest.mark.parametrize(
    ("remote", "shown"),
    [
        ("sip:01012344720@city", "sip:010-••••-4720@city"),
        ("sip:120@city", "sip:120@city"),
        ("01012344720", "010-••••-4720"),
        ("tel:+821012344720", "tel:+82-••••-4720"),
        ("", ""),
    ],
)
def test_a_callers_number_loses_its_middle(remote: str, shown: str) -> None:
    assert mask_remote(remote) == shown
