"""Which keys hold: the table's, and those that a settings file has instead, however wrong it is."""

from __future__ import annotations

import pytest

from desktop.ui.key_rules import EDITS_TEXT, NO_KEY, OF_DESK, OF_SYSTEM, TYPES_TEXT, normal, refusal
from desktop.ui.key_table import GROUPS, KEYS
from desktop.ui.shortcuts import KeyMap, is_bare, read


def test_every_key_of_the_table_may_be_used_and_is_written_as_qt_writes_it() -> None:
    for name, key in KEYS.items():
        for each in key.keys:
            assert normal(each) == each, name
            if not key.shared and not is_bare(each):
                assert refusal(each) == "", (name, each)
    assert {key.group for key in KEYS.values()} == set(GROUPS)


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        *((key, TYPES_TEXT) for key in ("K", "Shift+K", "Return", "Space", "Tab", "Backspace", "Left", "7")),
        *((key, EDITS_TEXT) for key in ("Ctrl+C", "Ctrl+V", "Ctrl+Z", "Ctrl+Left", "Ctrl+Backspace")),
        *((key, EDITS_TEXT) for key in ("Ctrl+U", "Ctrl+E", "Ctrl+PgUp", "Alt+Down", "Ctrl+Home")),
        *((key, OF_SYSTEM) for key in ("Alt+F4", "F9", "Shift+F10", "Alt+Z", "Ctrl+.", "Ctrl+;", "Alt+`")),
        *((key, OF_SYSTEM) for key in ("Meta+L", "Ctrl+Alt+M", "Ctrl+Alt+F2", "Ctrl+Shift+U")),
        *((key, OF_DESK) for key in ("Ctrl+Return", "Esc", "Ctrl+1", "Ctrl+9")),
        *((key, NO_KEY) for key in ("", "Ctrl+", "Nonsense", "Ctrl+K, Ctrl+L", "Ctrl+ㅁ")),
    ],
)
def test_keys_that_others_need_are_refused(key: str, reason: str) -> None:
    assert refusal(key) == reason


@pytest.mark.parametrize("key", ["Ctrl+Shift+M", "Alt+M", "Ctrl+-", "F13", "Ctrl+F2", "Alt+Return", "Alt+4"])
def test_other_keys_are_free(key: str) -> None:
    assert refusal(key) == ""


def test_changed_keys_are_read_and_written_alike() -> None:
    keys, problems = read("mute:Ctrl+Shift+M search:Alt+Q")
    assert problems == ()
    assert keys.keys("mute") == ("Ctrl+Shift+M",)
    assert keys.keys("search") == ("Alt+Q", "/")
    assert keys.keys("hold") == ("F4",)
    assert read(keys.text())[0] == keys
    assert keys.having("mute", "").text() == "search:Alt+Q"
    assert keys.having("mute", "F3").text() == "search:Alt+Q"


def test_two_actions_may_change_places() -> None:
    keys, problems = read("mute:F4 hold:F3")
    assert problems == ()
    assert (keys.keys("mute"), keys.keys("hold")) == (("F4",), ("F3",))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("mute:F4", "Hold has that key; the default F3 is used"),
        ("mute:Ctrl+C", "edit; the default F3 is used"),
        ("mute:", "no key that can be used here; the default F3 is used"),
        ("mute", "no key that can be used here; the default F3 is used"),
        ("fly:F3", "no such action"),
        ("done:F3", "no such action"),
        ("=", "no such action"),
        ("mute:Alt+M hold:Alt+M", "Mute has that key; the default F4 is used"),
    ],
)
def test_a_wrong_entry_is_named_and_the_rest_holds(text: str, named: str) -> None:
    keys, problems = read(f"dial:Alt+Q {text}")
    assert [named in each.sentence() for each in problems] == [True]
    assert keys.keys("dial") == ("Alt+Q",)
    bound = [key for name, each in KEYS.items() if not each.shared for key in keys.keys(name)]
    assert len(set(bound)) == len(bound)


def test_no_text_whatever_leaves_an_action_without_a_key() -> None:
    text = "end:F8 answer:F8 end:F3 mute:F8 hold:" + "x" * 500 + " \u202e:\u0000 a:b:c :::"
    keys, problems = read(text)
    assert all(keys.keys(name) for name in KEYS)
    assert all(len(each.sentence()) < 200 for each in problems)
    assert KeyMap() == keys
