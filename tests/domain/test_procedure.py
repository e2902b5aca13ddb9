"""The procedure of a call: every ladder of every preset is walked, and the keys do what the window promises."""

import json
from dataclasses import replace

import pytest

from desktop.adapters.policy.presets import PRESETS
from desktop.adapters.policy.reading import load_policy
from desktop.domain import procedure as rules
from desktop.domain.policy import Axis, Policy, StepKind
from desktop.domain.procedure_crisis import (
    crisis_sentences,
    enter_crisis,
    leave_crisis,
    line_called,
    lines_to_call,
    set_check,
    set_place,
    supervisor_called,
)
from desktop.domain.procedure_record import as_record, belongs_to, from_record
from desktop.domain.procedure_state import Due, Method, Phase, Procedure, Source, strikes

POLICIES = {name: load_policy(name).policy for name in PRESETS}
SEOUL = POLICIES["seoul"]
LADDERS = [(name, each.id) for name, policy in POLICIES.items() for each in policy.classes]


def spoken(state: Procedure, policy: Policy, t: float) -> Procedure:
    """What is pending is played to its end."""
    return rules.play_ended(rules.play_began(state, t), policy, t + 5)


def opened(policy: Policy, class_id: str, t: float = 10.0) -> Procedure:
    state = rules.tap(Procedure(), policy, t, policy.language)
    return rules.change_class(state, policy, t, class_id)


@pytest.mark.parametrize(("preset", "class_id"), LADDERS)
def test_every_ladder_is_walked_step_by_step(preset: str, class_id: str) -> None:
    policy = POLICIES[preset]
    steps = policy.ladder_of(class_id)
    state = opened(policy, class_id)
    axis = policy.class_of(class_id).axis
    assert (state.phase, rules.counters(state, policy)[axis.value]) == (Phase.LADDER, 1)
    t = 10.0
    for index, step in enumerate(steps[:-1]):
        if step.by_exchange:
            assert state.said[index].method is Method.EXCHANGE
            continue
        assert rules.next_step(state, policy) == index
        shown = rules.sentence_now(state, policy, t, "vi")
        state = rules.tap(state, policy, t, "vi")
        assert state.pending is not None
        assert (state.pending.sentence, state.pending.sentence.language) == (shown, "vi")
        # The same key again while the text is still to come does nothing.
        assert rules.tap(state, policy, t + 0.3, "vi") == state
        state = spoken(state, policy, t + 1)
        assert (state.said[-1].step, state.said[-1].complete, state.end) == (index, True, None)
        t += 60
    assert rules.next_step(state, policy) == len(steps) - 1
    state = rules.tap(state, policy, t, "vi")
    assert state.end is not None
    assert (state.end.by, state.end.notice_given, state.end.class_id) == ("agent", True, class_id)
    state = rules.call_ended(state, policy, t + 1, "agent")
    assert state.phase is Phase.ENDED
    assert rules.tap(state, policy, t + 2, "vi") == state


@pytest.mark.parametrize(("preset", "class_id"), LADDERS)
def test_held_is_end_notice_and_end(preset: str, class_id: str) -> None:
    policy = POLICIES[preset]
    state = rules.hold(opened(policy, class_id), policy, 12, "ko")
    assert state.pending is not None
    assert policy.ladder_of(class_id)[state.pending.step].kind is StepKind.END_NOTICE
    assert state.end is None
    state = spoken(state, policy, 13)
    assert state.end is not None
    assert (state.end.by, state.end.notice_given) == ("agent", True)
    taken = [done for _, done in rules.ladder(state, policy)]
    assert taken[-2:] == [True, False]


def test_held_without_anything_before_it() -> None:
    state = rules.hold(Procedure(), SEOUL, 5, "ko")
    assert (state.class_id, state.hits[0].source) == ("verbal", Source.AGENT)
    assert state.pending is not None
    assert state.pending.sentence.text_id == "end_notice"
    # A voice that fails must not keep an agent in the call.
    failed = rules.play_failed(state, SEOUL, 6)
    assert failed.end is not None
    assert failed.end.notice_given is False


def test_a_voice_that_fails_ends_nothing_by_itself() -> None:
    state = rules.play_failed(rules.tap(opened(SEOUL, "verbal"), SEOUL, 11, "ko"), SEOUL, 12)
    assert (state.pending, state.end, rules.next_step(state, SEOUL)) == (None, None, 1)


def test_held_while_a_warning_plays() -> None:
    state = rules.tap(opened(SEOUL, "verbal"), SEOUL, 11, "ko")
    state = rules.hold(rules.play_began(state, 12), SEOUL, 13, "ko")
    assert (state.said[-1].text_id, state.said[-1].complete) == ("verbal_1", False)
    assert state.pending is not None
    assert state.pending.then_end


