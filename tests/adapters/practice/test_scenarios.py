from pathlib import Path

import pytest

from desktop.adapters.audio.port import CLOCK_RATE
from desktop.adapters.policy.reading import load_policy
from desktop.adapters.practice.clips import Clips
from desktop.adapters.practice.scenarios import ScenarioError, load_scenarios
from desktop.paths import resources

SHIPPED = resources() / "practice" / "scenarios.yaml"
VOICES = resources() / "practice" / "voices"
GOOD = """
meta: {language: ko, placeholders: {"{org}": City, "OOO": Kim, "OO": Lee}}
scenarios:
- id: T1
  title: Test
  category: Water
  faq: [F1]
  caller: {name: 박OO, mood: calm}
  turns:
  - {who: agent, model: "{org}, OOO speaking"}
  - {who: caller, text: "12", say: "twelve", t: 5}
  wrapup: {category: Water, summary: s, result: r}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "scenarios.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_all_shipped_scenarios_are_read() -> None:
    scenarios = load_scenarios(SHIPPED)
    assert [scenario.id for scenario in scenarios] == [f"S{number:02d}" for number in range(1, 13)]
    assert all(scenario.offered for scenario in scenarios)
    for scenario in scenarios:
        assert scenario.faq
        assert scenario.wrapup.summary
        assert not any(mark in turn.text for turn in scenario.turns for mark in ("{", "OO"))


def test_what_the_procedure_is_to_do_is_read() -> None:
    by_id = {scenario.id: scenario for scenario in load_scenarios(SHIPPED)}
    assert {key: each.report.value for key, each in by_id.items() if each.report} == {
        "S09": "crisis",
        "S10": "verbal",
        "S11": "sexual",
        "S12": "threat",
    }
    steps = {key: [turn.step for turn in each.turns if turn.step] for key, each in by_id.items()}
    assert {key: found for key, found in steps.items() if found} == {
        "S09": ["crisis"],
        "S10": ["warn1", "warn2", "end"],
        "S11": ["end"],
        "S12": ["notice", "again", "end"],
    }
    assert [each.ladder_steps for each in by_id.values()] == [0] * 9 + [3, 1, 3]
    crisis = by_id["S09"]
    assert crisis.checks == ("asked", "alone", "hurt", "away")
    assert [(turn.place, turn.line) for turn in crisis.turns if turn.place or turn.line] == [
        ("집", ""),
        ("", "suicide"),
    ]
    assert all(turn.who == "caller" for each in by_id.values() for turn in each.turns if turn.labels)


def test_crisis_words_of_a_scenario_are_those_of_the_policy() -> None:
    crisis = load_policy("seoul").policy.crisis
    checks, lines = {check.id for check in crisis.checks}, {line.id for line in crisis.reachable}
    for scenario in load_scenarios(SHIPPED):
        assert checks.issuperset(scenario.checks)
        assert lines.issuperset(turn.line for turn in scenario.turns if turn.line)


def test_a_scenario_that_needs_something_else_is_not_offered(tmp_path: Path) -> None:
    (scenario,) = load_scenarios(
        write(tmp_path, GOOD.replace("faq: [F1]", "faq: [F1]\n  needs: [a third line]"))
    )
    assert not scenario.offered


def test_every_shipped_scenario_has_its_clips() -> None:
    for scenario in load_scenarios(SHIPPED):
        clips = Clips(scenario, VOICES)
        assert len(clips.question) > CLOCK_RATE // 4
        for number, turn in enumerate(scenario.turns, 1):
            if turn.who == "caller":
                assert len(clips.line(number)) > CLOCK_RATE // 4


def test_names_are_filled_in_and_defaults_hold(tmp_path: Path) -> None:
    (scenario,) = load_scenarios(write(tmp_path, GOOD))
    first, second = scenario.turns
    assert (first.text, first.say) == ("City, Kim speaking", "City, Kim speaking")
    assert (second.text, second.say, second.earliest_s) == ("12", "twelve", 5.0)
    assert (scenario.caller_name, scenario.needs, scenario.offered) == ("박Lee", (), True)
    assert (scenario.minutes, scenario.language) == (1, "ko")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("who: agent", "who: nobody"), "scenario T1, turn 1: who must be agent or caller"),
        (("text: ", "txt: "), "scenario T1, turn 2 has no text"),
        (("title: Test", "title: 7"), "scenario T1: title must be a text"),
        (("id: T1", "id: ../T1"), "scenario 1: id may hold letters"),
        (("who: caller, text", "who: agent, model"), "scenario T1: the caller says nothing"),
        (("faq: [F1]", "faq: [1]"), "faq must be a list of texts"),
        (("wrapup: {", "wrapping: {"), "scenario T1 has no wrapup"),
        (("t: 5", "t: soon"), "scenario T1, turn 2: t must be a number"),
        (("scenarios:", "scenarios: 7 #"), "is not YAML"),
        (("- id: T1", "- !!python/object/apply:os.system {id: T1}\n- id: T1"), "is not YAML"),
        (("title: Test", "title: [unclosed"), "is not YAML"),
        (("who: caller, ", "who: caller, labels: CRISIS, "), "turn 2: labels must be a list"),
        (("who: agent, ", "who: agent, step: [end], "), "turn 1: step must be a text"),
        (
            ("  wrapup: {", "  action: {form: {kind: rude}}\n  wrapup: {"),
            "action, form: kind must be one of verbal",
        ),
        (("  wrapup: {", "  action: [end]\n  wrapup: {"), "action must be a mapping"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(
    tmp_path: Path, change: tuple[str, str], sentence: str
) -> None:
    with pytest.raises(ScenarioError, match=sentence.replace("(", r"\(")):
        load_scenarios(write(tmp_path, GOOD.replace(*change)))


def test_ids_are_given_once(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="there are several scenarios T1"):
        load_scenarios(write(tmp_path, GOOD + GOOD[GOOD.index("- id: T1") :]))


def test_a_missing_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="cannot be read"):
        load_scenarios(tmp_path / "none.yaml")


def test_a_missing_voice_is_said_before_the_call(tmp_path: Path) -> None:
    (scenario,) = load_scenarios(write(tmp_path, GOOD))
    with pytest.raises(ScenarioError, match=r"voice for T1 is incomplete.*02-caller\.flac"):
        Clips(scenario, tmp_path)
