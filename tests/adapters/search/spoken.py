"""What citizens say: the caller's lines of the offered practice scenarios, and small talk that asks for nothing."""

from __future__ import annotations

import random
from dataclasses import dataclass

from desktop.domain import hangul


@dataclass(frozen=True, slots=True)
class Call:
    """A scenario's caller lines in order, and the articles that answer it."""

    scenario: str
    articles: tuple[str, ...]
    lines: tuple[str, ...]


CALLS = (
    Call(
        "S01",
        ("F007",),
        (
            "저 내일 이사 나가는데요, 수도요금은 어떻게 내야 돼요?",
            "푸른로 12길 30, 201호예요.",
            "계량기가 밖에 있는데 어떻게 읽는지 잘 모르겠어요.",
            "아 네, 그럼 내일 다시 전화하면 되죠?",
            "없어요, 감사합니다.",
        ),
    ),
    Call(
        "S02",
        ("F015",),
        (
            "여기 소화전 앞에 맨날 차를 대는 사람이 있어요. 단속을 하긴 하는 겁니까?",
            "한들로 5길 9 편의점 앞이요. 흰색 승합차고 차번호는 끝이 사칠이공이에요.",
            "앞은 잘 안 보여요. 처리되면 연락은 와요?",
            "그럼 문자로 주세요.",
            "됐어요. 수고하세요.",
        ),
    ),
    Call(
        "S03",
        ("F016",),
        (
            "아이가 갑자기 열이 나서 병원 앞에 오 분 댔는데 과태료가 나왔어요. 이게 말이 됩니까?",
            "사전통지서라고 적혀 있네요. 그냥 취소해 주시면 안 돼요?",
            "그럼 어디로 내요? 그리고 안 받아 주면요?",
            "알겠습니다. 제가 언성을 높여서 미안해요.",
            "없어요. 고맙습니다.",
        ),
    ),
    Call(
        "S04",
        ("F002", "F001"),
        (
            "여권을 잃어버렸는데 다음 주에 출국이거든요. 어떡하죠?",
            "다음 주 금요일이요. 신고하면 나중에 찾아도 못 쓰는 거예요?",
            "확실히 없어요. 준비물은 뭐가 필요해요?",
            "사진은 몇 장이에요?",
            "아니요, 바로 가 볼게요.",
        ),
    ),
    Call(
        "S05",
        ("F024",),
        (
            "예? 잘 안 들려요. 우리 영감 그 연금 있잖아요, 노인들 주는 거.",
            "다음 달이 생일인데 예순다섯이여.",
            "어디로 가야 돼? 동사무소?",
            "얼마나 주는데?",
            "아이고 고마워요. 보내 줘요.",
        ),
    ),
    Call(
        "S06",
        ("F030", "F031"),
        (
            "장롱을 버려야 되는데 말이야, 아니 근데 우리 집 앞에 누가 자꾸 쓰레기를 갖다 버려. 어제도 봤어.",
            "열두 자짜리야. 스티커 어디서 사?",
            "알았어. 그리고 그 쓰레기 버리는 놈 좀 잡아 줘.",
            "은행나무길 7이고 밤 열한 시쯤이야. 사진은 없어.",
            "없어. 고마워.",
        ),
    ),
    Call(
        "S07",
        ("F036",),
        (
            "여기 도로가 푹 꺼졌어요! 차가 빠질 뻔했어요!",
            "다친 사람은 없어요. 근데 차들이 계속 지나가요.",
            "느티나무사거리에서 시청 쪽 버스정류장 바로 앞이요. 구멍이 어른 한 명 들어갈 정도예요.",
            "네, 빨리 좀 와 주세요.",
        ),
    ),
    Call(
        "S08",
        ("F037",),
        (
            "하수구 냄새 접수한 지 이 주가 넘었는데 벌써 세 번째 전화예요. 담당자 좀 바꿔 주세요.",
            "접수번호는 모르고 이 번호로 했어요.",
            "네.",
            "네 연결해 주세요. 또 끊기면 어떡해요?",
            "알겠습니다.",
        ),
    ),
)

SMALL_TALK = (
    "없어요, 감사합니다.", "네", "여보세요", "네, 네.", "아 네 알겠습니다.", "안녕하세요", "수고하세요",
    "됐어요. 수고하세요.", "고맙습니다.", "예? 잘 안 들려요.", "잠깐만요.", "없어. 고마워.",
    "네, 빨리 좀 와 주세요.", "알겠습니다.", "아이고 고마워요. 보내 줘요.", "그럼 문자로 주세요.",
    "네 연결해 주세요. 또 끊기면 어떡해요?", "아니요, 바로 가 볼게요.", "여보세요? 들리세요?",
    "아 네네 맞아요.", "오늘 날씨가 참 춥네요.", "제가 지금 운전 중이라서요.", "잠시만요 메모 좀 할게요.",
    "다시 한번 말씀해 주시겠어요?", "천천히 말씀해 주세요.", "네 그렇게 할게요.", "그래요? 몰랐네요.",
    "저는 김민수라고 합니다.", "음 그러니까 그게 말이죠.", "아까 전화했던 사람인데요.",
    "좀 물어볼 게 있어서 전화했어요.", "뭐 좀 여쭤보려고요.", "어디서 전화하시는 거예요?", "한참 기다렸어요.",
    "통화가 계속 안 되더라고요.", "죄송한데 다시 말씀해 주세요.", "네 제가 본인이에요.", "지금 집에 있어요.",
    "애들 학교 보내고 왔어요.", "아들이 옆에서 도와줘요.", "밥 먹고 있었어요.", "그건 괜찮아요.",
    "좋은 하루 되세요.", "더 없습니다.", "다 됐어요?", "적어 주실래요?", "그러면 내일 갈게요.", "아 그렇구나.",
    "정말요?", "", "...", "음",
)  # fmt: skip


def misheard(text: str, share: float, chance: random.Random) -> str:
    """Speech as a recogniser may get it wrong: `share` of the syllables lose or change a sound, some spaces vanish."""
    heard: list[str] = []
    for char in text:
        if char == " " and chance.random() < share / 2:
            continue
        if hangul.is_syllable(char) and chance.random() < share:
            char = _changed(char, chance)
        heard.append(char)
    return "".join(heard)


def _changed(syllable: str, chance: random.Random) -> str:
    initial, medial, final = hangul.split_syllable(syllable)
    part = chance.random()
    if part < 0.12:
        return ""
    if part < 0.45:
        medial = chance.choice("ㅏㅓㅗㅜㅡㅣㅐㅔ")
    elif part < 0.75:
        final = chance.choice(["", "ㄴ", "ㅇ", "ㄹ", "ㄱ", "ㅁ"])
    else:
        initial = chance.choice("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅎ")
    return hangul.compose(initial + "".join(hangul.VOWEL_PAIRS.get(medial, medial)) + hangul.keys(final))
