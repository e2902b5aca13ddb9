"""Addresses that people say: Korean road names, lots and flats, with figures or number words; romanised roads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from desktop.domain.spoken_numbers import NUMBER, number_of

_COUNTED = (
    r"(?!\s*(?:개|명|만|원|천원|월|일|년|시간|시|분|초|차선|차로|차례|번\s?버스|번\s?출구|번째|주|킬로|미터|㎞|km|m\b|%|퍼센트"
    r"|살|세|배|권|장|대|마리|회|호선|학년|가지|달|건|번만|호기|도\b))"
)
_TAIL = (
    r"(?=$|[\s,.?!~]|번|호|이에|이요|이고|이라|이거|이구|입니|인데|인|예요|에요|요|고|에|앞|옆|뒤|쪽|근처|건너|맞은|부터|까지|로|으로"
    r"|의|하고|랑|이랑|가|는|은)"
)
_DIRECT = re.compile(r"이?(?:에요|예요|요|고|구요|라|거든)|번지|입니|인데|[,.?!]|$")
_MINOR = rf"(?:\s*(?:-|다시)\s*(?P<minor>{NUMBER}))?"
_PROVINCE = (
    r"(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주|충청[남북]|전라[남북]|경상[남북])"
    r"(?:특별자치시|특별자치도|특별시|광역시|시|도)?"
)
_DISTRICT = (
    r"(?!다시|역시|혹시|잠시|즉시|일시|반드시|친구|누구|입구|출구|가구|도구|요구|연구|전구|배구|야구|축구|농구|당구|지구)"
    r"[가-힣]{1,4}(?:구|군|시)"
)
_ADMIN = rf"(?P<admin>(?:{_PROVINCE}\s+)?(?:{_DISTRICT}\s+){{0,2}})"
_NO_WARDS = """
운동 활동 자동 행동 이동 아동 노동 출동 작동 변동 진동 충동 감동 고동 공동 연동 유동 가동 시동 부동 반동 동동
소동 냉동 가면 하면 되면 보면 오면 그러면 이러면 화면 장면 정면 측면 반면 전면 라면 우리 처리 정리 관리 거리
자리 머리 다리 소리 빨리 멀리 미리 수리 분리 유리 요리 허리 꼬리 아무리
"""
_WARD = rf"(?!(?:{'|'.join(_NO_WARDS.split())})\s)(?:[가-힣]{{1,5}}\d?(?:동|읍|면|리)|[가-힣]{{1,4}}\d가)"
_FLAT = rf"(?:[\s,]*(?:(?P<block>{NUMBER})\s*동[\s,]*)?(?P<flat>{NUMBER})\s*호(?!선|기))?"
_ROAD = re.compile(
    rf"(?<![가-힣]){_ADMIN}(?:{_WARD}\s+)?(?P<road>[가-힣]{{1,10}}?\d{{0,3}}(?:대로|로|길))"
    rf"(?:\s*(?P<branch>{NUMBER})\s*(?P<kind>번길|[가나다라마바사]?길))?"
    rf"\s*(?P<house>{NUMBER}){_COUNTED}{_MINOR}{_TAIL}(?P<lot>\s*번지)?{_FLAT}"
)
_LOT = re.compile(
    rf"(?<![가-힣]){_ADMIN}(?P<ward>{_WARD})\s*(?P<house>{NUMBER}){_COUNTED}{_MINOR}{_TAIL}(?P<lot>\s*번지)?"
)
_HOMES = "아파트|빌라|오피스텔|맨션|타운|빌딩|연립|주공|단지|캐슬|자이|래미안|푸르지오"
_HOME = re.compile(
    rf"(?P<name>(?<![가-힣])[가-힣A-Za-z0-9]{{0,12}}(?:{_HOMES})\s*)?(?<![가-힣\d])(?P<block>{NUMBER})\s*동\s*(?P<flat>{NUMBER})\s*호(?!선)"
)
_ROMAN = re.compile(
    r"\b[A-Z][A-Za-z]+-?(?:daero|ro|gil)(?:\s?\d{1,3}(?:beon)?-?gil)?,?\s+\d{1,4}(?:-\d{1,4})?\b"
    r"|\b\d{1,4}(?:-\d{1,4})?,?\s+[A-Z][A-Za-z]+-(?:daero|ro|gil)(?:\s?\d{1,3}(?:beon)?-?gil)?\b"
)
# Everyday words that end like a road: with a number behind them they are still no address.
_NO_ROADS = """
전화로 문자로 카드로 버스로 택시로 차로 메일로 이메일로 팩스로 서로 바로 새로 따로 별로 주로 홀로 그대로
이대로 저대로 제대로 마음대로 멋대로 함부로 뒤로 위로 아래로 진짜로 정말로 실제로 때로 대체로 억지로 도로 통로
경로 진로 회로 선로 활주로 자전거도로 고속도로 여기로 거기로 저기로 어디로 그리로 이리로 저리로 학교로 회사로
시로 구로 동사무소로 센터로 주민센터로 번호로 주소로 계좌로 하루로 최대로 추가로 별도로 무료로 유료로 세로
가로 서류로 지하철로 오토바이로 자동차로 날짜로 이거로 그거로 걸로 하나로 골목길 큰길 가는길 오는길 지름길
눈길 빗길 밤길 갓길 등굣길 하굣길 출근길 퇴근길 산책길 손길 물길 꽃길 자전거길 앞길 뒷길 옆길 그길 이길 저길
길
"""
_NOT_A_ROAD = frozenset(_NO_ROADS.split())


class Address(NamedTuple):
    """An address: its place in the text, how it is written down, and where in the text its numbers begin."""

    start: int
    end: int
    written: str
    numbers: int


def find_addresses(text: str) -> Iterator[Address]:
    """All addresses in `text`; what is only probably one is left out."""
    for match in _ROAD.finditer(text):
        if _is_road(match, text):
            yield _address(match, _road_words(match), match.end("road"))
    for match in _LOT.finditer(text):
        if match["lot"] or match["admin"] or match["minor"]:
            words = [*match["admin"].split(), match["ward"], _house(match)]
            yield _address(match, words, match.end("ward"))
    for match in _HOME.finditer(text):
        yield _address(match, [*(match["name"] or "").split(), *_flat(match)], match.start("block"))
    for match in _ROMAN.finditer(text):
        digits = re.search(r"\d", match[0])
        numbers = match.start() + (digits.start() if digits else 0)
        yield Address(match.start(), match.end(), " ".join(match[0].split()), numbers)


def _address(match: re.Match[str], words: list[str], numbers: int) -> Address:
    first = match.start() + len(match[0]) - len(match[0].lstrip())
    return Address(first, match.start() + len(match[0].rstrip()), " ".join(words), numbers)


def _is_road(match: re.Match[str], text: str) -> bool:
    road = match["road"]
    # "-(으)므로" is "because"; no house is number nought ("도로공사").
    if road in _NOT_A_ROAD or road.endswith(("으로", "므로")) or not number_of(match["house"][0]):
        return False
    if match["branch"] or match["admin"] or match["minor"] or match["flat"] or match["lot"]:
        return True
    if len(match["house"]) > 1 or match["house"].isdecimal():
        return True
    # One syllable that is a digit is many other things too, unless the sentence ends with it.
    return _DIRECT.match(text, match.end("house")) is not None


def _road_words(match: re.Match[str]) -> list[str]:
    place = match[0][: match.start("road") - match.start()].split()
    branch = [f"{number_of(match['branch'])}{match['kind']}"] if match["branch"] else []
    return [*place, match["road"], *branch, _house(match), *_flat(match)]


def _house(match: re.Match[str]) -> str:
    minor = f"-{number_of(match['minor'])}" if match["minor"] else ""
    return f"{number_of(match['house'])}{minor}"


def _flat(match: re.Match[str]) -> list[str]:
    named = ((match["block"], "동"), (match["flat"], "호"))
    return [f"{number_of(number)}{unit}" for number, unit in named if number]
