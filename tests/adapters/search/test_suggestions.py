"""The one card: the right article from the citizen's words, silence on small talk, never two in twenty seconds."""

import random
from pathlib import Path

import pytest

from desktop.adapters.search.index import FaqIndex, suggests
from desktop.adapters.search.suggestions import Suggester
from desktop.domain.faq import Suggestion
from tests.adapters.search.spoken import CALLS, SMALL_TALK, Call, misheard

CHATTER = Path(__file__).parents[2] / "data" / "faq" / "chatter-ko.txt"
TURN_S = 14.0
"""A line of the caller and the agent's answer."""


def cards_of(sample: FaqIndex, lines: list[str]) -> list[Suggestion]:
    suggester = Suggester(sample)
    cards = []
    for place, line in enumerate(lines):
        cards.append(suggester.feed(line, place * TURN_S))
        cards.append(suggester.poll((place + 0.7) * TURN_S))
    return [card for card in cards if card is not None]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.scenario)
def test_scenario_gets_its_article(sample: FaqIndex, call: Call) -> None:
    cards = cards_of(sample, list(call.lines))
    assert set(call.articles) & {card.article_id for card in cards}
    assert all(any(card.cause in line for line in call.lines) for card in cards)


@pytest.mark.parametrize("call", [CALLS[0], CALLS[1], CALLS[4]], ids=lambda call: call.scenario)
def test_first_card_is_right_and_comes_from_the_first_line(sample: FaqIndex, call: Call) -> None:
    first = Suggester(sample).feed(call.lines[0], 5.0)
    assert first is not None
    assert first.article_id == call.articles[0]


@pytest.mark.parametrize("call", [CALLS[0], CALLS[4]], ids=lambda call: call.scenario)
def test_no_other_card_comes_where_no_neighbour_is_near(basics: FaqIndex, call: Call) -> None:
    assert {card.article_id for card in cards_of(basics, list(call.lines))} <= set(call.articles)


@pytest.mark.parametrize(
    ("scenario", "least"),
    [("S01", 8), ("S02", 8), ("S03", 6), ("S04", 5), ("S05", 6), ("S06", 9), ("S07", 6), ("S08", 8)],
)
def test_misheard_lines_still_find_it(basics: FaqIndex, scenario: str, least: int) -> None:
    call = next(call for call in CALLS if call.scenario == scenario)
    found = wrong = 0
    for seed in range(10):
        chance = random.Random(f"{scenario}{seed}")
        cards = cards_of(basics, [misheard(line, 0.3, chance) for line in call.lines])
        found += any(card.article_id in call.articles for card in cards)
        wrong += bool(cards) and scenario in ("S01", "S05") and cards[0].article_id not in call.articles
    assert found >= least
    assert wrong <= 1


def test_small_talk_brings_no_card(sample: FaqIndex) -> None:
    assert [line for line in SMALL_TALK if sample.suggestion(line)] == []
    chance = random.Random(11)
    noisy = [misheard(line, share, chance) for share in (0.15, 0.3) for line in SMALL_TALK for _ in range(3)]
    assert sum(sample.suggestion(line) is not None for line in noisy) <= len(noisy) // 100


def test_small_talk_in_a_row_brings_no_card(sample: FaqIndex) -> None:
    suggester = Suggester(sample)
    assert [line for at, line in enumerate(SMALL_TALK) if suggester.feed(line, at * 3.0)] == []


def test_one_sentence_of_small_talk_in_twenty_brings_a_card_at_most(sample: FaqIndex) -> None:
    lines = CHATTER.read_text(encoding="utf-8").splitlines()
    assert len(lines) > 600
    assert sum(sample.suggestion(line) is not None for line in lines) <= len(lines) // 20


def test_suggest_flag_agrees_with_the_card(basics: FaqIndex) -> None:
    for text in ("이사 가는데 수도요금 정산 어떻게 해요", "네 감사합니다"):
        assert suggests(basics.search(text, mode="transcript")) == (basics.suggestion(text) is not None)


def test_one_card_in_twenty_seconds_and_the_second_waits(basics: FaqIndex) -> None:
    suggester = Suggester(basics)
    first = suggester.feed("여권을 잃어버렸어요", 10.0)
    assert first is not None
    assert suggester.feed("장롱을 버리려면 스티커 어디서 사요", 15.0) is None
    assert suggester.poll(29.9) is None
    second = suggester.poll(30.0)
    assert second is not None
    assert (first.article_id, second.article_id) == ("F002", "F030")
    assert suggester.poll(60.0) is None


def test_a_card_that_waited_too_long_is_forgotten(basics: FaqIndex) -> None:
    suggester = Suggester(basics)
    suggester.suppress(True)
    assert suggester.feed("여권을 잃어버렸어요", 10.0) is None
    suggester.suppress(False)
    assert suggester.poll(41.0) is None


def test_suppressed_then_shown(basics: FaqIndex) -> None:
    suggester = Suggester(basics)
    suggester.suppress(True)
    assert suggester.feed("여권을 잃어버렸어요", 10.0) is None
    suggester.suppress(False)
    card = suggester.poll(12.0)
    assert card is not None
    assert card.article_id == "F002"


def test_same_article_is_not_offered_again_soon_and_never_after_dismissal(basics: FaqIndex) -> None:
    suggester = Suggester(basics)
    text = "여권을 잃어버렸어요"
    assert suggester.feed(text, 0.0) is not None
    assert suggester.feed(text, 60.0) is None
    assert suggester.feed(text, 130.0) is not None
    suggester.dismiss("F002")
    assert suggester.feed(text, 300.0) is None
    suggester.reset()
    assert suggester.feed(text, 0.0) is not None


def test_a_sentence_cut_in_two_by_a_breath(basics: FaqIndex) -> None:
    suggester = Suggester(basics)
    assert suggester.feed("제가 지금 혼자", 1.0) is None
    assert basics.suggestion("사는데") is None
    card = suggester.feed("사는데", 3.0)
    assert card is not None
    assert (card.article_id, card.cause) == ("F026", "사는데")


def test_cause_is_the_sentence_that_asked(basics: FaqIndex) -> None:
    card = Suggester(basics).feed("안녕하세요. 수고 많으십니다. 수도요금 정산 좀 하려고요. 네.", 0.0)
    assert card is not None
    assert card.cause == "수도요금 정산 좀 하려고요."
