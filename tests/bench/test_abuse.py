"""The bars of the detection on the half of its development set that is never tuned on."""

from __future__ import annotations

import json

import pytest

from bench import abuse
from desktop.adapters.abuse.files import load, models
from desktop.domain.abuse import Detector, Turn
from desktop.domain.transcript import Leg

NO_ALARM = ("number", "numberlist", "enquiry", "enquiry_nospace", "agent")


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(load(), models())


@pytest.fixture(scope="module")
def korean(detector: Detector) -> abuse.Result:
    return abuse.measure(abuse.rules(detector), abuse.sentences(["ko"], "b"))


def test_the_set_is_large_and_a_third_of_it_benign() -> None:
    everything = abuse.sentences()
    of = {
        language: [each for each in everything if each.language == language] for language in abuse.LANGUAGES
    }
    assert len(everything) >= 2000
    assert len(of["ko"]) >= 1200
    assert min(map(len, of.values())) >= 150
    assert min(sum(not each.labels for each in some) / len(some) for some in of.values()) >= 0.33
    assert len({(each.language, each.text) for each in everything}) == len(everything)


def test_korean_labels(korean: abuse.Result) -> None:
    assert korean.macro_f1 >= 0.90


def test_korean_false_alarms(korean: abuse.Result) -> None:
    assert korean.false_alarms <= 0.01, korean.false_alarms


def test_crisis_is_found_and_never_answered_as_abuse(korean: abuse.Result) -> None:
    assert korean.labels["CRISIS"].recall >= 0.95
    assert korean.crisis_as_abuse == 0


def test_no_alarm_on_numbers_enquiries_and_the_agent(detector: Detector) -> None:
    some = [each for each in abuse.sentences() if each.kind in NO_ALARM]
    assert len(some) > 200
    assert abuse.measure(abuse.rules(detector), some).alarms == []


@pytest.mark.parametrize("language", [each for each in abuse.LANGUAGES if each != "ko"])
def test_the_other_languages(language: str, detector: Detector) -> None:
    result = abuse.measure(abuse.rules(detector), abuse.sentences([language], "b"))
    assert result.macro_f1 >= 0.90
    assert result.labels["CRISIS"].recall >= 0.95
    assert result.false_alarms <= 0.05


def test_better_than_a_word_list(korean: abuse.Result) -> None:
    plain = abuse.measure(abuse.word_list(load()), abuse.sentences(["ko"], "b"))
    assert korean.macro_f1 > plain.macro_f1 + 0.2
    assert korean.false_alarms < plain.false_alarms


def test_timed_calls(detector: Detector) -> None:
    wrong = []
    for line in (abuse.DATA / "calls.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        found = detector.judge(Turn(row["call_id"], row["t"], row["lang"], Leg(row["leg"]), row["text"]))
        if (list(found.labels), found.alert) != (row["labels"], row["alert"]):
            wrong.append((row["id"], found.labels, found.alert))
    assert wrong == []
