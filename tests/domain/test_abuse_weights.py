"""The weights beside the rules: the file, what they add, what they take away, and where a site's word goes before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.adapters.abuse.files import load, models
from desktop.domain.abuse import LEARNT, Detector, Turn, Verdict
from desktop.domain.abuse_rules import lexicon, text, weights
from desktop.domain.abuse_rules.weights import Weights, WeightsError, packed, traits_of
from desktop.domain.transcript import Leg
from desktop.paths import resources

RULES = """
language = "ko"
style = "syllables"
[[rule]]
id = "bucket"
label = "INSULT"
frames = ["<바가지 같은"]
"""
LABELS = ("INSULT", "CRISIS")


def model(**weighs: tuple[int, int]) -> Weights:
    """A model in which each word (its first two letters) weighs so much for INSULT and CRISIS."""
    table = bytes(number & 0xFF for pair in weighs.values() for number in pair)
    rows = {"p" + word: row for row, word in enumerate(weighs)}
    limits = dict.fromkeys(LABELS, 0.0)
    keeps = dict.fromkeys(LABELS, -8.0)
    return Weights(LABELS, rows, memoryview(table).cast("b"), 1.0, (-1.0, -1.0), limits, keeps)


def say(
    words: str, own: str = "", language: str = "ko", rules: str = RULES, **weighs: tuple[int, int]
) -> Verdict:
    files = [("small.toml", rules)] + ([("own.toml", 'language = "ko"\n' + own)] if own else [])
    detector = Detector(lexicon.parse(files), {"ko": model(**weighs)})
    return detector.judge(Turn("c", 1.0, language, Leg.CALLER, words))


def test_a_model_is_read_as_it_was_written() -> None:
    written = model(가나=(3, -4), 다라=(0, 127))
    again = weights.read(packed(written))
    assert again == written


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}\n",
        b"nonsense",
        packed(model(가나=(1, 2)))[:-1],
        packed(model(가나=(1, 2))).replace(b'2"', b'9"', 1),
    ],
)
def test_a_file_that_is_not_whole_is_refused(data: bytes) -> None:
    with pytest.raises(WeightsError):
        weights.read(data)


@given(st.text(max_size=300))
def test_traits_stand_in_the_text(said: str) -> None:
    source = text.clean(said)
    assert all(0 <= trait.start < trait.end <= len(source) for trait in traits_of(source))


def test_letters_are_read_as_they_sound() -> None:
    def sounds(said: str) -> set[str]:
        return {trait.name for trait in traits_of(said) if trait.name.startswith("s")}

    assert sounds("죽었어 싶어서") == sounds("주거써 시퍼서") != sounds("오늘 갑니다")
    assert sounds("왜 앉아 끊어서") == sounds("웨 안자 끄너서")


def test_weights_add_a_label_and_tell_the_words() -> None:
    found = say("오늘은 나무를 심으러 갑니다", 나무=(0, 60))
    assert (found.labels, found.severity, found.matched) == (("CRISIS",), "C", ("나무를",))
    assert [reason.rule for reason in found.reasons] == [LEARNT]
    assert say("오늘은 나무를 심으러 갑니다").labels == ()


def test_a_word_or_two_are_not_weighed() -> None:
    assert say("나무를 심", 나무=(0, 120)).labels == ()


def test_weights_take_a_weak_hit_away_but_not_a_sites_own() -> None:
    assert say("바가지 같은 것을 샀어요 나무로").labels == ("INSULT",)
    assert say("바가지 같은 것을 샀어요 나무로", 나무=(-120, 0)).labels == ()
    own = '[[rule]]\nid = "bucket"\nframes = ["<양동이 같은"]\n'
    assert say("바가지 같은 것을 샀어요 나무로", own, 나무=(-120, 0)).labels == ("INSULT",)


def test_a_sites_exception_silences_the_weights() -> None:
    own = '[[rule]]\nid = "bucket"\nnot = ["나무마을"]\n'
    said = "나무마을 회관이 어디에 있나요"
    assert say(said, 나무=(120, 0)).labels == ("INSULT",)
    assert say(said, own, 나무=(120, 0)).labels == ()


def test_a_crisis_is_not_told_as_abuse() -> None:
    assert say("바가지 같은 세상 이제 나무 아래로 갑니다", 나무=(0, 120)).labels == ("CRISIS",)


def test_a_crisis_needs_more_weight_in_a_plain_enquiry_but_a_rule_needs_none() -> None:
    rules = 'enquiry = ["표 예매 되나요$"]\n' + RULES
    rules += '[[rule]]\nid = "gone"\nlabel = "CRISIS"\nframes = ["<사라지고 싶"]\n'
    for words, weight, labels in [
        ("나무 아래로 가는 표 팔아요", 10, ("CRISIS",)),
        ("나무 아래로 가는 표 예매 되나요", 10, ()),
        ("나무 아래로 가는 표 예매 되나요", 20, ("CRISIS",)),
        ("사라지고 싶은데 표 예매 되나요", 0, ("CRISIS",)),
    ]:
        assert say(words, rules=rules, 나무=(0, weight)).labels == labels, words


def test_frames_of_enquiries_are_checked() -> None:
    with pytest.raises(lexicon.LexiconError, match=r"small\.toml: enquiry"):
        say("나무", rules='enquiry = ["{nothing} 되나요"]\n' + RULES, 나무=(0, 0))


@pytest.mark.parametrize(
    "asked",
    [
        "사라지고 싶은데 상담 되나요",
        "살기 싫은데 도움받을 데 있나요",
        "더는 못 살겠어요 빚 때문에 상담 되나요",
    ],
)
def test_despair_that_asks_for_help_stays_a_crisis(asked: str) -> None:
    """An enquiry in form; the first weights that learnt many harmless enquiries disbelieved these."""
    assert "CRISIS" in Detector(load(), models()).judge(Turn("c", 1.0, "ko", Leg.CALLER, asked)).labels


def test_other_languages_are_left_to_the_rules() -> None:
    assert say("the tree is over there by the road", "", "en", tr=(120, 120)).labels == ()


def test_the_weights_of_the_written_language_count() -> None:
    """Whatever language the call has: signs of Japanese are weighed as Japanese, Latin words as English."""
    rules = [("small.toml", RULES), ("ja.toml", 'language = "ja"\nstyle = "letters"\n')]
    ja = model(まち=(0, 120))
    for language, said, labels in [
        ("ko", "まちのはずれのきのしたにいます", ("CRISIS",)),
        ("ja", "まちのはずれのきのしたにいます", ("CRISIS",)),
        ("ja", "오늘은 まち 아래로 갑니다 나무", ()),
    ]:
        detector = Detector(lexicon.parse(rules), {"ja": ja, "ko": model(나무=(0, 0))})
        assert detector.judge(Turn("c", 1.0, language, Leg.CALLER, said)).labels == labels


def test_a_long_text_is_weighed_in_pieces() -> None:
    assert say("그냥 하는 말입니다. " * 40 + "오늘은 나무를 심으러 갑니다", 나무=(0, 120)).labels == (
        "CRISIS",
    )


def test_the_shipped_weights_are_small_and_hear_what_no_rule_says() -> None:
    sizes = [path.stat().st_size for path in (resources() / "abuse").glob("*.weights")]
    assert len(sizes) == len(models())
    assert sum(sizes) <= 2_000_000
    said = "통장이랑 열쇠는 식탁에 두고 나왔어요 이제 다시 안 들어가요"
    turn = Turn("c", 1.0, "ko", Leg.CALLER, said)
    assert Detector(load()).judge(turn).labels == ()
    found = Detector(load(), models()).judge(turn)
    assert found.labels == ("CRISIS",)
    assert all(words in said for words in found.matched)
    assert found.matched
