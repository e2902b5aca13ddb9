"""Detection of abuse and crisis: views of the text, frames, the lexicon's errors, contexts, calls."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.adapters.abuse.files import load, models
from desktop.domain.abuse import NOTHING, Detector, Turn, Verdict
from desktop.domain.abuse_rules import lexicon, reasons, text
from desktop.domain.abuse_rules.frame_reader import FrameError, FrameReader
from desktop.domain.abuse_rules.lexicon import LexiconError
from desktop.domain.abuse_rules.said import prepare
from desktop.domain.transcript import Leg

SMALL = """
language = "ko"
style = "syllables"
[lists]
you = "너 네가"
[[rule]]
id = "curse"
label = "PROFANITY"
words = "씨발"
[[rule]]
id = "harm"
label = "THREAT"
frames = ["<{you} .. 때릴 거|까"]
not = ["북 .. 때릴"]
"""


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(load(), models())


def say(
    detector: Detector, words: str, language: str = "ko", leg: Leg = Leg.CALLER, call: str = ""
) -> Verdict:
    return detector.judge(Turn(call or f"call of {words}", 1.0, language, leg, words))


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("ㅅㅣㅂㅏㄹ", "시발"),
        ("tlqkf 왜", "시발 왜"),
        ("ＡＢＣ", "abc"),
        ("씨\u200b발", "씨발"),
        ("fuuuuck", "fuck"),
    ],
)
def test_the_plain_view(said: str, plain: str) -> None:
    assert text.plain(text.clean(said), korean=True).text == plain


@pytest.mark.parametrize(
    ("said", "tight"),
    [("시1발", "시발"), ("씨~발", "씨발"), ("씨이이발", "씨발"), ("개 새 끼 야", "개새끼야")],
)
def test_the_tight_view(said: str, tight: str) -> None:
    assert text.tight(text.plain(text.clean(said), korean=True), korean=True).text == tight


@given(st.text(max_size=80))
def test_views_know_where_their_characters_come_from(said: str) -> None:
    source = text.clean(said)
    for korean in (True, False):
        plain = text.plain(source, korean)
        for view in (plain, text.tight(plain, korean)):
            assert len(view.text) == len(view.source)
            assert all(0 <= place < len(source) for place in view.source)
            assert list(view.source) == sorted(view.source)


@given(st.text(max_size=120), st.sampled_from(["ko", "en", "ja", "vi", "th", "mn", "xx"]))
def test_any_text_has_an_answer(said: str, language: str) -> None:
    verdict = say(_SHARED, said, language)
    assert bool(verdict.labels) == (verdict.severity != "L0")


_SHARED = Detector(lexicon.parse([("small.toml", SMALL)]))


def test_a_long_text_is_cut_in_its_middle(detector: Detector) -> None:
    assert len(text.clean("가" * 10_000)) <= text.LONGEST + 1
    assert say(detector, "안녕하세요 " * 400 + "씨발").labels == ("PROFANITY",)


def test_frames_have_gaps_lists_and_borders() -> None:
    frame = FrameReader({"you": ("너",)}, "syllables").read("<{you} .. 때릴 거|까")
    assert list(frame.find(prepare("너 한번 때릴 거야", "syllables")))
    assert not list(frame.find(prepare("하너 때릴 거야", "syllables")))
    assert not list(frame.find(prepare("너. 그 북을 때릴 거야", "syllables")))


@pytest.mark.parametrize("written", ["", "..", "a||b", "{none} x", "a|<b", "[ab", "a ^ b", "$ a"])
def test_bad_frames_are_refused(written: str) -> None:
    with pytest.raises(FrameError):
        FrameReader({}, "syllables").read(written)


def test_all_errors_of_a_lexicon_come_at_once() -> None:
    bad = """
language = "ko"
style = "syllables"
colour = 1
off = ["nothing"]
[contexts]
reported = ["말"]
[[rule]]
id = "a"
label = "RUDE"
[[rule]]
id = "b"
label = "INSULT"
severity = "L1"
frames = ["{none} x"]
[[rule]]
label = "INSULT"
about = "no such reason"
"""
    with pytest.raises(LexiconError) as found:
        lexicon.parse([("bad.toml", bad), ("worse.toml", "[[["), ("none.toml", "style = 'words'")])
    said = "\n".join(found.value.problems)
    for part in (
        "colour",
        "off",
        "@ belongs",
        "RUDE",
        "severity",
        "{none}",
        "id is missing",
        "worse.toml",
        "none.toml",
    ):
        assert part in said.replace("label is none of", "RUDE"), part


def test_a_site_adds_and_switches_off() -> None:
    own = """
