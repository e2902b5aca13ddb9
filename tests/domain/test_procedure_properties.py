"""No sequence of keys, hits and sounds breaks what the procedure promises, in any preset."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from desktop.adapters.policy.presets import PRESETS
from desktop.adapters.policy.reading import load_policy
from desktop.domain import procedure as rules
from desktop.domain.policy import Axis, StepKind
from desktop.domain.procedure_crisis import enter_crisis, leave_crisis
from desktop.domain.procedure_record import as_record, from_record
from desktop.domain.procedure_state import Hit, Method, Phase, Procedure, Source, strikes

POLICIES = [load_policy(name).policy for name in PRESETS]
LABELS = ("PROFANITY", "INSULT", "THREAT", "SEXUAL", "PERSISTENT")
AGENT_ENDS = {"tap", "hold", "play_ended", "play_failed"}


class Calls(RuleBasedStateMachine):
    """One call, with anything happening in any order."""

    @initialize(number=st.integers(0, len(POLICIES) - 1), automatic=st.booleans())
    def begin(self, number: int, automatic: bool) -> None:
        self.policy = replace(POLICIES[number], automatic_end=automatic)
        self.state = Procedure()
        self.t = 0.0
        self.wanted_end = False

    def change(self, after: Procedure, what: str) -> None:
        before, self.state = self.state, after
        if before.warnings_locked and what not in ("leave_crisis", "dismiss", "call_ended"):
            # Nothing of a ladder is reached: no text is about to be played, none was said, no end is asked for.
            assert after.pending is None
            assert len(after.said) == len(before.said)
            assert after.end in (None, before.end)
        if after.end is not None and before.end is None:
            assert what in AGENT_ENDS
            assert after.end.by == "policy" if not self.wanted_end else after.end.by == "agent"
            assert after.end.by == "agent" or self.policy.automatic_end
        new = [said for said in after.said[len(before.said) :] if said.method is not Method.EXCHANGE]
        assert len(new) <= 1
        for said in new:
            kinds = [step.kind for step in self.policy.ladders[said.ladder]]
            before_it = [e.step for e in before.said if e.ladder == said.ladder and e.complete]
            given = [n for n, s in enumerate(self.policy.ladders[said.ladder]) if s.by_exchange]
            expected = max([*before_it, *given], default=-1) + 1
            # A step is passed over only on the way to the end notice, by the key that is held.
            assert said.step == expected or (kinds[said.step] is StepKind.END_NOTICE and said.step > expected)
        if what != "set_rejected" and what != "dismiss":
            assert [hit.rejected for hit in after.hits[: len(before.hits)]] == [
                h.rejected for h in before.hits
            ]

    @rule(seconds=st.floats(0, 120))
    def wait(self, seconds: float) -> None:
        self.t += seconds

    @rule(labels=st.lists(st.sampled_from(LABELS), max_size=3), confidence=st.floats(0, 1))
    def heard(self, labels: list[str], confidence: float) -> None:
        self.change(rules.heard(self.state, self.policy, self.t, labels, confidence=confidence), "heard")

    @rule(really=st.integers(0, 2))
    def crisis_heard(self, really: int) -> None:
        if not really:
            self.change(rules.heard(self.state, self.policy, self.t, ["CRISIS", "PROFANITY"]), "crisis_heard")

    @rule()
    def tap(self) -> None:
        at_end = rules.next_step(self.state, self.policy)
        self.wanted_end = at_end is not None
        self.change(rules.tap(self.state, self.policy, self.t, "ko"), "tap")

    @rule(times=st.integers(1, 4))
    def tap_and_listen(self, times: int) -> None:
        """The agent goes on with the ladder: reached by chance, the steps further up would be rare."""
        for _ in range(times):
            self.tap()
            self.play_began()
            self.t += 4
            self.play_ended()
            self.t += 15

    @rule()
    def hold(self) -> None:
        self.wanted_end = True
        self.change(rules.hold(self.state, self.policy, self.t, "th"), "hold")

    @rule()
    def said_it(self) -> None:
        self.change(rules.said_it(self.state, self.policy, self.t, "ko"), "said_it")

    @rule()
    def play_began(self) -> None:
        self.change(rules.play_began(self.state, self.t), "play_began")

    @rule()
    def play_ended(self) -> None:
        self.wanted_end = self.state.pending is not None and self.state.pending.then_end
        self.change(rules.play_ended(self.state, self.policy, self.t), "play_ended")

    @rule()
    def play_failed(self) -> None:
        self.wanted_end = self.state.pending is not None and self.state.pending.then_end
        self.change(rules.play_failed(self.state, self.policy, self.t), "play_failed")

    @rule()
    def cancel(self) -> None:
        self.change(rules.cancel(self.state, self.policy), "cancel")

    @rule()
    def calm(self) -> None:
        counted = rules.counters(self.state, self.policy)
        self.change(rules.calm(self.state, self.policy, self.t), "calm")
        assert rules.counters(self.state, self.policy) == counted
        assert (
            self.state.phase is not Phase.LADDER or self.state.end is not None or self.state.warnings_locked
        )

    @rule(number=st.integers(0, 5))
    def change_class(self, number: int) -> None:
        chosen = self.policy.classes[number % len(self.policy.classes)]
        self.change(rules.change_class(self.state, self.policy, self.t, chosen.id), "change_class")

    @rule(number=st.integers(1, 8), rejected=st.booleans())
    def set_rejected(self, number: int, rejected: bool) -> None:
        self.change(rules.set_rejected(self.state, number, rejected), "set_rejected")

    @rule()
    def dismiss(self) -> None:
        self.change(rules.dismiss(self.state), "dismiss")

    @rule()
    def extend(self) -> None:
        self.change(rules.extend(self.state, self.policy, self.t, "more"), "extend")

    @rule(really=st.integers(0, 2))
    def enter_crisis(self, really: int) -> None:
        if not really:
            self.change(enter_crisis(self.state, self.policy, self.t), "enter_crisis")

    @rule()
    def leave_crisis(self) -> None:
        self.change(leave_crisis(self.state, self.t, "over"), "leave_crisis")

    @rule()
    def restart(self) -> None:
        self.state = from_record(as_record(self.state))

    @rule(really=st.integers(0, 5))
    def call_ended(self, really: int) -> None:
        if not really:
            self.change(rules.call_ended(self.state, self.policy, self.t, "caller"), "call_ended")

    @invariant()
    def a_hit_belongs_to_the_axis_of_its_class(self) -> None:
        if hasattr(self, "state"):
            assert all(self.policy.class_of(hit.class_id).axis is hit.axis for hit in self.state.hits)
            assert [hit.number for hit in self.state.hits] == list(range(1, len(self.state.hits) + 1))

    @invariant()
    def nothing_unsure_or_rejected_is_counted(self) -> None:
        if hasattr(self, "state"):
            kept = [
                hit
                for hit in self.state.hits
                if not hit.rejected
                and (hit.source is Source.AGENT or hit.confidence >= self.policy.least_confidence)
            ]
            counted = rules.counters(self.state, self.policy)
            for axis in Axis:
                own = [hit for hit in kept if hit.axis is axis]
                assert counted[axis.value] <= len(own)
                assert (counted[axis.value] > 0) == bool(own)

    @invariant()
    def a_crisis_leads_to_no_ladder(self) -> None:
        if hasattr(self, "state") and self.state.in_crisis:
            assert self.state.phase in (Phase.CRISIS, Phase.ENDED)
            assert self.state.pending is None
            assert self.state.end is None
            assert rules.sentence_now(self.state, self.policy, self.t, "ko") is None

    @invariant()
    def a_text_is_pending_only_in_an_open_ladder(self) -> None:
        if hasattr(self, "state") and self.state.pending is not None:
            assert self.state.phase is Phase.LADDER
            assert self.state.end is None


Calls.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestCalls = Calls.TestCase


def hit(number: int, t: float, axis: Axis) -> Hit:
    return Hit(number, t, "x", axis, Source.AGENT)


@given(
    st.lists(st.tuples(st.floats(0, 300), st.sampled_from(list(Axis))), max_size=30),
    st.floats(1, 20),
)
@settings(deadline=None)
def test_strikes_are_apart_and_cover_every_hit(times: list[tuple[float, Axis]], merge: float) -> None:
    hits = [hit(number, t, axis) for number, (t, axis) in enumerate(times, 1)]
    for axis in Axis:
        own = sorted(each.t for each in hits if each.axis is axis)
        count = strikes(hits, axis, merge)
        assert count == strikes([each for each in hits if each.axis is axis], axis, merge)
        assert count == strikes(reversed(hits), axis, merge)
        # Never more than fit in one after the other, never fewer than the stretch needs.
        assert count <= (0 if not own else 1 + int((own[-1] - own[0]) / merge))
        assert (count > 0) == bool(own)
