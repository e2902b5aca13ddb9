"""What of speech says what it is about: words without fillers glued to them, nouns more than predicates."""

import pytest

from desktop.adapters.search.everyday import is_predicate, without_everyday
from desktop.adapters.search.index import FaqIndex
from desktop.domain.faq import Article
from tests.adapters.search.conftest import PackOf

TALK = "승차권 시끄럽네요"


@pytest.mark.parametrize(
    ("word", "left"),
    [
        ("있잖아요쓰레기", "쓰레기"),
        ("그래요저기요돌봄", "돌봄"),
        ("체납어떻게", "체납"),
        ("어떻게", "어떻게"),
        ("문제가", "문제가"),
        ("담당자연결", "담당자연결"),
        ("passport", "passport"),
        ("", ""),
    ],
)
def test_everyday_words_written_together_with_others_are_taken_off(word: str, left: str) -> None:
    assert without_everyday(word) == left


def test_a_word_of_nothing_but_fillers_is_no_trouble(basics: FaqIndex) -> None:
    basics.search("그거" * 5000, mode="transcript")
    assert without_everyday("그거" * 1000 + "여권") == "그거" * 996 + "여권"


@pytest.mark.parametrize("word", ["잃어버렸어요", "하더라고요", "되나요", "나왔는데", "겠습니다", "바쁘시네"])
def test_predicates(word: str) -> None:
    assert is_predicate(word)


@pytest.mark.parametrize("word", ["전입신고", "수요", "동네", "여권", "하수구", "요금", "passport", ""])
def test_no_predicates(word: str) -> None:
    assert not is_predicate(word)


def test_what_is_named_outweighs_a_longer_predicate(pack_of: PackOf) -> None:
    named = Article("1", "ko", "여권", "승차권은 어디서 사나요?", "구청에 갑니다.")
    told = Article("2", "ko", "소음", "옆집이 시끄럽네요", "신고합니다.")
    index = pack_of([named, told])
    assert index.search(TALK, limit=1, mode="transcript")[0].article_id == "1"
    # Whoever types has chosen the words: the longer one tells more.
    assert index.search(TALK, limit=1)[0].article_id == "2"


def test_speech_of_everyday_words_alone_still_has_candidates(basics: FaqIndex) -> None:
    assert basics.search("어떻게 하나요 해야 되나요", mode="transcript")
