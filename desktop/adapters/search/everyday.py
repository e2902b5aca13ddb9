"""Everyday spoken words that say nothing about what a citizen asks: left out when speech is the query.

What a recogniser glues to such a word is read without it, and a Korean predicate says less than a noun: an office's
titles name things, while a caller's sentences all end in much the same way.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from desktop.adapters.search import grams

_KOREAN = """
네 예 아 어 음 그 저 이 아니 아니요 아뇨 에 으음 저기 저기요 여기 여기요 거기 있잖아요 있잖아 뭐 뭐지 뭐냐
뭐라고 뭐라 뭔가 막 좀 그냥 이제 인제 되게 진짜 정말 너무 아주 매우 많이 조금 약간 일단 우선 먼저 그럼 그러면
그래 그래요 그래서 그런데 근데 그러니까 그니까 그리고 그래도 하지만 아무튼 어쨌든 혹시 만약 만약에 여보세요
안녕하세요 안녕하십니까 감사합니다 감사해요 고마워 고마워요 고맙습니다 수고하세요 수고하십시오 수고
수고하셨습니다 죄송합니다 죄송해요 죄송하지만 미안해요 미안합니다 실례합니다 실례지만 알겠습니다 알겠어요 알았어
알았어요 알았습니다 맞아요 맞습니다 맞아 됐어요 됐어 됐습니다 괜찮아요 괜찮습니다 좋아요 좋습니다 없어요 없어
없습니다 있어요 있어 있습니다 있는 있나요 있을까요 있는데 있는데요 없나요 없는데 없는데요 없는 아이고 아유 어머
어휴 참 글쎄 글쎄요 잠깐만요 잠깐만 잠시만요 잠시만 잠깐 잠시 저는 제가 저희 저희가 나 나는 내가 우리 우리가
저도 나도 제 내 당신 그쪽 선생님 상담사님 어르신 사람 사람이 분 분이 거 거예요 거야 것 게 건 걸 거를 것이 것을
것은 거는 수 때 때문에 때는 때에 지금 오늘 어제 내일 모레 아까 나중에 이따가 다음 다음에 다시 또 또는 벌써 아직
계속 자꾸 맨날 매일 항상 이번 이번에 지난 저번 저번에 요즘 언제 언제까지 언제부터 언제쯤 어디 어디에 어디서
어디로 어디가 어디예요 어떻게 어떡해요 어떡하죠 어떡해 어떤 어느 무엇 무엇을 무슨 뭘 뭐가 누구 누가 왜 얼마
얼마나 얼마예요 몇 하나 한번 한 두 세 번 번째 해요 해 하는 하나요 하면 하고 하려고 하려고요 하려면 하는데
하는데요 했는데 했는데요 했어요 했어 하죠 할 할까요 하지 해서 해도 해야 합니까 합니다 한다 하네요 할게요 하긴
돼요 돼 되나요 되죠 되는 되는데 되는데요 되면 되고 됩니까 됩니다 될까요 됐는데 된다고 되지 안 못 안돼요 같아요
같은데 같은데요 같은 같이 보고 보면 보니까 봤는데 봐요 볼게요 싶어요 싶은데 싶은데요 싶어서 싶다 주세요 주세여
줘 줘요 주시면 주실 주는 줄 주나요 드릴게요 드려요 알려 알려주세요 알려줘 알고 알아 알아요 모르 모르겠어요
모르겠는데 모르겠는데요 모르고 몰라 몰라요 궁금해서 궁금한데 궁금해서요 물어보려고 물어보려고요 여쭤보려고
여쭤보려고요 여쭤볼게요 여쭤보고 문의 문의드립니다 문의드려요 문의하려고 전화 전화했어요 전화했는데 전화했는데요
전화드렸어요 전화드렸습니다 전화예요 전화하면 말이야 말이에요 말인데 말씀 말씀하신 이거 이게 이건 이걸 그거 그게
그건 그걸 저거 저게 이런 그런 저런 이렇게 그렇게 저렇게 이쪽 저쪽 이거는 그거는 라고 이라고 라는 이라는 인데
인데요 이에요 예요 이요 요 들려요 들리세요 들립니다 들리나요 안들려요 크게 천천히 빨리 바로 얼른 가요 가면 가야
가는 가 갈게요 와요 와 오면 오는 나와요 나와 나왔어요 나왔는데 나오는 받아 받고 받은 필요해요 필요한가요 그렇죠
그쵸 그죠 그렇습니다 그렇군요 그렇구나 아하 오 하하 응 엉 어어 네네 예예 날씨 바쁘신데 목소리 통화가 갑자기 연결
연결해 담당자 바꿔 통화 상담원 상담사 기다려 기다릴게요 기다려요 기다렸어요 하루 보내세요 되세요 좋은 도와주세요
도와주셔서 친절하게 덕분에 정도 쯤
"""
_ENGLISH = """
a an the i my me we you your it is are was be to of in on for and or so but do does did can could would should
will please thank thanks hello hi yes no okay ok well um uh just like know want need help how what when where
who why which there here this that with have has had am not don t s m ve re about get got go going been
"""

SPOKEN = frozenset(_KOREAN.split()) | frozenset(_ENGLISH.split())
"""Folded words; a word is dropped only when it is one of these as a whole."""

EVERYDAY_SHARE = 0.3
"""What a gram that everyday words hold still tells: a misheard everyday word is not one of them as a whole."""


@cache
def everyday_grams() -> frozenset[str]:
    """Title grams of the everyday words of two syllables or more."""
    return frozenset(gram for word in SPOKEN if len(word) > 1 for gram in grams.title_word(word)[1])


def telling_share(gram: str) -> float:
    """How much a title gram tells when speech is the query, 0..1."""
    return EVERYDAY_SHARE if gram in everyday_grams() else 1.0


_FILLERS = "그거 그게 그냥 그런 이제 이런 아니 어디 혹시 저기 여기 제가 저희 우리"
_NAMING = frozenset(
    ["담당자", "상담원", "상담사", "상담사님", "선생님", "어르신", "목소리", "통화가", "친절하게"]
)
"""What compounds are made of as well: written together with another word, it may be what is meant."""
_GLUED = {*_FILLERS.split(), *(word for word in _KOREAN.split() if len(word) > 2)} - _NAMING
"""Everyday words that are taken off a word they are written together with, the longest first."""
_SHORTEST_GLUED, _LONGEST_GLUED = min(map(len, _GLUED)), max(map(len, _GLUED))
_LEAST_LEFT = 2
_MOST_GLUED = 4
"""So many are taken off a word at most: nobody speaks longer ones, but anybody can paste them."""

_PREDICATE = re.compile(
    "(?:..[요죠까]|.(?:[겠있없했았었하되시이]네|니다|는데|은데|던데|거든|다고|라고|려고|면서|어서|아서|해서|으면|하면|더니|다가|지만))$"
)
"""Endings of a Korean predicate; "고" is none of them, for the sake of "전입신고"."""
PREDICATE_SHARE = 0.6
"""What a predicate still tells when speech is the query."""


@lru_cache(maxsize=4096)
def without_everyday(word: str) -> str:
    """A folded word without the everyday words written together with it: "있잖아요쓰레기" is "쓰레기".

    At least two syllables stay; an everyday word itself is returned as it is.
    """
    for _ in range(_MOST_GLUED):
        if word in SPOKEN or (left := _without_one(word)) == word:
            break
        word = left
    return word


def _without_one(word: str) -> str:
    for size in range(min(_LONGEST_GLUED, len(word) - _LEAST_LEFT), _SHORTEST_GLUED - 1, -1):
        first, last = word[:size], word[-size:]
        if first in _GLUED and (first <= last or last not in _GLUED):
            return word[size:]
        if last in _GLUED:
            return word[:-size]
    return word


def is_predicate(word: str) -> bool:
    """Whether a word ends as Korean predicates do in speech."""
    return _PREDICATE.search(word) is not None


@cache
def everyday_answer_grams() -> frozenset[str]:
    """Answer grams of the everyday words of two syllables or more."""
    return frozenset(gram for word in SPOKEN if len(word) > 1 for gram in grams.answer_word(word)[1])
