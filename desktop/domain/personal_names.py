"""Names of people where a sentence says that one follows: 성함은 ..., my name is ..., ...と申します."""

from __future__ import annotations

import re
from collections.abc import Iterator

Found = tuple[int, int, str]

_SURNAME = (
    "(?:남궁|황보|제갈|선우|독고|사공|서문|[김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지엄"
    "채원천방공현함변염여추도소석선설마길연위표명기반라나왕금옥육인맹제모탁국어은편용예경봉사부가복태목형피두감])"
)
_COPULA = r"(?:이?라고|입니다|이에요|예요|이예요|이요|이고요|이구요|인데요?|이야|씨|님|이세요|이신데)"
_ASKED = re.compile(r"(?:성함|이름|성명|존함)(?:\s?(?:은|는|을|도|이(?=\s))\s?[:：]?|\s?[:：]|\s)\s?")
_KOREAN = re.compile(rf"(?P<x>{_SURNAME}[가-힣]{{1,3}}?)\s?(?P<end>{_COPULA}|(?=[\s,.!?]|$))")
_FOREIGN = re.compile(r"(?P<x>(?:[가-힣]{1,7}\s){0,3}[가-힣]{1,7}?)\s?(?:이?라고|입니다|이에요|예요|이예요)")
_LATIN = re.compile(r"(?P<x>[A-Z][A-Za-z'’-]+(?:\s[A-Z][A-Za-z'’-]+){0,3})")
_NO_NAMES = re.compile(
    r"어떻|뭐|뭔|무엇|누구|무슨|어디|말씀|알려|확인|같|다르|다른|바뀌|바꾸|변경|없|있|모르|기억|잘못|틀"
    r"|비슷|그대로|이상|한글|영문"
    r"|한자|본명|가명|실명|공개|비공개|익명|개명|등록|유명|여기|거기|저희|제가|저는|고객|상담|하나|둘|되"
    r"|안 |못 |좀 |이거|그거|이런|그런|여러|고치|영어|전화|마음"
)
_CALLED = re.compile(
    rf"(?:저는|제가|나는|저)\s+(?P<x>{_SURNAME}[가-힣]{{1,3}}?)(?:이라고|라고)\s*(?:합니다|해요|하는데|하고)"
)
_WITH_TITLE = re.compile(rf"(?<![가-힣])(?P<x>{_SURNAME}[가-힣]{{2}})\s?씨(?![앗발팔바])")

_ENGLISH = (
    re.compile(
        r"\b(?:my (?:full |first |last |sur)?name(?: is|'s)|(?:first|last|full)? ?name is|surname is"
        r"|the name is)\s+(?P<x>[a-z][a-z'’-]*(?:\s[a-z][a-z'’-]*){0,2})",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:[Tt]his is|I am|I'm|[Cc]all me|speaking with)\s+(?:Mr\.? |Mrs\.? "
    r"|Ms\.? )?(?P<x>[A-Z][a-z'’-]+\s[A-Z][a-z'’-]+)\b"),
    re.compile(r"\b(?:Mr|Mrs|Ms|Dr)\.?\s(?P<x>[A-Z][a-z'’-]+(?:\s[A-Z][a-z'’-]+)?)"),
)  # fmt: skip
_NO_ENGLISH = re.compile(
    r"(?:\s|^)(?:and|but|on|in|at|the|a|an|not|spelled|spelt|wrong|missing|misspelled|correct|from|with"
    r"|for|i|i'm|my|is|it|because|so|what|who"
    r"|different|same|written|please|required|listed|there|here|of)\b.*",
    re.IGNORECASE,
)
_OTHERS = {
    "ja": (
        r"(?:名前|氏名|なまえ|名)は\s*(?P<x>(?!何|なん|どな|誰|わか|ちが|違|同じ"
        r"|変)[一-龯々ぁ-んァ-ヶー\s]{1,12}?)(?=です|と申|といい|と言い|でござ|になり|だ|[。、,.]|$)",
        r"(?P<x>[一-龯々ァ-ヶー]{1,8}(?:\s[一-龯々ァ-ヶー]{1,8})?)と(?=申します|申し上げ)",
    ),
    "vi": (
        r"(?:[Tt]ên (?:tôi|em|của tôi|của em|anh|chị|mình|cháu) là|[Tt]ôi tên(?: là)?|[Ee]m tên(?: là)?"
        r"|[Hh]ọ (?:và )?tên(?: là| tôi là)?:?)\s+"
        r"(?P<x>(?!gì|không|chưa)[^\W\d_]+(?:\s(?!ở|và|số|sinh|năm|gọi|muốn|cần|nhà|ạ|đây|thì|xin"
        r"|cho)[^\W\d_]+){0,4})",
    ),
    "th": (
        r"(?:(?:ผม|ดิฉัน|ฉัน|หนู|เรา)ชื่อ|ชื่อ(?:ของ)?(?:ผม|ดิฉัน|ฉัน|หนู)(?:คือ)?|ชื่อคือ"
        r"|นามสกุล)\s*(?P<x>(?!อะไร|ไม่|ของ|ถูก|ผิด|เดิม|แม่|พ่อ|เก่า|ใหม่)[ก-๙]{2,30}?(?:\s(?!ครับ|ค่ะ"
        r"|คะ|นะ|นาม)[ก-๙]{2,30}?)?)(?=\s*(?:ค่ะ|ครับ|คะ|นะ|นามสกุล|[,.\d]|$)|\s(?:อยู่|เบอร์|โทร|จะ"
        r"|ต้อง|อยาก|ขอ))",
    ),
    "mn": (
        r"(?:[Мм]иний нэр|[Мм]иний овог нэр|[Нн]амайг|[Нн]эр нь|[Нн]эр маань"
        r"|[Оо]вог нэр)\s*:?\s+(?P<x>(?!юу|хэн|буруу)[А-ЯӨҮЁ][\w.-]*(?:\s[А-ЯӨҮЁ][\w.-]*){0,2})",
    ),
}  # fmt: skip
_PATTERNS = {language: tuple(map(re.compile, patterns)) for language, patterns in _OTHERS.items()}
_FOLLOWS = 24
"""Characters after the word for a name in which the name may stand."""


def find_names(text: str, lang: str) -> Iterator[Found]:
    """Names to hide in `text`; with `lang` "" by the rules of every language."""
    yield from _korean(text)
    if lang in ("", "en"):
        yield from _english(text)
    for language, patterns in _PATTERNS.items():
        if lang in ("", language):
            for pattern in patterns:
                for match in pattern.finditer(text):
                    yield match.start("x"), match.end("x"), "name"


def _korean(text: str) -> Iterator[Found]:
    for asked in _ASKED.finditer(text):
        tail = re.split(r"[,.!?\n]", text[asked.end() : asked.end() + _FOLLOWS])[0]
        if _NO_NAMES.match(tail):
            continue
        match = _KOREAN.match(tail)
        # Four syllables without "is" behind them are a verb more often than a name.
        if match is None or (len(match["x"]) > 3 and not match["end"]):
            match = _FOREIGN.match(tail) or _LATIN.match(tail)
        if match is not None:
            yield asked.end() + match.start("x"), asked.end() + match.end("x"), "name"
    for pattern in (_CALLED, _WITH_TITLE):
        for match in pattern.finditer(text):
            yield match.start("x"), match.end("x"), "name"


def _english(text: str) -> Iterator[Found]:
    for pattern in _ENGLISH:
        for match in pattern.finditer(text):
            name = _NO_ENGLISH.sub("", match["x"]).rstrip()
            if name:
                yield match.start("x"), match.start("x") + len(name), "name"
