"""Three groups, one digit each."""

from __future__ import annotations

from desktop.domain.escalation import AbuseKind, Feeling
from desktop.ui.escalation.form_steps import FormSteps, Group


def test_digits_walk_from_group_to_group() -> None:
    steps = FormSteps()
    assert [steps.digit(n) for n in (1, 1, 2)] == [True, True, True]
    assert (steps.form.kind, steps.form.concrete_threat, steps.form.feeling) == (
        AbuseKind.VERBAL,
        False,
        Feeling.SHAKEN,
    )
    assert steps.listening is Group.FEELING


def test_a_digit_without_a_choice_changes_nothing() -> None:
    steps = FormSteps()
    assert not steps.digit(8)
    assert not steps.digit(0)
    assert steps.listening is Group.KIND
    assert steps.form.kind is None


def test_an_earlier_group_can_be_answered_again() -> None:
    steps = FormSteps()
    for digit in (1, 2, 3):
        steps.digit(digit)
    steps.choose(Group.KIND, 2)
    assert steps.form.kind is AbuseKind.THREAT
    assert steps.form.feeling is Feeling.HARD
    assert steps.listening is Group.THREAT


def test_heard_quotes_are_a_set_in_order() -> None:
    steps = FormSteps()
    for start, heard in ((9.0, True), (2.0, True), (9.0, True), (2.0, False)):
        steps.set_heard(start, heard)
    assert steps.form.heard == (9.0,)


def test_the_digits_of_the_kinds_stay_and_a_crisis_is_the_seventh() -> None:
    names = ["verbal", "sexual", "threat", "long_repeated", "prank", "other", "crisis"]
    for digit, name in enumerate(names, 1):
        steps = FormSteps()
        assert steps.digit(digit)
        assert steps.form.kind is AbuseKind(name)
