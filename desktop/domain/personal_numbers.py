"""Long numbers that belong to a person: identity, telephone, card, account, passport, licence, said or written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from desktop.domain.spoken_numbers import Group, digit_runs, with_final_two

Stretch = tuple[int, int]
Found = tuple[int, int, str]

LEAST_DIGITS = 7
"""A run of fewer digits is hidden only where its neighbours say what it is."""

_CURRENCY = (
    r"원|won|krw|円|yen|jpy|đồng|đ\b|vnd|dong|บาท|baht|төгрөг|dollars?|usd|euros?|ウォン|вон|วอน|달러|엔"
)
_STAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # amounts and counts
        rf"(?:[$¥€₮฿₫₩]|\b(?:krw|usd|vnd|jpy))\s?\d[\d,.]*|(?<![\d.,-])\d[\d,.]*\s?(?:천|만|억|백만"
        rf"|million|thousand|triệu|nghìn|万|億|ล้าน|แสน|หมื่น|พัน|сая|мянган?)?\s?(?:{_CURRENCY})",
        r"(?<![\d,-])[1-9]\d{0,2}(?:,\d{3})+(?![\d,-])",
        r"(?<![\d.-])[1-9]\d{0,2}(?:\.\d{3})+(?=\s*(?:đồng|đ\b|vnd|người|won))",
        # days and times
        r"(?<![\d-])(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![\d-])",
        r"(?<![\d./-])(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19"
        r"|20)\d\d\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,2})\.?(?![\d/-])",
        r"(?<![\d-])(?:19|20)\d\d(?:\s*[-~–/,]\s*(?:19|20)\d\d)+(?![\d-])",
        r"(?<![\d:.])(?:[01]?\d|2[0-4])[:.][0-5]\d(?::[0-5]\d)?(?:\s*[-~–]\s*(?:[01]?\d"
        r"|2[0-4])[:.][0-5]\d)?(?![\d:.]\d|\d)",
        # numbers of public services
        r"(?<![\d-])(?:1588|15[3-9]\d|16\d\d|18\d\d)\s?-\s?\d{4}(?![\d-])",
        r"(?<![\d\-.])(?:1[0-8]\d|911|999|191)(?![\d\-.]*\d)|(?<![\d\-.])(?<!\d\s)(?:13\d\d|1669"
        r"|1022)(?![\d\-.\s]*\d)",
        # the number of a notice or a law
        r"제\s?\d{2,4}\s?-\s?\d+\s?호",
    )
)  # fmt: skip

_COUNTED = (
    r"\s?(?:년|원|월|일|시|분|초|번째|번\b|개|명|호선|층|천|만|억|건|회|자리|년도|퍼센트|%|살|세|킬로|미터|m\b|km"
    r"|년대|주|달|가지|通|年|月|日|時|分|人|円|번\s?(?:을|를|이|은|는|누르|버튼|메뉴|출구|버스))"
)
_NAMED = re.compile(
    r"(?P<resident>주민(?:등록)?\s?(?:번호)?|외국인\s?등록\s?번호|생년월일\s?앞자리|ID number|citizen id"
    r"|căn cước|CCCD|CMND|マイナンバー|個人番号"
    r"|บัตรประชาชน|เลขบัตร|регистрийн дугаар|РД)"
    r"|(?P<account>계좌(?:\s?번호)?|통장(?:\s?번호)?|account(?: number| no\.?)?|口座(?:番号)?"
    r"|số tài khoản|บัญชี|เลขที่บัญชี|дансны дугаар|данс)"
    r"|(?P<secret>비밀\s?번호|비번|인증\s?번호|password|passcode|\bPIN\b|\bOTP\b|暗証番号|パスワード"
    r"|mật khẩu|mã OTP|รหัสผ่าน|รหัส OTP|нууц үг|нууц код)"
    r"|(?P<card>카드\s?(?:번호|뒷\s?번호|뒷자리)|card number|カード番号|số thẻ|หมายเลขบัตร|картын дугаар)"
    r"|(?P<phone>전화\s?번호|핸드폰|휴대폰|휴대\s?전화|연락처|phone(?: number)?|mobile|電話番号|携帯"
    r"|số điện thoại|เบอร์(?:โทร)?|утас(?:ны дугаар)?)"
    r"|(?P<passport>여권\s?(?:번호)?|passport(?: number| no\.?)?|パスポート|旅券番号|hộ chiếu"
    r"|หนังสือเดินทาง|паспорт)"
    r"|(?P<licence>면허\s?(?:증)?\s?(?:번호)?|licen[cs]e number|免許証?番号|bằng lái|ใบขับขี่|жолооны үнэмлэх)"
    r"|(?P<number>뒷\s?자리|끝\s?자리|뒷\s?번호|last four)",
    re.IGNORECASE,
)
_NEAR = 14
"""Characters between such a word and its number."""
_LEAST_NAMED = 4

_SHAPES = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("resident", r"(?<!\d)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\s?[-–]\s?[1-8](?:[\d*•xX]{6})?(?!\d)"),
        ("resident", r"(?<![А-ЯӨҮЁа-яөүё])[А-ЯӨҮЁ]{2}\s?\d{8}(?!\d)"),
        ("passport", r"(?<![A-Za-z0-9])(?:[A-Z]{1,2}\s?-?\s?\d{6,9}|[MSRODGmsr]\s?\d{8}"
        r"|[MSRODG]\d{3}[A-Z]\d{4})(?!\d)"),
        ("passport", r"(?:엠|에스|알)\s?(?=[\d공영일이삼사오육륙칠팔구])(?:\d\s?){8}(?!\d)"),
        ("phone", r"(?<![\w+])\+\s?\d{1,3}(?:[\s().-]{0,2}\d){6,12}(?!\d)"),
        ("phone", r"(?<![\w-])\(?0\d{1,4}\)?[\s.-]?\d{1,4}[\s.-]\d{3,4}(?![\d-])"),
        ("phone", r"(?<![\d-])\(\d{2,4}\)\s?\d{3,4}[\s.-]?\d{3,4}(?![\d-])"),
    )
)  # fmt: skip


def find_numbers(text: str, taken: Sequence[Stretch], stays: Sequence[Stretch]) -> Iterator[Found]:
    """Numbers to hide with their kind. `taken` was found before, `stays` is known to be harmless."""
    shaped = [(match.start(), match.end(), kind) for kind, shape in _SHAPES for match in shape.finditer(text)]
    yield from shaped
    hidden = [*taken, *((start, end) for start, end, _ in shaped)]
    kept = [each for each in [*stays, *_harmless(text)] if not _touches(each, hidden)]
    for piece in _pieces(len(text), [*hidden, *kept]):
        yield from _in_piece(text, *piece)


def _harmless(text: str) -> Iterator[Stretch]:
    for pattern in _STAYS:
        for match in pattern.finditer(text):
            yield match.start(), match.end()


def _touches(stretch: Stretch, others: Sequence[Stretch]) -> bool:
    return any(stretch[0] < end and start < stretch[1] for start, end in others)


def _pieces(length: int, cuts: Sequence[Stretch]) -> Iterator[Stretch]:
    """What is left between the cuts."""
    at = 0
    for start, end in sorted(cuts):
        if start > at:
            yield at, start
        at = max(at, end)
    if at < length:
        yield at, length


def _in_piece(text: str, start: int, end: int) -> Iterator[Found]:
    piece = text[start:end]
    for run in digit_runs(piece):
        for part in _parts(piece, with_final_two(piece, run)):
            first, last = start + part[0].start, without_particle(text, start + part[-1].end)
            named = _named(text, first)
            digits = sum(len(group.digits) for group in part)
            if _is_long(part):
                yield first, last, named or _kind(part, piece)
            elif named and digits >= _LEAST_NAMED and not re.match(_COUNTED, text[last:]):
                yield first, last, named


def without_particle(text: str, end: int) -> int:
    """Where a number that was found until `end` ends: the Japanese digit 2 right behind figures means "to"."""
    return end - 1 if text[end - 1] == "に" and text[end - 2 : end - 1].isdecimal() else end


def _parts(text: str, run: list[Group]) -> Iterator[list[Group]]:
    """A run without what only stands beside it: a comma ends a number unless digits are said one by one."""
    part: list[Group] = []
    for group in run:
        between = text[part[-1].end : group.start] if part else ""
        single = part and len(part[-1].digits) == len(group.digits) == 1
        if part and not single and re.search(r"[,、]|에서", between):
            yield part
            part = []
        part.append(group)
    if part:
        yield part


def _is_long(part: list[Group]) -> bool:
    lengths = [len(group.digits) for group in part]
    digits = "".join(group.digits for group in part)
    if len(digits) < LEAST_DIGITS or (len(part) > 1 and all(_is_year(group) for group in part)):
        return False
    if max(lengths) == 1:
        steps = {(int(b) - int(a)) % 10 for a, b in pairwise(digits)}
        return steps != {1}  # counting up is no number
    return max(lengths) >= 4 or digits.startswith("0") or lengths == [3, 3, 3]


def _is_year(group: Group) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", group.digits) is not None


def _named(text: str, start: int) -> str:
    """What the words before a number say it is, "" where they say nothing."""
    before = text[max(0, start - _NEAR - 24) : start]
    found = [match for match in _NAMED.finditer(before) if len(before) - match.end() <= _NEAR]
    return found[-1].lastgroup or "" if found else ""


def _kind(part: list[Group], text: str) -> str:
    digits = "".join(group.digits for group in part)
    lengths = [len(group.digits) for group in part]
    if digits[-1] == "2" and text[part[-1].end - 1] == "이":
        # It may be "is" and no digit: then the shape without it says more.
        digits, lengths = (
            (digits[:-1], [*lengths[:-1], lengths[-1] - 1]) if lengths[-1] == 8 else (digits, lengths)
        )
    if lengths in ([6, 7], [13]) and re.match(r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[1-8]", digits):
        return "resident"
    if len(digits) in (15, 16):
        return "card"
    if lengths in ([2, 2, 6, 2], [2, 6, 2]):
        return "licence"
    if digits.startswith("0") and 9 <= len(digits) <= 11:
        return "phone"
    return "account" if 10 <= len(digits) <= 14 else "number"
