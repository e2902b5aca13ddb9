"""Agreement, whole characters and what is refused as no speech."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.adapters.stt.acceptance import Decoding, loops, refusal, token_budget
from desktop.adapters.stt.agreement import Agreement, ends_whole, readable
from desktop.adapters.stt.invented import bare, invented, read_invented
from desktop.paths import resources

SURE = Decoding((1,), -0.2, 0.01)


@settings(max_examples=60)
@given(st.text(), st.integers(0, 200))
def test_a_cut_anywhere_never_shows_a_broken_character(text: str, cut: int) -> None:
    content = text.encode("utf-8", "ignore")
    part = readable(content[:cut])
    assert "\ufffd" not in part
    if ends_whole(content[:cut]):
        assert content[:cut].decode() is not None


@settings(max_examples=60)
@given(st.binary())
def test_any_bytes_become_clean_text(content: bytes) -> None:
    text = readable(content)
    assert "\ufffd" not in text
    assert all(c.isprintable() or c.isspace() for c in text if ord(c) < 256)


def test_a_character_cut_in_the_middle_is_not_whole() -> None:
    content = "안녕".encode()
    assert [ends_whole(content[:n]) for n in range(7)] == [True, False, False, True, False, False, True]


def test_two_in_a_row_must_agree() -> None:
    agreement = Agreement()
    assert agreement.add([1, 2, 3]) == 0
    assert agreement.add([1, 2, 4, 5]) == 2
    assert agreement.add([1, 2, 4, 5]) == 3
    assert agreement.add([9]) == 0
    assert agreement.add([]) == 0


@pytest.mark.parametrize(
    ("decoding", "text", "voiced", "reason"),
    [
        (SURE, "네", 0.4, ""),
        (SURE, "감사합니다", 0.8, ""),
        (SURE, "", 1.0, "empty"),
        (Decoding((1,), -0.2, 0.9), "여권을 잃어버렸어요", 2.0, ""),
        (Decoding((1,), -0.9, 0.7), "아", 2.0, "no speech"),
        (Decoding((1,), -1.2, 0.1), "아", 0.2, "too short"),
        (Decoding((1,), -0.1, 0.0, looped=True), "네네네", 2.0, "loop"),
        (SURE, "시청해 주셔서 감사합니다.", 2.0, "broadcast"),
        (SURE, "MBC 뉴스 이덕영입니다.", 2.0, "broadcast"),
        (SURE, "Thanks for watching!", 2.0, "broadcast"),
        (SURE, "자막 by 홍길동", 2.0, "broadcast"),
        (SURE, "Hãy subscribe cho kênh Ghiền Mì Gõ Để không bỏ lỡ những video hấp dẫn", 2.0, "broadcast"),
        (SURE, "ขอบคุณที่รับชมค่ะ", 2.0, "broadcast"),
        (SURE, "뉴스에서 시청해 주셔서 감사합니다 라고 들었어요", 3.0, ""),
    ],
)
def test_refusals(decoding: Decoding, text: str, voiced: float, reason: str) -> None:
    assert refusal(decoding, text, voiced) == reason


@pytest.mark.parametrize(
    ("logprob", "certainty", "text", "reason"),
    [
        (-0.9, 0.55, "감사합니다.", "polite"),
        (-0.9, 0.55, "ขอบคุณค่ะ", "polite"),
        (-0.9, 0.55, "감사합니다 내일 갈게요", ""),
        (-0.9, 0.7, "감사합니다.", ""),
        (-0.5, 0.55, "감사합니다.", ""),
    ],
)
def test_a_polite_phrase_needs_a_weak_voice_and_doubt_to_be_left_out(
    logprob: float, certainty: float, text: str, reason: str
) -> None:
    assert refusal(Decoding((1,), logprob, 0.0), text, 1.0, certainty) == reason


def test_the_lists_have_every_language_of_the_desk() -> None:
    lists = tomllib.loads((resources() / "speech" / "invented.toml").read_text(encoding="utf-8"))
    assert set(lists) >= {"ko", "en", "ja", "vi", "th", "mn"}
    for language, kinds in lists.items():
        assert set(kinds) == {"broadcast", "polite"}, language
        for lines in kinds.values():
            assert lines
            assert all(len(bare(line)) >= (1 if lines is kinds["polite"] else 2) for line in lines)
    polite = {bare(line) for kinds in lists.values() for line in kinds["polite"]}
    assert not any(invented().broadcast.has(line) for line in polite), (
        "a reply that people give is not refused"
    )


def test_a_list_that_cannot_be_read_refuses_nothing(tmp_path: Path) -> None:
    for content in ("not toml", "ko = 3", "[ko]\nbroadcast = [1]\npolite = []"):
        path = tmp_path / "list.toml"
        path.write_text(content)
        assert not read_invented(path).broadcast.has("시청해 주셔서 감사합니다")
    assert not read_invented(tmp_path / "absent.toml").broadcast.has("")


def test_loops_are_noticed_and_short_words_may_repeat() -> None:
    def tokens(text: str) -> list[bytes]:
        return [word.encode() for word in text.split()]

    assert loops(tokens("감사합니다 감사합니다 감사합니다"))
    assert loops(tokens("저 는 갑니다 는 갑니다 는 갑니다"))
    assert not loops(tokens("네 네 네 네 네"))
    assert loops(tokens("네 네 네 네 네 네"))
    assert not loops(tokens("공 일 공 이 삼 사 공 일 공"))
    assert not loops([])


def test_the_budget_follows_length_and_script() -> None:
    assert token_budget("ko", 4.0) == 46
    assert token_budget("th", 4.0) == 74


@pytest.mark.parametrize(
    ("voiced", "certainty", "reason"),
    [(0.4, 0.75, ""), (0.4, 0.68, "faint"), (0.9, 0.68, ""), (0.9, 0.55, "faint"), (1.5, 0.55, "")],
)
def test_what_sounds_like_a_voice_for_a_moment_is_none(voiced: float, certainty: float, reason: str) -> None:
    assert refusal(Decoding((1,), -0.05, 0.0), "아", voiced, certainty) == reason
