"""Words that the recogniser did not trust, found from what it says of its tokens."""

from __future__ import annotations

import pytest

from desktop.adapters.stt.acceptance import Decoding
from desktop.adapters.stt.doubts import doubts
from desktop.adapters.stt.pieces import joined

SURE, UNSURE = -0.05, -2.0


def found(text: str, unsure: str, spare: bytes = b"") -> list[str]:
    """Tokens are bytes; those of the characters in `unsure` have a low probability."""
    content = text.encode() + spare
    low = {at for at, c in enumerate(text) if c in unsure}
    logprobs = tuple(UNSURE if at in low else SURE for at, c in enumerate(text) for _ in c.encode()) + (
        SURE,
    ) * len(spare)
    decoding = Decoding(tuple(content), -0.1, 0.0, logprobs=logprobs)
    stripped = text.strip()
    return [stripped[start:end] for start, end in doubts(decoding, bytes)]


@pytest.mark.parametrize(
    ("text", "unsure", "words"),
    [
        ("수도요금은 어떻게 내요", "", []),
        ("수도요금은 어떻게 내요", "어떻게", ["어떻게"]),
        ("수도요금은 어떻게 내요", "어떻내요", ["어떻게 내요"]),
        (" the water bill", "water", ["the water"]),
        ("네 안녕하세요", "네", ["네"]),
        ("말", "말", ["말"]),
    ],
)
def test_whole_words_by_the_mean_of_their_tokens(text: str, unsure: str, words: list[str]) -> None:
    assert found(text, unsure) == words


def test_in_scripts_without_spaces_it_is_the_stretch_itself() -> None:
    assert found("ขอสอบถามเรื่องค่าน้ำประปาครับ", "ประ") != []
    assert found("水道料金はどこで払えばいいですか教えてください", "払") == ["払"]


def test_a_character_cut_at_the_end_has_no_word() -> None:
    assert found("수도요금", "", "번".encode()[:2]) == []


def test_without_probabilities_of_tokens_nothing_is_said() -> None:
    assert doubts(Decoding((65, 66), -5.0, 0.0), bytes) == ()
    assert doubts(Decoding((65, 66), -5.0, 0.0, logprobs=(-5.0,)), bytes) == ()


def test_pieces_keep_them_where_all_have_them() -> None:
    one, other = (Decoding((65,), -0.1, 0.0, logprobs=(value,)) for value in (-0.1, -3.0))
    assert joined([one, other]).logprobs == (-0.1, -3.0)
    assert joined([one, Decoding((66,), -0.1, 0.0)]).logprobs is None
