"""Articles and queries made up for measuring: plausible municipal questions spliced from parts, and what people type.

The query classes follow the recipes of the project's search notes; a query's right answers are all articles whose
question holds its words (spaces ignored), or its consonants for `choseong`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from desktop.domain import hangul
from desktop.domain.faq import Article

_THINGS = """
여권 주민등록등본 인감증명서 전입신고 출생신고 혼인신고 자동차세 재산세 주민세 취득세 지방세 상수도요금
하수도요금 수도계량기 정화조 음식물쓰레기 대형폐기물 재활용품 종량제봉투 가로등 보안등 보도블록 맨홀 빗물받이
도로굴착 불법주정차 거주자우선주차 공영주차장 장애인주차구역 견인차량 시내버스 마을버스 심야버스 택시 교통카드
자전거 전동킥보드 기초연금 긴급복지 주거급여 아동수당 부모급여 양육수당 어린이집 경로당 장기요양 장애인등록
한부모가정 다문화가정 예방접종 보건소 치매검사 금연클리닉 반려동물 유기동물 공원시설 체육관 수영장 도서관
문화센터 평생학습 일자리센터 창업지원 소상공인대출 전통시장 식품위생 영업신고 옥외광고물 건축허가 건축물대장
토지대장 지적측량 개발제한구역 농지원부 산불감시 제설작업 침수피해 정보공개 민원접수
"""
_ASPECTS = """
신청 발급 재발급 변경 취소 환급 납부 감면 면제 조회 신고 등록 해지 연장 예약 이용 설치 철거 수리 교체 점검 이전
양도 상속 이의신청 과태료 수수료 보조금 지원금 자격 서류 기한 절차 위치 시간 온라인신청 대리신청 방문접수
우편접수 확인서
"""
_PEOPLE = """
외국인 미성년자 대학생 신혼부부 임산부 어르신 장애인 국가유공자 수급자 청년 농업인 자영업자 세입자 집주인 법인
재외국민 다자녀가구 북한이탈주민 군인 직장인
"""
_PLACES = """
주민센터 구청 시청 보건소 세무서 우체국 은행 편의점 무인발급기 누리집 스마트폰앱 상담전화 등기소 경찰서 소방서
차량등록사업소 수도사업소 복지관 학교 병원
"""
_TIMES = """
주말에 야간에 공휴일에 이사할때 출국전에 만료후에 분실했을때 고장났을때 처음으로 다시 급하게 인터넷으로 전화로
방문해서
"""
THINGS, ASPECTS, PEOPLE, PLACES, TIMES = (
    text.split() for text in (_THINGS, _ASPECTS, _PEOPLE, _PLACES, _TIMES)
)
ENDINGS = (
    "어떻게 하나요?",
    "방법이 궁금합니다.",
    "할 수 있나요?",
    "어디서 하나요?",
    "무엇이 필요한가요?",
    "언제까지 해야 하나요?",
    "비용은 얼마인가요?",
    "대상이 누구인가요?",
    "안내해 주세요.",
    "가능한지 알고 싶어요.",
)
SENTENCES = (
    "{place}에 신분증을 가지고 방문하여 {thing} {aspect} 신청서를 작성하시면 됩니다.",
    "{person}의 경우 증빙 서류를 함께 제출해야 {aspect} 처리가 가능합니다.",
    "처리에는 보통 며칠이 걸리며 결과는 문자로 알려 드립니다.",
    "{place}에서도 같은 업무를 보며 점심시간에는 대기가 길 수 있습니다.",
    "{thing} 담당 부서로 연결해 드리면 자세한 {aspect} 내용을 들으실 수 있습니다.",
    "기한을 넘기면 {other} 관련 불이익이 있을 수 있으니 미리 확인하시기 바랍니다.",
    "온라인으로 진행할 때에는 본인 인증이 필요하고 {person} 대리인은 위임장을 준비합니다.",
)
PARTICLES = ("을", "를", "이", "가", "은", "는", "에", "도", "요")
OPENERS = ("저기요", "여보세요", "아 네", "저 뭐 좀 여쭤보려고 하는데요", "수고하십니다", "그게 있잖아요")
CLOSERS = ("어떻게 해야 돼요?", "알려 주세요.", "때문에 전화했는데요.", "하려고 하는데요.", "되나요?")


@dataclass(frozen=True, slots=True)
class Query:
    """A query of one class and its right answers. `spoken`: asked in transcript mode."""

    kind: str
    text: str
    right: frozenset[str]
    spoken: bool = False


def make_articles(count: int, seed: int = 1) -> list[Article]:
    """`count` different questions with answers of about 350 characters."""
    chance = random.Random(seed)
    made: dict[str, Article] = {}
    while len(made) < count:
        thing, aspect, person = chance.choice(THINGS), chance.choice(ASPECTS), chance.choice(PEOPLE)
        place, when = chance.choice(PLACES), chance.choice(TIMES)
        parts = [thing, aspect]
        if chance.random() < 0.6:
            parts.insert(0, person)
        if chance.random() < 0.5:
            parts.append(place)
        if chance.random() < 0.6:
            parts.append(when)
        question = f"{' '.join(parts)} {chance.choice(ENDINGS)}"
        if question in made:
            continue
        told = chance.sample(SENTENCES, 5)
        answer = " ".join(
            text.format(thing=thing, aspect=aspect, person=person, place=place, other=chance.choice(THINGS))
            for text in told
        )
        made[question] = Article(f"B{len(made):06}", "ko", thing, question, answer)
    return list(made.values())


def _typo(text: str, chance: random.Random) -> str:
    keys = list(hangul.keys(text))
    place = chance.choice([at for at, key in enumerate(keys) if key in hangul.HANGUL_KEYS])
    kind = chance.randrange(3)
    if kind == 0:
        keys[place] = chance.choice(hangul.HANGUL_KEYS)
    elif kind == 1:
        del keys[place]
    else:
        keys.insert(place, chance.choice(hangul.HANGUL_KEYS))
    return hangul.compose(keys)


def _partial(text: str, chance: random.Random) -> str:
    head, _, last = text.rpartition(" ")
    keys = hangul.keys(last)
    return f"{head} {hangul.compose(keys[: max(1, round(len(keys) * chance.uniform(0.6, 0.95)))])}".strip()


def _particles(text: str, chance: random.Random) -> str:
    return " ".join(word + chance.choice(PARTICLES) for word in text.split())


def _spacing(text: str, chance: random.Random) -> str:
    if chance.random() < 0.5:
        return text.replace(" ", "")
    cut = chance.randrange(1, len(text))
    return text[:cut] + " " + text[cut:]


def _spoken(text: str, chance: random.Random) -> str:
    said = " ".join([chance.choice(OPENERS), _particles(text, chance), chance.choice(CLOSERS)])
    return "".join(
        _typo(char, chance) if hangul.is_syllable(char) and chance.random() < 0.08 else char for char in said
    )


MAKERS: dict[str, Callable[[str, random.Random], str]] = {
    "kw2": lambda text, chance: text,
    "kw_josa": _particles,
    "partial": _partial,
    "wrongkb": lambda text, chance: hangul.to_latin(text),
    "typo": _typo,
    "space": _spacing,
    "stt": _spoken,
}


def make_queries(articles: list[Article], each: int, seed: int = 2) -> list[Query]:
    """`each` queries of every class, from random articles."""
    chance = random.Random(seed)
    bare = [(article.id, article.question.replace(" ", "")) for article in articles]
    queries: list[Query] = []
    for _ in range(each):
        words = chance.choice(articles).question.split()[:4]
        start = chance.randrange(len(words) - 1)
        pair = words[start : start + 2]
        right = frozenset(id_ for id_, text in bare if all(word in text for word in pair))
        for kind, maker in MAKERS.items():
            queries.append(Query(kind, maker(" ".join(pair), chance), right, kind == "stt"))
        article = chance.choice(articles)
        queries.append(Query("title", article.question, frozenset({article.id})))
        syllables = "".join(filter(hangul.is_syllable, article.question))
        cut = chance.randrange(max(1, len(syllables) - 8))
        consonants = hangul.choseong(syllables[cut : cut + chance.randrange(5, 9)])
        queries.append(Query("choseong", consonants, _holding(consonants, bare)))
    return queries


def _holding(consonants: str, bare: list[tuple[str, str]]) -> frozenset[str]:
    found = set()
    for id_, text in bare:
        if consonants in hangul.choseong("".join(filter(hangul.is_syllable, text))):
            found.add(id_)
    return frozenset(found)
