"""The same sentence as others say it: in dialects, as speech recognition writes it, with honorifics and without any.

Each mouth is a row of (pattern, what is said instead); a sentence takes most of those that fit. The wording is rough:
the weights learn from short rows of letters, and need these rows rather than a sentence that a native would say.
"""

from __future__ import annotations

import random
import re

SAID = 0.8
"""Share of the fitting replacements that a sentence takes."""
_Mouth = tuple[tuple[re.Pattern[str], str], ...]


def _mouth(rows: str) -> _Mouth:
    """A row a line: what is replaced, what by; `$` the end of a word."""
    found: list[tuple[re.Pattern[str], str]] = []
    for row in rows.strip().splitlines():
        old, new = row.split()
        found.append((re.compile(old.replace("$", r"(?![가-힣])")), new))
    return tuple(found)


GYEONGSANG = _mouth(
    """
    어버릴까$ 어뿔까
    어버릴 아뿔
    어버린 아뿐
    어버렸 아뿟
    어버려 아뿌라
    버릴 뿔
    버린다$ 뿐다
    버렸 뿟
    버려 뿌라
    습니다$ 심더
    습니까$ 심니꺼
    입니다$ 임더
    주세요$ 주이소
    하세요$ 하이소
    세요$ 이소
    했어요$ 했심더
    었어요$ 었어예
    어요$ 어예
    이에요$ 이라예
    해요$ 해예
    는데요$ 는데예
    려고요$ 라꼬예
    려고$ 라꼬
    거예요$ 기라예
    거야$ 기다
    을거야$ 을끼다
    할게$ 할끼구마
    다고 다꼬
    라고 라꼬
    니까$ 이까네
    잖아$ 다아이가
    잖아요$ 다아입니꺼
    그렇게 그래
    이렇게 이래
    어떻게 우째
    빨리 퍼뜩
    할머니 할매
    할아버지 할배
    어머니 어무이
    아버지 아부지
    아주머니 아지매
    형님 행님
    어디 어데
    무슨 무신
    왜$ 와
    너$ 니
    네가$ 니가
    너는$ 니는
    먹 묵
    죽이 직이
    죽인 쥑인
    이제$ 인자
    그만$ 고만
    못$ 몬
    모르 모리
    때문에 땜에
    아이가$ 아가
    새끼 쌔끼
    주둥이 주디
    싶다$ 싶데이
    싶어$ 싶다
    """
)
JEOLLA = _mouth(
    """
    어버릴 어불
    버린다$ 분다
    버릴 불
    버렸 부렀
    버려 부러
    겠어요$ 겄어라
    겠 겄
    했어요$ 했당께요
    었어요$ 었어라
    어요$ 어라
    해요$ 허요
    하고 허고
    하는 허는
    할 헐
    하면 허면
    이에요$ 이여라
    예요$ 여라
    네요$ 네잉
    거예요$ 것이여라
    거야$ 것이여
    니까$ 당께
    니까요$ 당께요
    뭐야$ 뭐여
    이야$ 이여
    아니야$ 아니여
    그래$ 그려
    이놈 이눔
    어머니 엄니
    할머니 할매
    아버지 아부지
    어떻게 어찌게
    조금 쪼까
    진짜$ 참말로
    그만$ 고만
    죽이 쥑이
    먹어 묵어
    모르 몰르
    주세요$ 주씨요
    하세요$ 허씨요
    세요$ 씨요
    려고요$ 랑께라
    려고$ 랑께
    싶어요$ 싶어라
    습니다$ 구만이라
    """
)
CHUNGCHEONG = _mouth(
    """
    어요$ 어유
    아요$ 아유
    해요$ 해유
    세요$ 세유
    네요$ 네유
    예요$ 예유
    이에요$ 이에유
    나요$ 남유
    까요$ 까유
    려고요$ 려구유
    고요$ 구유
    하고 허구
    거야$ 거여
    뭐야$ 뭐여
    이야$ 이여
    그래$ 그려
    죽겠 죽겄
    겠 겄
    하는 허는
    아버지 아부지
    저는$ 지는
    제가$ 지가
    """
)
RECOGNISED = _mouth(
    """
    되 돼
    돼 되
    애 에
    게 개
    네 내
    낳 났
    않 안
    했 햇
    었 엇
    았 앗
    겠 겟
    있 잇
    없 업
    싶어 시퍼
    죽어 주거
    죽었 주것
    같아 가타
    같애 가테
    끝 끗
    많이 마니
    싫어 시러
    괜찮 괜찬
    앉아 안자
    어떡 어떠케
    어떻게 어떠케
    이렇게 이러케
    못해 모태
    진짜 진자
    먹었 머것
    옆집 엽집
    높은 노픈
    밖에 박에
    같은 가튼
    예요$ 에요
    """
)
# Politeness must not tell a label: an insult is also said with all honorifics, a question also without any.
POLITE = _mouth(
    """
    너는$ 당신은
    너희$ 당신들
    니들$ 당신들
    너$ 당신
    니$ 당신
    네가$ 본인이
    니가$ 본인이
    거야$ 겁니다
    거다$ 겁니다
    할게$ 하겠습니다
    줄게$ 드리죠
    갈게$ 가겠습니다
    줄까$ 드릴까요
    볼까$ 볼까요
    했냐$ 하셨습니까
    었냐$ 으셨나요
    하냐$ 하십니까
    이냐$ 이십니까
    있냐$ 있으신가요
    없냐$ 없으신가요
    되냐$ 됩니까
    냐$ 나요
    니$ 나요
    이야$ 이시네요
    이네$ 이시네요
    하네$ 하시네요
    겠네$ 겠습니다
    겠지$ 겠죠
    이지$ 이시죠
    지$ 죠
    했어$ 하셨어요
    있어$ 있습니다
    없어$ 없습니다
    었어$ 었습니다
    해라$ 하십시오
    해$ 하세요
    와$ 오세요
    마$ 마세요
    네$ 네요
    까$ 까요
    다고$ 다고요
    버린다$ 버리겠습니다
    간다$ 갑니다
    는다$ 습니다
    한다$ 합니다
    같은 같으신
    """
)
PLAIN = _mouth(
    """
    주세요$ 줘
    하세요$ 해
    으세요$ 어
    세요$ 셔
    인가요$ 이냐
    은가요$ 냐
    나요$ 냐
    까요$ 까
    려고요$ 려고
    싶어요$ 싶어
    싶은데요$ 싶은데
    는데요$ 는데
    었어요$ 었어
    했어요$ 했어
    졌어요$ 졌어
    어요$ 어
    아요$ 아
    이에요$ 이야
    예요$ 야
    해요$ 해
    돼요$ 돼
    네요$ 네
    죠$ 지
    거든요$ 거든
    고요$ 고
    입니다$ 이다
    습니까$ 냐
    습니다$ 다
    합니다$ 한다
    됩니까$ 되냐
    제가$ 내가
    저는$ 나는
    저한테$ 나한테
    """
)
MOUTHS = (GYEONGSANG, JEOLLA, CHUNGCHEONG, RECOGNISED, POLITE, POLITE, PLAIN, PLAIN)


def said_otherwise(text: str, chance: random.Random) -> str:
    """The sentence in one of the mouths; the same sentence where nothing of it fits."""
    for pattern, new in chance.choice(MOUTHS):
        if chance.random() < SAID:
            text = pattern.sub(new, text)
    return text
