"""Drafts an answer from what an article says, word for word: its sentences that answer what the caller asked.

Nothing is written anew. A sentence is chosen because it shares telling words with what the caller said last, or because
it speaks of what was asked for: when, how much, where, what to bring. Where nothing fits there is no draft.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from desktop.domain.faq import Article, Mark

NEWEST = 3
"""So many of the caller's last segments are looked at."""

LONGEST = 80
"""Sentences of an article that are looked at."""

MOST = 3
"""Sentences of a draft."""

_RECENCY = (1.0, 0.6, 0.35)
_ENOUGH = 1.1
_SHARE = 0.45
_ASPECT = 1.2
_TITLE = 0.3
_END = re.compile(r"(?<=[.!?])\s+|(?<=[。？！])\s*|\n+")
_WORD = re.compile(r"[^\W_]+")
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_DENSE = re.compile(r"[가-힣\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f]")
_EVERYDAY = """
있나 있어 있는 어요 아요 에요 예요 해요 하나 하는 하면 하고 되나 돼요 되는 어떻 떻게 게요 는데 은데 인데 데요
나요 까요 습니 입니 합니 니다 니까 세요 주세 시면 이거 그거 저는 제가 우리 그럼 그런 그래 그냥 에서 으로 까지
부터 면요 거예 싶은 려고 지금 이제 근데 혹시 this that with what when where which have does will your from there
about them they need want please です ます した って から これ それ ください
"""
_ORDINARY = frozenset(_EVERYDAY.split())
_CUES = (
    # When and how long.
    (
        "언제|며칠|얼마나 걸|기간|기한|몇 시|몇 일"
        "|how long|when|what time|bao lâu|khi nào|いつ|何日|хэзээ|เมื่อไ|กี่วัน",
        r"\d+\s?(?:일|개월|년|시간|주|분|월)|기간|기한|이내|까지|날부터|당일|시각"
        r"|days?\b|weeks?\b|months?\b|within|ngày|tháng|日|か月|хоног|сар|วัน|เดือน",
    ),
    # How much.
    (
        "얼마(?!나 걸)|수수료|비용|요금|돈|가격"
        "|how much|cost|fee|price|bao nhiêu|phí|いくら|料金|費用|хэд|үнэ|төлбөр|เท่าไ|ค่า",
        r"수수료|비용|요금|무료|금액|원을|원이|\d원|과태료|가산금|감면"
        r"|fees?\b|free\b|cost|won\b|phí|料金|手数料|無料|хураамж|төлбөр|ค่า",
    ),
    # Where.
    (
        "어디|어느|where|which office|ở đâu|どこ|хаана|ที่ไหน",
        r"주민센터|구청|시청|사무소|창구|온라인|누리집|정부24|앱|접수처|기관|사업소|보건소"
        r"|office|online|website|counter|app\b|văn phòng|trực tuyến|窓口|オンライン|区役所"
        r"|хороо|онлайн|төв|สำนักงาน|ออนไลน์|ศูนย์",
    ),
    # What to bring.
    (
        "준비물|서류|뭐가? 필요|뭘 가져|무엇이 필요|가져가"
        "|bring|documents?|papers|giấy tờ|mang|持ち物|書類|бичиг|เอกสาร",
        r"신분증|서류|사진|통장|가지고|지참|증명서|위임장|신청서|필요합니다"
        r"|passport|card\b|photo|documents?|bring|giấy|ảnh|身分証|書類|写真|үнэмлэх|зураг|бичиг|บัตร|รูป|เอกสาร",
    ),
    # For somebody else.
    (
        "대신|대리|가족이|남편|아내|엄마|아버지|부모님|proxy|on behalf|for my|thay|代理|代わり|өмнөөс|แทน",
        "대리|위임|가족|proxy|behalf|ủy quyền|代理|委任|төлөөл|มอบอำนาจ|แทน",
    ),
    # What if it is not done or comes late.
    (
        "안 하면|못 하면|늦으면|넘기면|지나면|안 내면|안 받아|벌금"
        "|late|miss|if I don't|muộn|遅れ|хоцор|ล่าช้า|ไม่ทัน",
        r"과태료|가산|연체|이의|넘기|지나|늦|fine\b|late|appeal|phạt|過料|延滞|торгууль|ค่าปรับ",
    ),
)
"""What is asked in six languages, and by what words a sentence that answers it is known."""

