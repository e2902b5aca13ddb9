"""What an agent types finds its article, key by key."""

import random
from collections.abc import Callable, Sequence

import pytest

from desktop.adapters.search.index import FaqIndex
from desktop.domain import hangul
from desktop.domain.faq import Article, Mode

PackOf = Callable[[Sequence[Article]], FaqIndex]


def first_three(index: FaqIndex, query: str) -> list[str]:
    return [hit.article_id for hit in index.search(query, limit=3)]


@pytest.mark.parametrize(
    ("query", "article"),
    [
        ("여권", "F001"),
        ("여권은", "F001"),
        ("여궈", "F001"),
        ("여권 잃어", "F002"),
        ("ㅇㄱㅈㅂㄱ", "F001"),
        ("ㅇㄱ ㅈㅂㄱ", "F001"),
        ("durnjs", "F001"),
        ("DURNJS", "F001"),
        ("wjsdlqtlsrh", "F003"),
        ("전입 신고", "F003"),
        ("전입신고를", "F003"),
        ("전잉신고", "F003"),
        ("수도요금정산", "F007"),
        ("소화전", "F015"),
        ("기초연굼", "F024"),
        ("등본 떼", "F004"),
        ("CCTV", "F031"),
        ("cct", "F031"),
        ("ㅊㅊㅅㅍ", "F031"),
        ("포트홀", "F036"),
        ("막차", "F019"),
    ],
)
def test_query_finds_its_article(basics: FaqIndex, query: str, article: str) -> None:
    assert article in first_three(basics, query)


def test_every_question_that_ships_finds_itself_first(sample: FaqIndex) -> None:
    for article in sample.articles():
        hits = sample.search(article.question)
        assert hits[0].article_id == article.id
        assert hits[0].score > 0.95


def test_every_question_survives_the_wrong_layout_and_one_wrong_key(basics: FaqIndex) -> None:
    random_ = random.Random(7)
    for article in basics.articles():
        assert first_three(basics, hangul.to_latin(article.question))[0] == article.id
        keys = list(hangul.keys(article.question))
        place = random_.choice([at for at, key in enumerate(keys) if key in hangul.HANGUL_KEYS])
        keys[place] = random_.choice(hangul.HANGUL_KEYS)
        assert article.id in first_three(basics, hangul.compose(keys))


def test_every_question_is_found_by_its_consonants(basics: FaqIndex) -> None:
    for article in basics.articles():
        syllables = "".join(filter(hangul.is_syllable, article.question))
        assert article.id in first_three(basics, hangul.choseong(syllables)[:10])


def test_two_keys_are_enough_to_narrow(basics: FaqIndex) -> None:
    assert {"F001", "F002"} <= {hit.article_id for hit in basics.search("여", limit=8)}


def test_scores_fall_and_stay_between_nought_and_one(basics: FaqIndex) -> None:
    for query in ("여권", "신고", "수도요금 이사", "ㅅㄱ", "zzzz", "주민센터 어디"):
        scores = [hit.score for hit in basics.search(query, limit=40)]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_a_poor_match_scores_below_a_good_one(basics: FaqIndex) -> None:
    good = basics.search("대형폐기물 버리기")[0].score
    poor = basics.search("우주선 발사 일정")
    assert not poor or poor[0].score < good / 2


def test_why_and_marks(basics: FaqIndex) -> None:
    hit = basics.search("여궈")[0]
    assert (hit.why, hit.question[slice(*hit.question_marks[0])]) == ("title", "여권")
    assert hit.words == ("여궈",)
    assert basics.search("여권 우주선")[0].words == ("여권",)
    body = basics.search("신청서 접수")[0]
    assert body.article_id == "F001"
    assert body.why == "body"
    marked = {body.passage[start:end] for start, end in body.passage_marks}
    assert {"신청서", "접수"} <= marked
    assert {body.passage_start + start for start, _ in body.passage_marks} <= {
        at for at, _ in body.answer_marks
    }
    assert basics.search("지반침하")[0].why == "keyword"
    assert basics.search("부모님 돌봄")[0].why == "variant"
    layout = basics.search("durnjs")[0]
    assert (layout.read_as, layout.question_marks[0]) == ("여권", (0, 2))
    consonants = basics.search("ㅇㅂㅈㅈ")[0]
    assert (consonants.why, consonants.article_id) == ("choseong", "F028")
    start, end = consonants.question_marks[0]
    assert consonants.question[start:end] == "예방접종은"[: end - start]


