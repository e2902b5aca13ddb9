"""When decoded text is no speech: loops, silence that became words, sentences from broadcasts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

NO_SPEECH = 0.6
DOUBTFUL = -0.8
POOR = -1.0

# What Whisper learnt from subtitles and says to silence. Matched as a whole line, in every language: a part of a
# sentence may be meant.
BROADCAST = re.compile(
    r"(끝까지)?시청해주셔서감사합니다|구독과좋아요(부탁드립니다|눌러주세요)?|다음영상에서만나요"
    r"|(mbc|kbs|sbs)뉴스(이덕영입니다)?|한글자막(by.*)?|자막(제공|by).*|번역by.*|광고를포함하고있습니다"
    r"|오늘영상은여기까지입니다|ご視聴ありがとうございました|チャンネル登録と高評価をお願いします"
    r"|次の動画でお会いしましょう|thanksforwatching|subtitlesbytheamaraorgcommunity"
)


@dataclass(frozen=True, slots=True)
class Decoding:
    """Greedy tokens of one stretch of sound; `logprob` is the mean per token, `no_speech` a probability."""

    tokens: tuple[int, ...]
    logprob: float
    no_speech: float
    looped: bool = False


def refusal(decoding: Decoding, text: str, voiced: float) -> str:
    """Why a final text is not to be shown, "" where it is; `voiced` seconds of its sound are speech."""
    if not text:
        return "empty"
    if decoding.looped:
        return "loop"
    if decoding.no_speech > NO_SPEECH and decoding.logprob < DOUBTFUL:
        return "no speech"
    if voiced < 0.3 and decoding.logprob < POOR:
        return "too short"
    if BROADCAST.fullmatch("".join(c for c in text.lower() if c.isalnum())):
        return "broadcast"
    return ""


def loops(pieces: Sequence[bytes]) -> bool:
    """Whether the tokens, given as their bytes, end in one run three times over that is at least 4 characters.

    Short words may repeat ("네 네 네"), up to five times.
    """
    for length in range(1, len(pieces) // 3 + 1):
        tail = pieces[-length:]
        times = 3 if len(b"".join(tail).decode(errors="ignore").strip()) >= 4 else 6
        if len(pieces) >= times * length and list(pieces[-times * length :]) == list(tail) * times:
            return True
    return False


def token_budget(language: str, seconds: float) -> int:
    """Tokens that speech of this length can have; scripts that take more bytes per character have more."""
    return 10 + int(seconds * (16 if language in ("mn", "th") else 9))
