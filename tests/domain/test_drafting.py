"""Drafts are sentences of the article, word for word, or nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.drafting import MOST, draft_answer, sentence_places
from desktop.domain.faq import Article

PASSPORT = Article(
    "F1",
    "ko",
    "여권",
    "여권을 잃어버렸을 때는 어떻게 하나요?",
    "분실을 알게 되면 바로 분실신고를 합니다. 재발급에는 신분증과 사진을 가지고 접수 기관에 가야 합니다. "
    "발급에는 4일에서 8일이 걸립니다. 수수료는 창구에서 카드로 낼 수 있습니다. "
    "신고가 끝나면 그 여권은 되찾아도 다시 쓸 수 없습니다.",
    followup=("급한 출국 일정",),
)


def _first(article: Article, *said: str) -> str:
    return draft_answer(article, said).text(article).partition("\n")[0]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("준비물은 뭐가 필요해요?", "재발급에는 신분증과 사진을 가지고 접수 기관에 가야 합니다."),
        ("얼마나 걸려요?", "발급에는 4일에서 8일이 걸립니다."),
        ("수수료가 얼마예요?", "수수료는 창구에서 카드로 낼 수 있습니다."),
        ("신고하면 나중에 되찾아도 못 쓰는 거예요?", "신고가 끝나면 그 여권은 되찾아도 다시 쓸 수 없습니다."),
    ],
)
def test_the_sentence_that_answers_comes_first(said: str, sentence: str) -> None:
    assert _first(PASSPORT, "여권을 잃어버렸어요.", said) == sentence


def test_the_newest_words_lead_and_are_named_as_the_cause() -> None:
    draft = draft_answer(PASSPORT, ["수수료가 얼마예요?", "네.", "사진도 가져가야 돼요?"])
    assert draft.cause == "사진도 가져가야 돼요?"
    assert "사진" in draft.text(PASSPORT).partition("\n")[0]


@pytest.mark.parametrize("said", ["네 감사합니다.", "안녕하세요 저기요", "날씨가 참 춥네요", ""])
def test_small_talk_drafts_nothing_but_what_to_ask_stays(said: str) -> None:
    draft = draft_answer(PASSPORT, [said])
    assert draft.sentences == ()
    assert draft.ask == ("급한 출국 일정",)


@pytest.mark.parametrize(
    ("lang", "answer", "said", "sentence"),
    [
        (
            "en",
            "Report the loss at once. The new one takes 8 days. Bring a photo.",
            "how long does it take",
            "The new one takes 8 days.",
        ),
        (
            "ja",
            "まず届け出ます。手数料は窓口で払います。8日かかります。",
            "手数料はいくらですか",
            "手数料は窓口で払います。",
        ),
        (
            "vi",
            "Báo mất ngay. Mang theo giấy tờ và ảnh. Mất 8 ngày.",
            "cần mang giấy tờ gì",
            "Mang theo giấy tờ và ảnh.",
        ),
        (
            "mn",
            "Эхлээд мэдэгдэнэ. Хураамжийг цонхон дээр төлнө. 8 хоног болно.",
            "төлбөр нь хэд вэ",
            "Хураамжийг цонхон дээр төлнө.",
        ),
        ("th", "แจ้งหายทันที ใช้เวลา 8 วัน นำบัตรประชาชนมา", "ต้องใช้เอกสารอะไร", "นำบัตรประชาชนมา"),
    ],
)
def test_other_languages(lang: str, answer: str, said: str, sentence: str) -> None:
    assert _first(replace(PASSPORT, lang=lang, answer=answer), said) == sentence


def test_a_number_with_a_point_does_not_end_a_sentence() -> None:
    text = "요금은 1.5배입니다. 다음 달부터입니다."
    assert [text[start:end] for start, end in sentence_places(text)] == [
        "요금은 1.5배입니다.",
        "다음 달부터입니다.",
    ]


@given(st.text(max_size=200), st.lists(st.text(max_size=60), max_size=5))
def test_nothing_is_ever_written_anew(answer: str, said: list[str]) -> None:
    article = replace(PASSPORT, answer=answer)
    draft = draft_answer(article, said)
    places = sentence_places(answer)
    assert len(draft.sentences) <= MOST
    assert all(place in places for place in draft.sentences)
    assert draft.text(article) == "\n".join(answer[start:end] for start, end in draft.sentences)
    assert not draft.cause or draft.cause in {text.strip() for text in said}