def test_letting_go_of_the_end() -> None:
    state = rules.cancel(rules.hold(opened(SEOUL, "verbal"), SEOUL, 12, "ko"), SEOUL)
    assert (state.pending, state.end, state.said[-1].method) == (None, None, Method.EXCHANGE)


def test_the_call_of_the_picture() -> None:
    """Two hits of the transcript, one warning by the agent's own voice, one played."""
    state = rules.heard(Procedure(), SEOUL, 217, ["PROFANITY"], matched=("지랄",), confidence=0.9)
    assert state.open_hits == (1,)
    state = rules.tap(state, SEOUL, 225, "ko")
    assert (state.phase, state.class_id, state.open_hits) == (Phase.LADDER, "verbal", ())
    state = rules.said_it(state, SEOUL, 229, "ko")
    state = rules.heard(state, SEOUL, 240, ["PROFANITY", "INSULT"], confidence=0.9)
    assert rules.counters(state, SEOUL) == {"malicious": 2, "difficult": 0}
    state = spoken(rules.tap(state, SEOUL, 246, "ko"), SEOUL, 247)
    assert [(said.text_id, said.method) for said in state.said] == [
        ("seoul_notice", Method.EXCHANGE),
        ("verbal_1", Method.AGENT_VOICE),
        ("seoul_verbal_2", Method.SYSTEM_TEXT),
    ]
    assert "녹음" in state.said[-1].text
    assert rules.counters(state, SEOUL)["malicious"] == 2


def test_keys_alone_count_what_they_answer() -> None:
    state = opened(SEOUL, "verbal", 10)
    for t in (11, 60, 120):
        state = spoken(rules.tap(state, SEOUL, t, "ko"), SEOUL, t + 1)
    assert rules.counters(state, SEOUL)["malicious"] == 3


def test_a_warning_that_was_cut_off_comes_again_and_counts_once() -> None:
    state = rules.play_began(rules.tap(opened(SEOUL, "verbal"), SEOUL, 11, "ko"), 12)
    state = rules.cancel(state, SEOUL)
    assert rules.next_step(state, SEOUL) == 1
    state = rules.tap(state, SEOUL, 60, "ko")
    assert state.pending is not None
    assert state.pending.sentence.text_id == "verbal_1"
    assert rules.counters(state, SEOUL)["malicious"] == 1


def test_calm_keeps_the_count_and_the_place() -> None:
    state = spoken(rules.tap(opened(SEOUL, "verbal"), SEOUL, 11, "ko"), SEOUL, 12)
    state = rules.calm(state, SEOUL, 30)
    assert (state.phase, state.class_id, rules.counters(state, SEOUL)["malicious"]) == (
        Phase.LISTENING,
        "",
        1,
    )
    state = rules.tap(state, SEOUL, 100, "ko")
    assert rules.counters(state, SEOUL)["malicious"] == 2
    shown = rules.sentence_now(state, SEOUL, 101, "ko")
    assert shown is not None
    assert shown.text_id == "seoul_verbal_2"


def test_something_worse_changes_the_ladder_first() -> None:
    state = rules.heard(opened(SEOUL, "verbal"), SEOUL, 20, ["SEXUAL"])
    state = rules.tap(state, SEOUL, 22, "ko")
    assert (state.class_id, state.pending) == ("sexual", None)
    state = rules.tap(state, SEOUL, 23, "ko")
    assert state.pending is not None
    assert state.pending.sentence.text_id == "seoul_sexual"
    held = rules.hold(rules.heard(opened(SEOUL, "verbal"), SEOUL, 20, ["THREAT"]), SEOUL, 21, "ko")
    assert held.pending is not None
    assert held.pending.sentence.text_id == "seoul_threat"


def test_a_wrong_type_moves_the_count_and_a_new_one_does_not() -> None:
    corrected = rules.change_class(rules.tap(Procedure(), SEOUL, 5, "ko"), SEOUL, 6, "long")
    assert rules.counters(corrected, SEOUL) == {"malicious": 0, "difficult": 1}
    warned = spoken(rules.tap(corrected, SEOUL, 7, "ko"), SEOUL, 8)
    assert rules.counters(rules.change_class(warned, SEOUL, 60, "verbal"), SEOUL) == {
        "malicious": 1,
        "difficult": 1,
    }
    with pytest.raises(KeyError):
        rules.change_class(corrected, SEOUL, 7, "nothing")


