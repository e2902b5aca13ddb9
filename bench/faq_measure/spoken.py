"""Spoken sentences around the nouns of a question, and sentences around these that have nothing to do with it."""

from __future__ import annotations

import random
from collections.abc import Sequence

from bench.faq_measure import noise
from bench.faq_measure.korean import attach

_OPENERS = """
저기요|여보세요|아 네|네 안녕하세요|저 뭐 좀 여쭤보려고 하는데요|수고하십니다|그게 있잖아요|
아니 저기|다름이 아니라|뭐 하나만 물어볼게요|제가요|저희 집이요|어 그러니까|지금 통화 되시죠
"""
_ENDINGS = """
어떻게 해야 돼요|어디서 하는 거예요|때문에 전화드렸는데요|좀 알아보려고요|하려고 하는데요|
그거 되나요|알려 주실 수 있어요|언제까지 하면 돼요|뭐가 필요한지 모르겠어요|하라고 하던데요|
그것 좀 확인해 주세요|어디로 가야 하는지 궁금해서요|관련해서 여쭤볼게요|그런 거 있잖아요 그거요|
해 본 적이 없어서요
"""
FILLERS = ("어", "그", "저", "음", "뭐지", "그 뭐냐", "막", "좀", "이제", "그냥", "아니", "혹시")
OPENERS = (*_OPENERS.replace("\n", "").split("|"), "")
ENDINGS = tuple(_ENDINGS.replace("\n", "").split("|"))
ROLES = ("object", "subject", "topic", "", "", "", "에", "도", "by")
"""Particles of a noun; none as often as any three others, as speech has it."""
_AROUND = """
아까 전화했는데 끊어져서 다시 했어요
제가 지금 운전 중이라 잠깐 세웠거든요
우리 딸이 알아봐 준다고 했는데 바쁘대요
나이가 들어서 귀가 잘 안 들려요
아침부터 세 군데나 걸었는데 다 여기로 하래요
옆집 아주머니가 여기 물어보면 안다고 하더라고요
비가 와서 밖에 나가지도 못하고 있어요
제가 이런 걸 잘 몰라서 그래요
점심도 못 먹고 지금 이러고 있네요
목소리가 참 친절하시네요
저번에 통화하신 분은 남자분이었어요
볼펜 좀 가져올게요 잠깐만요
애가 옆에서 울어서 시끄럽죠 죄송해요
텔레비전 소리 좀 줄일게요
남편이랑 얘기하다가 생각나서 전화했어요
내일 출근해야 되는데 걱정이네요
천천히 말씀해 주시면 제가 적을게요
이렇게 오래 기다릴 줄은 몰랐어요
요새 허리가 아파서 병원만 다녀요
작년까지는 시골에서 살았거든요
손주가 스마트폰을 사 줬는데 쓸 줄을 몰라요
그때는 그냥 넘어갔는데 이번에는 그러면 안 되겠더라고요
동생이 대신 해 준다더니 감감무소식이에요
뉴스에서 봤는데 자세히는 못 들었어요
아유 더워서 죽겠네요 정말
지금 친구랑 밥 먹다가 나온 얘기예요
제 이름은 안 말해도 되죠
인터넷은 제가 잘 못해요
여기 번호를 겨우 찾았어요
우리 어머니가 여든이 넘으셨어요
회사에서 몰래 나와서 전화하는 거예요
지난주에도 한 번 물어봤던 건데 까먹었어요
김치를 담그다가 전화하는 거라 손이 젖었어요
강아지가 자꾸 짖네요 잠시만요
저는 이사 온 지 얼마 안 됐어요
말이 길어져서 미안합니다
아들이 군대에 있어서 물어볼 사람이 없어요
버스에서 내려서 걸어가는 중이에요
오늘 안에는 꼭 알아야 하거든요
다른 데서는 모른다고만 하더라고요
눈이 침침해서 글씨가 안 보여요
시장에 들렀다가 집에 막 들어왔어요
제가 성격이 좀 급해요
이웃 사람들도 다 궁금해해요
처음 겪는 일이라 당황스럽네요
커피 한잔하면서 기다렸어요
안경을 어디 뒀는지 모르겠네
예전에는 안 그랬던 것 같은데요
주변이 시끄러워서 잘 안 들려요
전화기 배터리가 얼마 없어요
"""
AROUND = tuple(_AROUND.strip().split("\n"))
"""Sentences that ask for nothing."""


def sentence(nouns: Sequence[str], chance: random.Random) -> list[str]:
    """The words of a spoken sentence about some nouns: opener, fillers, particles, spoken ending."""
    words = chance.choice(OPENERS).split()
    for noun in nouns:
        if chance.random() < 0.3:
            words += chance.choice(FILLERS).split()
        words.append(attach(noun, chance.choice(ROLES)))
    if chance.random() < 0.3:
        words += chance.choice(FILLERS).split()
    return [*words, *chance.choice(ENDINGS).split()]


def short(nouns: Sequence[str], chance: random.Random) -> str:
    """A spoken sentence as a recogniser writes it."""
    return noise.heard(sentence(nouns, chance), chance)


def long(nouns: Sequence[str], chance: random.Random) -> str:
    """The same with one to three unrelated sentences around it."""
    around = [line.split() for line in chance.sample(AROUND, chance.randint(1, 3))]
    around.insert(chance.randint(0, len(around)), sentence(nouns, chance))
    return noise.heard([word for words in around for word in words], chance)
