"""The way of a report: its key, its bytes, its states and pauses."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.delivery import (
    ADVICE,
    LONGEST_PAUSE_S,
    SUPPLEMENT_PAUSE_S,
    UNREACHABLE_PAUSE_S,
    Dead,
    Delivered,
    Delivery,
    DeliveryState,
    Outcome,
    Retry,
    Trouble,
    addressed,
    delivery_key,
    interrupted,
    message_of,
    pause_s,
    settled,
    started,
    taken_up,
)
from desktop.domain.delivery_targets import FolderTarget, HttpsTarget, SmtpTarget
from desktop.domain.escalation import digest, freeze

NOW = datetime(2026, 11, 22, 10, 32, tzinfo=UTC)
TEAM = FolderTarget("team", "민원지원팀", "/srv/reports")
POLICE = HttpsTarget("police-desk", "경찰", "https://reports.example/in?site=1")

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
troubles = st.sampled_from(Trouble)
outcomes: st.SearchStrategy[Outcome] = st.one_of(
    st.builds(Delivered, st.text(max_size=300)),
    st.builds(Retry, troubles, st.just(""), st.floats(0, 1e9)),
    st.builds(Dead, troubles),
)


def waiting(**fields: object) -> Delivery:
    (made,) = addressed(freeze("e1", "c1", 4, "report", NOW, {"말": "값"}), [TEAM], supplement=False)
    return replace(made, **fields)  # type: ignore[arg-type]


def test_a_delivery_for_each_target_with_a_key_that_only_depends_on_what_it_is() -> None:
    version = freeze("e1", "c1", 4, "report", NOW, {})
    made = addressed(version, [TEAM, POLICE], supplement=False)
    assert [each.key for each in made] == ["e1-4-team", "e1-4-police-desk"]
    assert [each.label for each in made] == ["민원지원팀", "경찰"]
    assert {each.next_try for each in made} == {NOW}
    (later,) = addressed(version, [TEAM], supplement=True)
    assert later.next_try == NOW + timedelta(seconds=SUPPLEMENT_PAUSE_S)
    assert later.key == delivery_key("e1", 4, "team")


@given(st.dictionaries(st.text().filter(lambda text: text.isprintable()), json_values, max_size=5))
def test_the_frozen_evidence_is_in_the_message_letter_for_letter(content: dict[str, object]) -> None:
    version = freeze("e1", "c1", 4, "report", NOW, content)
    body = message_of(waiting(), version).body
    assert f'"evidence":{version.canonical},' in body.decode()
    told = json.loads(body)
    assert told["sha256"] == digest(version.canonical)
    assert (told["key"], told["kind"], told["report"], told["version"]) == ("e1-4-team", "report", "e1", 4)
    again = settled(started(waiting()), Retry(Trouble.TIMEOUT), NOW, 0.5)
    assert message_of(again, version).body == body


@given(st.integers(1, 10_000), troubles, st.floats(0, 1))
def test_pauses_grow_under_a_ceiling(attempts: int, trouble: Trouble, chance: float) -> None:
    unreachable = trouble in (Trouble.UNREACHABLE, Trouble.FOLDER_MISSING)
    ceiling = min(UNREACHABLE_PAUSE_S if unreachable else LONGEST_PAUSE_S, 2.0 * 2.0 ** min(attempts - 1, 20))
    assert pause_s(attempts, trouble, 1.0) == ceiling
    assert 0 <= pause_s(attempts, trouble, chance) <= ceiling


@given(outcomes, st.floats(0, 1), st.integers(0, 50))
def test_a_try_has_one_of_three_ends(outcome: Outcome, chance: float, attempts: int) -> None:
    begun = started(waiting(attempts=attempts))
    assert (begun.state, begun.attempts) == (DeliveryState.SENDING, attempts + 1)
    ended = settled(begun, outcome, NOW, chance)
    assert ended.key == begun.key
    assert (ended.delivered is not None) == (ended.state is DeliveryState.DELIVERED)
    if isinstance(outcome, Delivered):
        assert ended.state is DeliveryState.DELIVERED
        assert (ended.trouble, ended.needs_help) == (None, False)
        assert len(ended.receipt) <= 200
        assert ended.receipt.isprintable()
    elif isinstance(outcome, Dead):
        assert ended.state is DeliveryState.DEAD
        assert ended.needs_help
    else:
        assert ended.state is DeliveryState.WAITING
        assert NOW <= ended.next_try <= NOW + timedelta(seconds=LONGEST_PAUSE_S)


@given(st.sampled_from(DeliveryState))
def test_only_what_is_possible_happens(state: DeliveryState) -> None:
    delivery = waiting(state=state)
    steps: dict[DeliveryState, Callable[[], Delivery]] = {
        DeliveryState.WAITING: lambda: started(delivery),
        DeliveryState.SENDING: lambda: interrupted(delivery, NOW),
        DeliveryState.DEAD: lambda: taken_up(delivery, NOW),
    }
    for right, step in steps.items():
        if state is right or (right is DeliveryState.DEAD and state is DeliveryState.WAITING):
            assert step().state in (DeliveryState.WAITING, DeliveryState.SENDING)
        else:
            with pytest.raises(ValueError, match=state.value):
                step()
    if state is not DeliveryState.SENDING:
        with pytest.raises(ValueError, match=state.value):
            settled(delivery, Delivered(), NOW, 0.5)


def test_every_trouble_has_advice() -> None:
    assert set(ADVICE) == set(Trouble)


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://reports.example/", "https"),
        ("https://", "host"),
        ("https://a:b@reports.example/", "keyring"),
        ("https://reports.example/#x", "#"),
        ("https://reports.example/ x", "spaces"),
        ("https://reports.example:99999/", "no web address"),
        ("https://reports.example/\r\nX: y", "plain signs"),
    ],
)
def test_an_address_that_cannot_be_meant_is_refused(url: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        HttpsTarget("team", "Team", url)


@pytest.mark.parametrize("name", ["", "Team", "민원", "a" * 41, "-a", "a/b", "a\n"])
def test_a_name_becomes_a_part_of_the_key(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        FolderTarget(name, "Team", "/srv")


@pytest.mark.parametrize(
    "fields",
    [
        {"host": "mail server"},
        {"port": 0},
        {"sender": "desk"},
        {"recipient": "a@b.example, c@d.example"},
        {"recipient": "a@b.example\nBcc: c@d.example"},
        {"user": "ü"},
        {"label": " "},
        {"ca_file": "a\nb"},
    ],
)
def test_a_mailbox_that_cannot_be_meant_is_refused(fields: dict[str, object]) -> None:
    good: dict[str, object] = {
        "name": "team",
        "label": "Team",
        "host": "mail.example",
        "sender": "desk@city.example",
        "recipient": "team@city.example",
    }
    SmtpTarget(**good)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=next(iter(fields))):
        SmtpTarget(**{**good, **fields})  # type: ignore[arg-type]