_ASKED = tuple((re.compile(asked, re.IGNORECASE), re.compile(told, re.IGNORECASE)) for asked, told in _CUES)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the article says to what was asked.

    `sentences` are stretches of the article's answer, the one that fits best first; `cause` is the caller's segment
    that the first one answers; `ask` are the article's questions to ask back.
    """

    sentences: tuple[Mark, ...] = ()
    cause: str = ""
    ask: tuple[str, ...] = ()

    def text(self, article: Article) -> str:
        """The sentences as they stand in the article, best first, one a line."""
        return "\n".join(article.answer[start:end] for start, end in self.sentences)


@dataclass(frozen=True, slots=True)
class _Question:
    """A segment of the caller, and by what words a sentence that answers it is known."""

    text: str
    grams: frozenset[str]
    told: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, text: str) -> _Question:
        return cls(text, _grams(text), tuple(told for asked, told in _ASKED if asked.search(text)))


def draft_answer(article: Article, said: Sequence[str]) -> Draft:
    """A draft from `article` for what the caller `said`, oldest segment first."""
    places = sentence_places(article.answer)[:LONGEST]
    heard = [_Question.of(text) for text in reversed(said[-NEWEST:]) if text.strip()]
    if not heard or not places:
        return Draft(ask=article.followup)
    sentences = [article.answer[start:end] for start, end in places]
    grams = [_grams(sentence) for sentence in sentences]
    weights = _weights(grams, _grams(article.question))
    scores: list[float] = []
    causes: list[str] = []
    for sentence, held in zip(sentences, grams, strict=True):
        fits = [
            (recency * _fit(asked, sentence, held, weights), asked.text)
            for recency, asked in zip(_RECENCY, heard, strict=False)
        ]
        scores.append(sum(score for score, _ in fits))
        causes.append(max(fits)[1])
    order = sorted(range(len(places)), key=lambda place: (-scores[place], place))
    best = scores[order[0]]
    if best < _ENOUGH:
        return Draft(ask=article.followup)
    chosen = [place for place in order[:MOST] if scores[place] >= best * _SHARE]
    return Draft(tuple(places[place] for place in chosen), causes[order[0]].strip(), article.followup)


def sentence_places(text: str) -> list[Mark]:
    """Where the sentences of a text stand. Thai has no full stop: its clauses stand between spaces."""
    ends = [(match.start(), match.end()) for match in _END.finditer(text)]
    if not ends and _THAI.search(text):
        ends = [
            (match.start(), match.end()) for match in re.finditer(r"(?<![\da-zA-Z])\s+(?![\da-zA-Z])", text)
        ]
    places: list[Mark] = []
    at = 0
    for start, end in [*ends, (len(text), len(text))]:
        if text[at:start].strip():
            places.append((at, start))
        at = end
    return places


def _grams(text: str) -> frozenset[str]:
    """Pairs of syllables where words carry endings or have no gaps, else the beginnings of words."""
    found: set[str] = set()
    for word in _WORD.findall(text.casefold()):
        if _DENSE.search(word):
            # Thai letters are no syllables: fewer than four say nothing.
            size = 4 if _THAI.search(word) else 2
            found.update(word[at : at + size] for at in range(len(word) - size + 1))
        elif len(word) > 1 or word.isdigit():
            found.add(word[:5])
    return frozenset(found - _ORDINARY)


def _weights(sentences: Sequence[frozenset[str]], title: Iterable[str]) -> dict[str, float]:
    """What a gram tells: less where many sentences hold it, little where it is what the article is about."""
    counts = Counter(gram for held in sentences for gram in held)
    known = frozenset(title)
    return {
        gram: log(1 + len(sentences) / count) * (_TITLE if gram in known else 1.0)
        for gram, count in counts.items()
    }


def _fit(asked: _Question, sentence: str, held: frozenset[str], weights: dict[str, float]) -> float:
    shared = sum(weights[gram] for gram in asked.grams & held)
    return shared + sum(bool(told.search(sentence)) for told in asked.told) * _ASPECT