@pytest.mark.parametrize(
    ("times", "count"),
    [
        ([0], 1),
        ([0, 9.9], 1),
        ([0, 10], 2),
        ([0, 9, 18, 27], 2),
        ([27, 0, 18, 9], 2),
        ([5, 5, 5], 1),
        ([], 0),
    ],
)
def test_hits_within_ten_seconds_are_one(times: list[float], count: int) -> None:
    state = Procedure()
    for t in times:
        state = rules.heard(state, SEOUL, t, ["PROFANITY"])
    assert strikes(state.hits, Axis.MALICIOUS, 10) == count


def test_rejected_and_unsure_hits_never_count() -> None:
    state = rules.heard(Procedure(), SEOUL, 1, ["PROFANITY"], confidence=0.44)
    assert (state.open_hits, rules.counters(state, SEOUL)["malicious"]) == ((1,), 0)
    state = rules.heard(state, SEOUL, 50, ["INSULT"], confidence=0.45)
    assert rules.counters(state, SEOUL)["malicious"] == 1
    state = rules.dismiss(state)
    assert (state.open_hits, rules.counters(state, SEOUL)["malicious"]) == ((), 0)
    assert len(state.hits) == 2
    again = rules.set_rejected(state, 2, rejected=False)
    assert rules.counters(again, SEOUL)["malicious"] == 1


def test_labels_of_no_class_are_nothing() -> None:
    assert rules.heard(Procedure(), SEOUL, 1, []) == Procedure()
    assert rules.heard(Procedure(), SEOUL, 1, ["UNHEARD_OF"]) == Procedure()


def test_automatic_end_only_where_the_centre_wants_it() -> None:
    for wanted in (False, True):
        policy = replace(SEOUL, automatic_end=wanted)
        state = rules.tap(opened(policy, "threat"), policy, 11, "ko")
        state = spoken(state, policy, 12)
        assert (state.end is not None) is wanted
        if state.end is not None:
            assert (state.end.by, state.end.notice_given) == ("policy", True)


def test_the_time_of_a_call() -> None:
    state = Procedure()
    assert rules.time_aid(state, SEOUL, 899).due is Due.NOTHING
    assert rules.time_aid(state, SEOUL, 900).due is Due.NOTICE
    assert rules.time_aid(state, SEOUL, 1200).due is Due.END
    state = rules.tap(state, SEOUL, 905, "ko")
    assert state.class_id == "long"
    state = spoken(rules.tap(state, SEOUL, 906, "ko"), SEOUL, 907)
    assert "5분" in state.said[-1].text
    state = rules.extend(state, SEOUL, 1100, "  explaining ")
    assert (state.extensions[0].reason, rules.time_aid(state, SEOUL, 1200).due) == ("explaining", Due.NOTICE)
    aid = rules.time_aid(state, SEOUL, 1499)
    assert (aid.ends_at, aid.minutes_left) == (1500, 1)
    with pytest.raises(ValueError):
        rules.extend(state, SEOUL, 1100, " \n")
    # The time is one cause for its whole ladder.
    state = spoken(rules.tap(state, SEOUL, 1400, "ko"), SEOUL, 1401)
    assert rules.counters(state, SEOUL) == {"malicious": 0, "difficult": 1}


def test_a_crisis_locks_every_warning() -> None:
    state = rules.play_began(rules.tap(opened(SEOUL, "verbal"), SEOUL, 11, "ko"), 12)
    state = rules.heard(state, SEOUL, 13, ["CRISIS"], matched=("죽고 싶",))
    assert (state.pending, state.crisis_hint is not None) == (None, True)
    assert state.said[-1].complete is False
    for locked in (state, enter_crisis(state, SEOUL, 14)):
        assert rules.tap(locked, SEOUL, 15, "ko") == locked
        assert rules.hold(locked, SEOUL, 15, "ko") == locked
        assert rules.said_it(locked, SEOUL, 15, "ko") == locked
        assert rules.change_class(locked, SEOUL, 15, "threat") == locked
    assert rules.dismiss(state).crisis_hint is None
    inside = enter_crisis(state, SEOUL, 14)
    assert rules.heard(inside, SEOUL, 20, ["PROFANITY"]) == inside
    assert rules.sentence_now(inside, SEOUL, 20, "ko") is None
    # Whoever is in danger is not hung up on: an end that waits is withdrawn.
    ending = spoken(rules.hold(Procedure(), SEOUL, 5, "ko"), SEOUL, 6)
    assert enter_crisis(ending, SEOUL, 12).end is None


