"""Session descriptions in provisional answers to a call of ours.

One that the library can't use makes it give up the call, and of the next one, in the answer that crosses its CANCEL, it
dies. So it is shown early only what it surely can use.
"""

from __future__ import annotations

import re

LINE = re.compile(
    rb"v=0|o=\S+ \d{1,19} \d{1,19} IN IP4 [\w.\-]+|s=[^\0]+|c=IN IP4 [\d.]{7,15}|t=\d{1,19} \d{1,19}"
    rb"|b=[A-Z]{2,6}:\d{1,7}|m=[\x21-\x7e ]+|a=(?!rtpmap)[\x20-\x7e]+"
    rb"|a=rtpmap:(?:0 PCMU|8 PCMA|9 G722|\d{2,3} [\w.\-]+)/\d{4,6}(?:/\d)?",
    re.I,
)
SOUND = re.compile(rb"m=audio (\d{1,5}) (RTP/S?AVPF?)((?: \d{1,3})+)\Z")
OURS = frozenset((b"0", b"8", b"9"))
"""Payload types of PCMU, PCMA and G722."""


def usable(offer: bytes, answer: bytes) -> bool:
    """Whether `answer` surely agrees with our `offer` on one of our codecs, and reads like any other."""
    asked, told = _sound(offer), _sound(answer)
    if asked is None or told is None or not all(LINE.fullmatch(line) for line in _lines(answer)):
        return False
    return 0 < int(told[1]) < 2**16 and bool(OURS.intersection(told[3].split(), asked[3].split()))


def _lines(description: bytes) -> list[bytes]:
    return [line.rstrip(b"\r ") for line in description.split(b"\n") if line.strip()]


def _sound(description: bytes) -> re.Match[bytes] | None:
    media = [line for line in _lines(description) if line[:2].lower() == b"m="]
    return SOUND.match(media[0]) if len(media) == 1 else None