language = "ko"
off = ["curse"]
[lists]
you = "그쪽"
[[rule]]
id = "harm"
not = "<농담 .. 때릴"
[[rule]]
id = "own"
label = "INSULT"
frames = ["<바가지 같은 것"]
"""
    changed = Detector(lexicon.parse([("small.toml", SMALL), ("own.toml", own)]))
    assert say(changed, "씨발").labels == ()
    assert say(changed, "그쪽 때릴 거야").labels == ("THREAT",)
    assert say(changed, "바가지 같은 것").labels == ("INSULT",)


def test_every_shipped_rule_has_a_reason(detector: Detector) -> None:
    for language, shipped in load().items():
        assert len(shipped.rules) >= 6, language
        assert sum(len(rule.words) + len(rule.frames) for rule in shipped.rules) >= 80, language
        assert {label for rule in shipped.rules for label in [rule.label]} == set(lexicon.LABELS)
        assert {rule.about for rule in shipped.rules} <= set(reasons.REASONS)


@pytest.mark.parametrize(
    ("said", "labels"),
    [
        ("도시 발전 계획이요", ()),
        ("다시 발급해 주세요", ()),
        ("시발 진짜", ("PROFANITY",)),
        ("진짜시발전화좀받아", ("PROFANITY",)),
        ("십팔 번이요", ()),
        ("이런 십팔 진짜", ("PROFANITY",)),
        ("택시 기사가 씨발이라고 욕했어요", ()),
        ("내가 너 죽여 버린다고 했지", ("THREAT",)),
        ("누가 죽여 버리겠다고 협박했어요", ()),
        ("제가 등신이죠 그걸 잊고", ()),
        ("이 등신아", ("PROFANITY",)),
        ("더워 죽겠어요", ()),
        ("죽고 싶어요", ("CRISIS",)),
        ("죽고 싶냐 너", ("THREAT",)),
        ("씨발 나 그냥 죽고 싶다고", ("CRISIS",)),
        ("고양이가 새끼를 낳았어요", ()),
    ],
)
def test_mechanisms(said: str, labels: tuple[str, ...], detector: Detector) -> None:
    assert say(detector, said).labels == labels


def test_matched_words_stand_in_the_text(detector: Detector) -> None:
    said = "아니 시1발 뭐 하는 거야 너 죽여 버린다"
    verdict = say(detector, said)
    assert verdict.labels == ("PROFANITY", "THREAT")
    assert verdict.severity == "L4"
    assert verdict.matched
    assert all(words in said for words in verdict.matched)
    assert "rule sibal" in verdict.why


def test_the_agents_leg_is_never_judged(detector: Detector) -> None:
    for leg in (Leg.AGENT, Leg.THIRD):
        assert say(detector, "씨발이라고 하지 마세요", leg=leg) == NOTHING


def test_scripts_are_heard_whatever_the_language_says(detector: Detector) -> None:
    assert say(detector, "개새끼야", "en").labels == ("PROFANITY",)
    assert say(detector, "what the fuck", "ko").labels == ("PROFANITY",)
    assert say(detector, "死にたい", "ko").labels == () or say(detector, "もう死にたい", "ko").labels == (
        "CRISIS",
    )


def test_calls_are_forgotten_one_by_one() -> None:
    many = Detector(lexicon.parse([("small.toml", SMALL)]))
    for number in range(1_200):
        say(many, "씨발", call=str(number))
    assert say(many, "씨발", call="1199").alert is False
    assert say(many, "씨발", call="0").alert is True


def test_a_glance_finds_the_words_and_remembers_nothing(detector: Detector) -> None:
    said = "너 내가 불 질러 버린다"
    words = detector.glance("ko", said)
    assert words
    assert all(each in said for each in words)
    assert detector.glance("ko", "도시 발전 계획이 궁금해요") == detector.glance("ko", " ") == ()
    before = dict(detector._calls)
    for _ in range(3):
        detector.glance("ko", said)
    assert detector._calls == before
    assert say(detector, said, call="after glances").alert, "what was glimpsed is new when it is said"