def test_the_crisis_path() -> None:
    state = enter_crisis(Procedure(), SEOUL, 60)
    said = crisis_sentences(state, SEOUL, "ko")
    assert [each.text_id for each in said] == [
        "crisis_stay",
        "crisis_ask",
        "crisis_alone",
        "crisis_hurt",
        "crisis_away",
        "crisis_place",
        "seoul_crisis_connect",
    ]
    assert "109" in said[-1].text
    for check in SEOUL.crisis.checks:
        state = set_check(state, SEOUL, check.id, 70)
    state = set_place(state, "집 (주소 확인 중)")
    assert [each.text_id for each in crisis_sentences(state, SEOUL, "ko")] == ["seoul_crisis_connect"]
    state = set_check(state, SEOUL, "alone", 80, done=False)
    assert crisis_sentences(state, SEOUL, "ko")[0].text_id == "crisis_alone"
    state = supervisor_called(line_called(state, SEOUL, "suicide", 90), 95)
    assert supervisor_called(state, 99).crises[-1].supervisor == 95
    with pytest.raises(KeyError):
        set_check(state, SEOUL, "x", 1)
    with pytest.raises(KeyError):
        line_called(state, SEOUL, "x", 1)
    with pytest.raises(ValueError):
        leave_crisis(state, 100, " ")
    left = leave_crisis(state, 100, "통화 연결됨")
    assert (left.phase, left.in_crisis, left.crises[0].lines) == (Phase.LISTENING, False, (("suicide", 90),))
    ended = rules.call_ended(state, SEOUL, 200, "caller")
    assert (ended.in_crisis, set_place(ended, "병원").crises[0].place) == (True, "병원")


def test_numbers_that_are_not_known_are_not_offered() -> None:
    assert [line.number for line in lines_to_call(SEOUL)] == ["119", "109", "112"]
    assert lines_to_call(POLICIES["en"]) == ()
    assert [line.id for line in lines_to_call(POLICIES["mn"])] == ["rescue", "police"]
    with pytest.raises(KeyError):
        line_called(enter_crisis(Procedure(), POLICIES["mn"], 1), POLICIES["mn"], "suicide", 2)


def test_a_record_holds_everything() -> None:
    state = rules.heard(Procedure(), SEOUL, 3, ["PROFANITY"], matched=("지랄",), why="욕설", confidence=0.8)
    state = spoken(rules.tap(rules.tap(state, SEOUL, 4, "ko"), SEOUL, 5, "ko"), SEOUL, 6)
    state = rules.extend(rules.calm(state, SEOUL, 20), SEOUL, 30, "급한 일")
    state = line_called(set_check(enter_crisis(state, SEOUL, 40), SEOUL, "asked", 41), SEOUL, "rescue", 42)
    state = rules.heard(leave_crisis(state, 50, "끝"), SEOUL, 60, ["CRISIS"])
    restored = from_record(json.loads(json.dumps(as_record(state))))
    assert restored == state
    playing = rules.hold(rules.dismiss(state), SEOUL, 70, "ko")
    for each in (playing, rules.play_began(playing, 71)):
        assert from_record(json.loads(json.dumps(as_record(each)))) == each
    older = {name: value for name, value in as_record(playing).items() if name != "pending"}
    assert from_record(older).pending is None


def test_what_nobody_heard_leaves_no_trace() -> None:
    state = rules.tap(Procedure(), SEOUL, 5, "ko")
    playing = rules.play_began(rules.tap(state, SEOUL, 6, "ko"), 7)
    assert rules.never_began(playing, SEOUL) == replace(playing, pending=None)
    assert rules.never_began(state, SEOUL) == state


def test_a_state_goes_on_only_with_a_policy_that_it_fits() -> None:
    state = rules.said_it(rules.tap(Procedure(), SEOUL, 5, "ko"), SEOUL, 6, "ko")
    assert belongs_to(state, SEOUL)
    assert belongs_to(Procedure(), SEOUL)
    fewer = replace(SEOUL, classes=tuple(each for each in SEOUL.classes if each.id != "verbal"))
    shorter = replace(SEOUL, ladders={**SEOUL.ladders, "verbal": SEOUL.ladders["verbal"][-2:]})
    assert not belongs_to(state, fewer)
    assert belongs_to(state, shorter)
    assert not belongs_to(rules.said_it(state, SEOUL, 60, "ko"), shorter)
    assert not belongs_to(replace(Procedure(), phase=Phase.LADDER), SEOUL)


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"phase": "x"},
        {"hits": [{}]},
        {"hits": "x"},
        {"said": [None]},
        {"end": 3},
        {"crises": [{"t": 1}]},
        {"class": 1},
        {"pending": {"t": 1}},
    ],
)
def test_what_is_no_record_is_refused(broken: dict[str, object]) -> None:
    record = {**as_record(Procedure()), **broken} if broken else {}
    with pytest.raises(ValueError):
        from_record(record)
