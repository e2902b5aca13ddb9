"""What is found in a caller's sentence, and what of it is shown."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.entities import LONGEST, EntityKind, find_entities
from desktop.domain.spoken_numbers import number_of

TODAY = date(2026, 11, 26)
"""A Thursday."""

SAID = [
    ("phone", "제 번호는 공일공 일이삼사 오육칠팔이에요.", "010-1234-5678", "010-••••-5678"),
    ("phone", "공일공에 일이삼사에 오육칠팔요", "010-1234-5678", "010-••••-5678"),
    ("phone", "공일공, 하나이삼사, 오육칠둘이요", "010-1234-5672", "010-••••-5672"),
    ("phone", "010-1234-5678로 전화 주세요", "010-1234-5678", "010-••••-5678"),
    ("phone", "집은 공이 삼사오 육칠팔구예요", "02-345-6789", "02-•••-6789"),
    ("phone", "+82 10-1234-5678", "+82 10-1234-5678", "+82 10-••••-5678"),
    ("phone", "it's oh one oh, one two three four, five six seven eight", "010-1234-5678", "010-••••-5678"),
    (
        "phone",
        "số không một không một hai ba bốn năm sáu bảy tám",
        "010-1234-5678",
        "010-••••-5678",
    ),
    ("phone", "เบอร์ ๐๑๐-๑๒๓๔-๕๖๗๘", "010-1234-5678", "010-••••-5678"),
    ("phone", "ゼロいちゼロ、いちにさんよん、ごろくななはちです", "010-1234-5678", "010-••••-5678"),
    ("phone", "тэг нэг тэг нэг хоёр гурав дөрөв тав зургаа долоо найм", "010-1234-5678", "010-••••-5678"),
    ("plate", "12가 3456 차가 막고 있어요", "12가 3456", "12가 ••56"),
    ("plate", "십이가 삼사오육이요", "12가 3456", "12가 ••56"),
    ("plate", "백이십삼 가 사오육칠 차량이요", "123가 4567", "123가 ••67"),
    ("plate", "일이삼 사 사오육칠 그 트럭이요", "123사 4567", "123사 ••67"),
    ("plate", "서울 12 바 3456 택시요", "서울 12바 3456", "서울 12바 ••56"),
    ("plate", "흰색 승합차고 차번호는 끝이 사칠이공이에요.", "4720", "••20"),
    ("plate", "the car plate ends in 4720", "4720", "••20"),
    ("address", "한들로 5길 9 편의점 앞이요.", "한들로 5길 9", "한들로 •길 •"),
    ("address", "한들로 오길 구 편의점 앞이요.", "한들로 5길 9", "한들로 •길 •"),
    ("address", "푸른로 십이길 삼십, 이백일호예요.", "푸른로 12길 30 201호", "푸른로 ••길 •• •••호"),
    ("address", "은행나무길 칠이고 밤 열한 시쯤이야.", "은행나무길 7", "은행나무길 •"),
    ("address", "서울시 중구 세종대로 110이요", "서울시 중구 세종대로 110", "서울시 중구 세종대로 •••"),
    ("address", "역삼동 백이십삼 다시 사십오예요", "역삼동 123-45", "역삼동 •••-••"),
    ("address", "현대아파트 백일동 삼백이호요", "현대아파트 101동 302호", "현대아파트 •••동 •••호"),
    ("address", "제가 사는 데가 한들로 오길 구 다시 삼이에요", "한들로 5길 9-3", "한들로 •길 •-•"),
    ("address", "I live at Sejong-daero 110", "Sejong-daero 110", "Sejong-daero •••"),
    ("amount", "과태료가 사만 원 나왔어요", "40,000원", "4•,•••원"),
    ("amount", "3만 5천원이래요", "35,000원", "3•,•••원"),
    ("amount", "이 만 원짜리 봉투요", "10,000원", "1•,•••원"),
    ("amount", "the fine was 40,000 won", "40,000원", "4•,•••원"),
    ("amount", "phạt 50 nghìn won", "50,000원", "5•,•••원"),
    ("amount", "5万ウォンです", "50,000원", "5•,•••원"),
    ("amount", "40 мянган вон", "40,000원", "4•,•••원"),
    ("amount", "ค่าปรับ 4 หมื่น วอน", "40,000원", "4•,•••원"),
    ("date", "십일월 이십일에 이사해요", "11월 20일", "11월 ••일"),
    ("date", "시월 삼일이요", "10월 3일", "10월 •일"),
    ("date", "이천이십육년 십일월 이십일일", "2026-11-21", "••••-11-••"),
    ("date", "다음 주 금요일이요.", "다음 주 금요일 (2026-12-04)", "다음 주 금요일"),
    ("date", "어제부터 집에 안 들어오셨어요", "어제 (2026-11-25)", "어제"),
    ("date", "다음 달 3일이요", "다음 달 3일 (2026-12-03)", "다음 달 3일"),
    ("date", "on November 20th", "November 20th", "November ••th"),
    ("date", "by 3 Sept. 2026 please", "2026-09-03", "••••-09-••"),
    ("date", "ngày 20 tháng 11 năm 2026", "2026-11-20", "••••-11-••"),
    ("date", "11月20日に来ました", "11月20日", "••月••日"),
    ("date", "11 сарын 20", "11 сарын 20", "•• сарын ••"),
    ("date", "วันที่ 20 พฤศจิกายน", "20 พฤศจิกายน", "•• พฤศจิกายน"),
]


@pytest.mark.parametrize(("kind", "text", "value", "masked"), SAID)
def test_what_is_said_is_found_and_masked(kind: str, text: str, value: str, masked: str) -> None:
    found = find_entities(text, TODAY)
    assert [(each.kind.value, each.value, each.masked) for each in found] == [(kind, value, masked)]


@pytest.mark.parametrize(
    "text",
    [
        "병원에 직원이 있고 공원에 민원 넣을게요",
        "이사하는 날이 이사 일이에요",
        "전화로 3번이나 했어요",
        "카드로 2번 냈고 버스로 30분 걸려요",
        "고속도로는 한국도로공사에서 해요",
        "과태료가 나왔으므로 이번에 낼게요",
        "세종대로 3차선에서 났어요",
        "우리 동네 운동 30분",
        "3번 출구 앞이요",
        "주민번호는 900101-1234567이에요",
        "010101-3234567",
        "카드는 1588-1234-5678-9012예요",
        "전화번호 뒷자리 1234요",
        "만원 버스라서 못 탔어요",
        "접수한 지 이 주가 넘었는데 벌써 세 번째 전화예요",
        "십삼월 사십일",
        "at the market 20 of us",
        "",
    ],
)
def test_what_only_sounds_like_it_is_left_alone(text: str) -> None:
    assert find_entities(text, TODAY) == ()


def test_one_sentence_names_many_things_in_their_order() -> None:
    text = "한들로 5길 9 앞에 12가 3456이 서 있고 번호는 010-1234-5678이고 4만 원 냈어요"
    assert [each.kind for each in find_entities(text)] == [
        EntityKind.ADDRESS,
        EntityKind.PLATE,
        EntityKind.PHONE,
        EntityKind.AMOUNT,
    ]


def test_days_that_count_from_today_need_today() -> None:
    assert find_entities("내일 이사해요") == ()


def test_a_log_that_prints_an_entity_says_nothing_personal() -> None:
    (found,) = find_entities("010-1234-5678")
    assert "1234" not in repr(found)
    assert "5678" not in repr(found)


@given(st.text(alphabet="공일이삼사오육칠팔구십백천만원월로길동호가나 .,-에다시0123456789차끝", max_size=120))
def test_any_words_are_read_without_error_and_no_two_finds_overlap(text: str) -> None:
    found = find_entities(text, TODAY)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(0 <= each.start < each.end <= min(len(text), LONGEST) for each in found)
    assert all(each.value and each.masked for each in found)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("삼만오천", 35_000),
        ("3만 5천", 35_000),
        ("35,000", 35_000),
        ("천오백", 1500),
        ("백이십", 120),
        ("일이삼", 123),
        ("만", 10_000),
        ("3.5만", 35_000),
        ("이억 삼천만", 230_000_000),
        ("십백", None),
        ("사과", None),
        ("", None),
    ],
)
def test_korean_numbers(said: str, value: int | None) -> None:
    assert number_of(said) == value