def test_category_lifts_without_hiding_others(basics: FaqIndex) -> None:
    plain = [hit.article_id for hit in basics.search("신고", limit=20)]
    lifted = [hit.article_id for hit in basics.search("신고", limit=20, category="교통")]
    assert set(plain) == set(lifted)
    assert lifted.index("F020") <= plain.index("F020")


def test_language_keeps_only_its_own(pack_of: PackOf) -> None:
    index = pack_of(
        [
            Article("k", "ko", "여권", "여권 재발급", "구청에서 합니다."),
            Article(
                "e", "en", "passport", "How do I renew my passport?", "At the district office, passport desk."
            ),
            Article("v", "vi", "hộ chiếu", "Làm lại hộ chiếu ở đâu?", "Tại văn phòng quận."),
            Article("m", "mn", "паспорт", "Паспорт яаж сунгах вэ?", "Дүүргийн оффис дээр."),
            Article("t", "th", "หนังสือเดินทาง", "ต่ออายุหนังสือเดินทางได้ที่ไหน", "ที่สำนักงานเขต"),
            Article("j", "ja", "旅券", "パスポートの再発行はどこですか", "区役所で申請します。"),
        ]
    )
    for query, expected in (
        ("passport", "e"), ("PASSPORTS", "e"), ("passp", "e"), ("hộ chiếu", "v"), ("ho chieu", "v"),
        ("паспортын", "m"), ("หนังสือเดินทาง", "t"), ("再発行", "j"), ("パスポート", "j"), ("ㅔㅁㄴㄴㅔㅐㄱㅅ", "e"),
        ("district office", "e"), ("区役所", "j"),
    ):  # fmt: skip
        assert index.search(query)[0].article_id == expected, query
    assert [hit.article_id for hit in index.search("passport", lang="en")] == ["e"]
    assert index.search("passport", lang="ko") == []
    assert index.search("ㅇㄱ", lang="en") == []
    assert index.search("passport", lang="xx") == []


def test_long_answer_shows_its_best_passage(pack_of: PackOf) -> None:
    filler = "이 문장은 다른 이야기를 합니다. " * 12
    answer = f"{filler}수수료는 품목과 크기에 따라 다릅니다. {filler}"
    index = pack_of(
        [Article("a", "ko", "청소", "버리는 방법", answer), Article("b", "ko", "청소", "다른 글", "없음")]
    )
    hit = index.search("품목 수수료")[0]
    assert hit.passage.startswith("수수료는 품목과")
    assert answer[hit.passage_start :].startswith(hit.passage)
    assert [hit.passage[start:end] for start, end in hit.passage_marks] == ["수수료", "품목"]


def test_question_without_words_is_found_by_itself(pack_of: PackOf) -> None:
    index = pack_of([Article("a", "ko", "x", "???", "물음표"), Article("b", "ko", "x", "여권", "구청")])
    assert [hit.article_id for hit in index.search(" ??? ")] == ["a"]
    assert index.search("!!!") == []


def test_articles_browse_and_frequent(basics: FaqIndex) -> None:
    assert basics.article("F024").question == "기초연금은 몇 살부터 신청하나요?"
    assert basics.article("F039").audience == "agent"
    assert basics.article("F007").checks == ("검침 주기", "자동 정산 방법")
    with pytest.raises(KeyError):
        basics.article("F999")
    assert [article.id for article in basics.browse("여권")] == ["F001", "F002"]
    assert len(basics.browse(limit=3)) == 3
    assert [article.id for article in basics.frequent(3, used=["F030", "gone"])] == ["F030", "F001", "F002"]
    assert basics.size == len(list(basics.articles())) == 40


@pytest.mark.parametrize("mode", ["typed", "transcript"])
def test_without_marks_the_hits_are_the_same(sample: FaqIndex, mode: Mode) -> None:
    query = "여권 재발급 어떻게 하나요"
    marked, bare = (sample.search(query, mode=mode, marked=shown) for shown in (True, False))
    assert [(hit.article_id, hit.score, hit.why) for hit in bare] == [
        (hit.article_id, hit.score, hit.why) for hit in marked
    ]
    assert marked[0].question_marks
    assert not any(hit.question_marks or hit.passage_marks or hit.answer_marks for hit in bare)
