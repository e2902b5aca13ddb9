"""Policies: the presets hold together, and a file of one's own is told everything that is wrong with it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.adapters.policy.loaded import LoadedPolicy, PolicyError
from desktop.adapters.policy.places import line_numbers, line_of, shown
from desktop.adapters.policy.presets import PRESETS, policy_file, presets_folder
from desktop.adapters.policy.reading import LARGEST_FILE, load_policy
from desktop.adapters.policy.sense import findings, notes
from desktop.domain.policy import Axis, StepKind

LANGUAGES = {"ko", "en", "vi", "mn", "th", "ja"}


def own(folder: Path, text: str, head: str = 'form = 1\nbase = "seoul"\n') -> str:
    path = folder / "own.toml"
    path.write_text(head + text, "utf-8")
    return str(path)


def problems(folder: Path, text: str, head: str = 'form = 1\nbase = "seoul"\n') -> dict[str, str]:
    with pytest.raises(PolicyError) as caught:
        load_policy(own(folder, text, head))
    return {each.where: each.reason for each in caught.value.problems}


@pytest.fixture(scope="module")
def presets() -> dict[str, LoadedPolicy]:
    return {name: load_policy(name) for name in PRESETS}


def test_every_shipped_file_is_a_preset() -> None:
    assert {path.stem for path in presets_folder().glob("*.toml")} == set(PRESETS)
    assert policy_file("") == policy_file("seoul")


def test_presets_speak_every_language(presets: dict[str, LoadedPolicy]) -> None:
    for name, loaded in presets.items():
        policy = loaded.policy
        assert set(policy.languages) == LANGUAGES
        for text in policy.texts.values():
            assert set(text.words) == LANGUAGES, (name, text.id)
            assert len({*text.words.values()}) == len(LANGUAGES), (name, text.id)
        for each in policy.classes:
            assert {"ko", "en"} <= set(each.label)
            assert all({"ko", "en"} <= set(step.label) for step in policy.ladder_of(each.id))
        assert all({"ko", "en"} <= set(line.label) for line in policy.crisis.lines)
        # A text that a voice cannot read from its writing has a reading.
        said = {step.text_id for steps in policy.ladders.values() for step in steps if step.text_id}
        assert all("ja" in policy.texts[text_id].say for text_id in said)


def test_a_centre_may_say_nothing_of_transcripts_and_holding(tmp_path: Path) -> None:
    whole = (presets_folder() / "en.toml").read_text("utf-8")
    silent = whole.replace("transcripts_days = 30\n", "").replace("hold_days = 365\n", "")
    retention = load_policy(own(tmp_path, silent, head="")).policy.retention
    assert (retention.recordings_days, retention.transcripts_days, retention.hold_days) == (90, None, None)
    assert problems(tmp_path, "[retention]\nhold_days = 0\n") == {
        "retention.hold_days": "should be greater than or equal to 1"
    }


def test_presets_keep_the_rules_of_the_house(presets: dict[str, LoadedPolicy]) -> None:
    for loaded in presets.values():
        policy = loaded.policy
        assert (policy.automatic_end, policy.recording.mode.value) == (False, "off")
        assert (policy.time.notice_minutes, policy.time.end_minutes, policy.rest_minutes) == (15, 20, 30)
        assert (policy.retention.recordings_days, policy.retention.transcripts_days) == (90, 30)
        axes = {each.id: each.axis for each in policy.classes}
        assert [name for name, axis in axes.items() if axis is Axis.MALICIOUS] == [
            "verbal",
            "sexual",
            "threat",
        ]
        assert policy.class_for(["PROFANITY", "SEXUAL"]) == policy.class_of("sexual")
        assert policy.class_for(["CRISIS", "THREAT"]) is None
        assert len(policy.ladder_of("threat")) == 2


def test_the_ladders_differ_as_the_centres_do(presets: dict[str, LoadedPolicy]) -> None:
    def kinds(name: str, class_id: str) -> list[str]:
        return [step.kind.value for step in presets[name].policy.ladder_of(class_id)]

    assert kinds("seoul", "verbal") == ["notice", "warning", "warning", "end_notice", "end"]
    assert kinds("seoul", "sexual") == ["end_notice", "end"]
    assert kinds("ladder110", "verbal") == ["notice", "warning", "end_notice", "end"]
    assert kinds("ladder110", "sexual") == ["warning", "end_notice", "end"]
    assert [law.code for law in presets["seoul"].policy.laws] == [
        "SEX", "NET", "OBS", "THR", "INS", "COE", "STK", "MIN",
    ]  # fmt: skip
    assert presets["mn"].policy.laws == presets["ja"].policy.laws == presets["vi"].policy.laws == ()
    assert [line.number for line in presets["seoul"].policy.crisis.reachable] == ["119", "109", "112"]


def test_only_what_an_exchange_records_is_called_recorded(presets: dict[str, LoadedPolicy]) -> None:
    claims = {"ko": "녹음", "en": "recorded", "ja": "録音", "vi": "ghi âm", "th": "บันทึกเสียง"}
    for loaded in presets.values():
        for text in loaded.policy.texts.values():
            says = {language for language, word in claims.items() if word in text.words[language]}
            assert says == (set(claims) if text.says_recorded else set()), text.id


def test_sentences_are_filled_and_have_an_aid(presets: dict[str, LoadedPolicy]) -> None:
    policy = presets["seoul"].policy
    assert "5분" in policy.sentence("time_notice", "ko").text
    said = policy.sentence("time_notice", "vi", 3)
    assert (said.language, said.minutes, "3 phút" in said.text) == ("vi", 3, True)
    assert policy.sentence("end_notice", "xx").language == "ko"
    assert policy.reading_aid("end_notice", "vi", "ko") == policy.texts["end_notice"].words["ko"]
    assert policy.reading_aid("end_notice", "ko", "ko") == ""
    assert "109" in policy.sentence("seoul_crisis_connect", "th").text


def test_a_file_of_ones_own_changes_what_it_names(tmp_path: Path) -> None:
    loaded = load_policy(
        own(
            tmp_path,
            '[site]\nname = "푸른시"\nagency = "PURUN"\n'
            '[texts.end_notice]\nversion = 2\nwords.ko = "{site} 상담을 마칩니다."\n'
            '[texts.end_notice.aid]\nko = "상담 마침"\n[[delivery]]\nkind = "folder"\nname = "share"\nlabel = "팀"\n'
            'folder = "/srv/reports"\n[[delivery]]\nkind = "smtp"\nname = "mail"\nlabel = "우편"\nhost = "mx.example"\n'
            'sender = "a@example.org"\nrecipient = "b@example.org"\n',
        )
    )
    policy = loaded.policy
    assert policy.sentence("end_notice", "ko").text == "푸른시 상담을 마칩니다."
    assert policy.texts["end_notice"].version == 2
    assert (policy.agency, load_policy("seoul").policy.agency) == ("PURUN", "")
    assert "vi" in policy.texts["end_notice"].words
    assert policy.reading_aid("end_notice", "en", "ko") == "상담 마침"
    assert [(each.kind, each.settings.get("port")) for each in policy.deliveries] == [
        ("folder", None),
        ("smtp", 587),
    ]
    assert policy.digest != load_policy("seoul").policy.digest
    assert not loaded.is_preset
    assert not any("delivery" in note.where for note in loaded.notes)


def test_all_errors_are_told_at_once(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        "[site]\nlanguag = 'ko'\n[time]\nnotice_minutes = '15'\nend_minutes = 1\n"
        "[procedure]\ndefault_class = 'nobody'\n"
        "[texts.end_notice.words]\nko = '{nobody} 마칩니다 {'\nen = ''\n[texts.seoul_notice]\nversion = 0\n"
        "[recording]\nby_exchange = false\n[crisis]\nstay = 'verbal_1'\n",
    )
    assert set(found) == {
        "site.languag",
        "time.notice_minutes",
        "time.end_minutes",
        "procedure.default_class",
        "texts.end_notice.words.ko",
        "texts.end_notice.words.en",
        "texts.seoul_notice.version",
        "texts.seoul_notice.says_recorded",
        "texts.seoul_verbal_2.says_recorded",
        "crisis.stay",
    }
    assert "a ladder uses" in found["crisis.stay"]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[[ladders.sexual]]\nkind = 'end'\nlabel.ko = '끝'\n", "ladders.sexual"),
        ("[site]\nlanguages = ['ko', 'fr']\n", "texts.notice.words.fr"),
        ("[site]\nlanguages = ['en']\n", "site.languages"),
        ("[site]\nlanguages = ['ko', 'ko']\n", "site.languages"),
        ("[site]\nname = '{minutes}'\n", "site.name"),
        ("[site]\nagency = 'dasan'\n", "site.agency"),
        ("[site]\nagency = 'A-1'\n", "site.agency"),
        ("[texts.notice.words]\nko = '{site}입니다'\n", "texts.notice.words.ko"),
        ("[texts.notice.words]\nko = '두 줄\\n입니다'\n", "texts.notice.words.ko[0]"),
        ('[texts.notice.words]\nko = "두 줄\\n입니다"\n', "texts.notice.words.ko"),
        ('[texts.notice.words]\nko = "거꾸로 \\u202e 씀"\n', "texts.notice.words.ko"),
        (f"[texts.notice.words]\nko = '{'가' * 401}'\n", "texts.notice.words.ko"),
        ("[texts.Notice]\nversion = 1\nwords.ko = '가'\n", "texts.Notice"),
        ("[crisis]\nplace = 'nothing'\n", "crisis.place"),
        ("[procedure]\nleast_confidence = 1.5\n", "procedure.least_confidence"),
        ("[procedure]\nmerge_seconds = nan\n", "procedure.merge_seconds"),
        ("[procedure]\nautomatic_end = 'no'\n", "procedure.automatic_end"),
        ("[supervisor]\nsip = 'http://x'\n", "supervisor.sip"),
        ("[[delivery]]\nname = 'a'\nlabel = 'a'\n", "delivery[1]"),
        ("[[delivery]]\nkind = 'ftp'\nname = 'a'\nlabel = 'a'\n", "delivery[1]"),
        (
            "[[delivery]]\nkind = 'https'\nname = 'a'\nlabel = 'a'\nurl = 'https://u:p@x/'\n",
            "delivery[1].url",
        ),
        ("[[restrictions]]\nclass = 'x'\nfrom_count = 1\nlabel.ko = 'x'\n", "restrictions[1].class"),
        (
            "[[laws.suggestions]]\ncode='A'\nname.ko='a'\nshows.ko='a'\nclasses=['x']\n",
            "laws.suggestions[1].classes",
        ),
        ("[[crisis.lines]]\nid = 'site'\nnumber = '1'\nlabel.ko = 'x'\n", "crisis.lines[1].id"),
        ("[[crisis.lines]]\nid = 'a'\nnumber = '1; rm'\nlabel.ko = 'x'\n", "crisis.lines[1].number"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, text: str, where: str) -> None:
    if where.endswith("[0]"):
        # In single quotes TOML keeps the backslash: the text is odd, but it is one line.
        assert load_policy(own(tmp_path, text)).policy.texts["notice"].words["ko"] == "두 줄\\n입니다"
        return
    assert where in problems(tmp_path, text)


@pytest.mark.parametrize(
    "change",
    [
        {"text": "verbal_1"},
        {"by_exchange": True},
        {"kind": "warning"},
    ],
)
def test_the_last_step_is_the_end_alone(change: dict[str, object]) -> None:
    content = dict(load_policy("seoul").content)
    ladder = [dict(step) for step in content["ladders"]["verbal"]]
    ladder[-1].update(change)
    content["ladders"] = {**content["ladders"], "verbal": ladder}
    assert [where for where, _ in findings(content) if where[:2] == ("ladders", "verbal")]


def test_files_that_are_none(tmp_path: Path) -> None:
    cases = {
        "is not TOML": "form = = 1",
        "must be one of": 'form = 1\nbase = "/etc/passwd"',
        "larger than": "#" * (LARGEST_FILE + 1),
        "3: has more than 40 dots": "form = 1\n\n" + "a." * 100_000 + "a = 1",
    }
    for reason, text in cases.items():
        with pytest.raises(PolicyError, match=reason):
            load_policy(own(tmp_path, text, head=""))
    binary = tmp_path / "b.toml"
    binary.write_bytes(b"form = 1\nx = \xff")
    with pytest.raises(PolicyError, match=r"b\.toml:2: is not UTF-8"):
        load_policy(str(binary))
    with pytest.raises(PolicyError, match="is not a file"):
        load_policy(str(tmp_path))
    with pytest.raises(PolicyError, match="is not there"):
        load_policy("no-such-preset")
    with pytest.raises(PolicyError, match="is not TOML"):
        load_policy(own(tmp_path, "a = " + "[" * 100_000, head=""))


def test_errors_stand_in_the_file_and_line_that_brought_them(tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as caught:
        load_policy(own(tmp_path, "\n[recording]\nby_exchange = false\n"))
    placed = {(each.file, each.where) for each in caught.value.problems}
    assert ("seoul.toml", "texts.seoul_notice.says_recorded") in placed
    text = policy_file("seoul").read_text("utf-8").split("\n")
    problem = caught.value.problems[0]
    assert problem.line is not None
    assert "says_recorded = true" in text[problem.line - 1]


def test_lines_are_found() -> None:
    text = "a = 1\n[b.c]\nd.e = 2\n[[f]]\nx = 1\n[[f]]\n'y' = 2\n[f.g]\nh = 3\n"
    found = line_numbers(text)
    wanted: dict[tuple[str | int, ...], int] = {
        ("a",): 1, ("b", "c"): 2, ("b", "c", "d", "e"): 3, ("f", 0, "x"): 5, ("f", 1): 6,
        ("f", 1, "y"): 7, ("f", 1, "g", "h"): 9, ("f", 1, "g", "unknown"): 8,
    }  # fmt: skip
    assert {where: line_of(found, where) for where in wanted} == wanted
    assert line_of(found, ("nowhere",)) is None
    assert shown(("f", 1, "g")) == "f[2].g"


ODD: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.data())
@settings(max_examples=400, deadline=None)
def test_any_content_is_judged_and_none_breaks_the_judge(data: st.DataObject) -> None:
    content: dict[str, Any] = tomllib.loads(policy_file("en").read_text("utf-8"))
    place: Any = content
    for _ in range(data.draw(st.integers(0, 4))):
        keys = (
            list(place)
            if isinstance(place, dict)
            else list(range(len(place)))
            if isinstance(place, list)
            else []
        )
        inside = [key for key in keys if isinstance(place[key], dict | list)]
        if not inside:
            break
        place = place[data.draw(st.sampled_from(inside))]
    keys = list(place) if isinstance(place, dict) else list(range(len(place)))
    if keys:
        place[data.draw(st.sampled_from(keys))] = data.draw(ODD)
    for where, reason in [*findings(content), *notes(content)]:
        assert shown(where)
        assert reason


def test_every_ladder_can_be_ended(presets: dict[str, LoadedPolicy]) -> None:
    for loaded in presets.values():
        for steps in loaded.policy.ladders.values():
            assert [step.kind for step in steps][-2:] == [StepKind.END_NOTICE, StepKind.END]


def test_what_is_missing_in_a_list_is_missing_in_the_file_that_brought_the_list(tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as caught:
        load_policy(own(tmp_path, '[[ladders.verbal]]\nkind = "warning"\ntext = "verbal_1"\n'))
    (found,) = [each for each in caught.value.problems if each.where == "ladders.verbal[1].label"]
    assert (found.file, found.line) == ("own.toml", 3)
