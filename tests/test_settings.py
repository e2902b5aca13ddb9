import stat
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import settings
from desktop.settings import ProblemKind, Settings, SettingsError, SettingsFile, UnkeptError, load, save
from desktop.toml_edit import edited, toml_value

ODD = """# my desk
language = "ko"  # Korean
text_size = 500
theme = 3
unknown = [
  1,  # [not a table]
  2,
]

[site]
language = "th"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def written(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def test_no_file_is_all_defaults(file: Path) -> None:
    loaded = load(file)
    assert loaded.settings == Settings()
    assert loaded.problems == ()
    assert (loaded.settings.wrapup_seconds, loaded.settings.retention_days, loaded.settings.language) == (
        60,
        60,
        "",
    )


def test_a_wrong_value_is_named_and_its_default_used(file: Path) -> None:
    loaded = load(written(file, ODD))
    assert (loaded.settings.language, loaded.settings.text_size, loaded.settings.theme) == (
        "ko",
        100,
        "system",
    )
    found = {(each.kind, each.key) for each in loaded.problems}
    assert found == {
        (ProblemKind.WRONG_VALUE, "text_size"),
        (ProblemKind.WRONG_VALUE, "theme"),
        (ProblemKind.UNKNOWN_KEY, "unknown"),
        (ProblemKind.UNKNOWN_KEY, "site"),
    }
    sentences = [each.sentence() for each in loaded.problems]
    assert any(
        "text_size must be from 80 to 200, not 500; the default 100 is used." in each for each in sentences
    )
    assert any(
        'theme must be text in quotes, not 3; the default "system" is used.' in each for each in sentences
    )


@pytest.mark.parametrize(
    "line",
    [
        'wrapup_seconds = "60"',
        "wrapup_seconds = true",
        "wrapup_seconds = 60.0",
        "wrapup_seconds = -1",
        "speech_enabled = 1",
        'speech_enabled = "yes"',
        'language = "xx"',
        "agent_name = 1",
        'agent_name = "a\\nb"',
        f'agent_name = "{"x" * 101}"',
        "retention_days = 0",
        "language = {a = 1}",
        "agent_name = 1979-05-27",
    ],
)
def test_every_kind_of_wrong_value(file: Path, line: str) -> None:
    loaded = load(written(file, line))
    assert loaded.settings == Settings()
    assert [each.kind for each in loaded.problems] == [ProblemKind.WRONG_VALUE]


@pytest.mark.parametrize("content", [b"language = ", b"\xff\xfe\x00", b"[[[", b"a = 1\na = 2"])
def test_a_broken_file_stays_untouched(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    loaded = load(file)
    assert loaded.settings == Settings()
    assert [each.kind for each in loaded.problems] == [ProblemKind.BROKEN_FILE]
    assert "all defaults are used" in loaded.problems[0].sentence()
    with pytest.raises(SettingsError, match="correct or remove it"):
        save(file, {"theme": "dark"})
    assert file.read_bytes() == content


def test_a_file_that_cannot_be_read_is_said(file: Path) -> None:
    file.mkdir(parents=True)
    loaded = load(file)
    assert loaded.settings == Settings()
    assert [each.kind for each in loaded.problems] == [ProblemKind.UNREADABLE_FILE]


def test_a_byte_order_mark_is_no_error(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b'\xef\xbb\xbflanguage = "ko"\n')
    assert load(file).settings.language == "ko"


def test_writing_keeps_what_else_stands_there(file: Path) -> None:
    now = save(written(file, ODD), {"language": "en", "text_size": 120, "agent_name": '김"민\\지'})
    assert (now.language, now.text_size, now.agent_name) == ("en", 120, '김"민\\지')
    text = file.read_text("utf-8")
    assert text.startswith('# my desk\nlanguage = "en"  # Korean\ntext_size = 120\ntheme = 3\n')
    content = tomllib.loads(text)
    assert content["unknown"] == [1, 2]
    assert content["site"] == {"language": "th"}
    assert "# [not a table]" in text


def test_only_this_user_may_read_it(file: Path) -> None:
    save(file, {"agent_number": "1234"})
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [each.name for each in file.parent.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize("changes", [{"theme": "pink"}, {"nothing": 1}, {"text_size": "100"}])
def test_a_wrong_value_is_not_written(file: Path, changes: dict[str, settings.Value]) -> None:
    with pytest.raises(SettingsError):
        save(file, changes)
    assert not file.exists()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be")
    with pytest.raises(SettingsError, match="cannot be"):
        save(tmp_path / "config" / "settings.toml", {"theme": "dark"})


def test_the_file_in_force(file: Path) -> None:
    kept = SettingsFile(written(file, "text_size = 1"))
    assert [each.key for each in kept.problems] == ["text_size"]
    assert kept.change(text_size=150, theme="dark").text_size == 150
    assert kept.problems == ()
    with pytest.raises(SettingsError):
        kept.change(theme="pink")
    assert kept.current.theme == "dark"
    assert SettingsFile(file).current == kept.current


def test_what_cannot_be_kept_holds_for_this_run(file: Path) -> None:
    broken = "[[["
    kept = SettingsFile(written(file, broken))
    heard: list[frozenset[str]] = []
    kept.on_change.append(lambda _now, names: heard.append(names))
    with pytest.raises(UnkeptError, match="correct or remove it"):
        kept.change(language="en")
    assert kept.current.language == "en"
    assert heard == [frozenset({"language"})]
    assert file.read_text("utf-8") == broken


def test_every_option_is_explained() -> None:
    table = settings.documentation()
    for name, (default, option) in settings.options().items():
        assert f"| `{name}` |" in table
        assert option.sentence.endswith(".")
        assert settings.wrong(name, default) == ""


values = st.one_of(st.booleans(), st.integers(-(2**62), 2**62), st.text(st.characters(codec="utf-8")))


@given(st.dictionaries(st.sampled_from(["alpha", "beta-2", "C_3", "delta"]), values))
def test_what_is_written_is_read(changes: dict[str, str | int | bool]) -> None:
    assert tomllib.loads(edited("", changes)) == changes


@given(values, values)
def test_a_second_change_replaces_the_first(first: str | int | bool, second: str | int | bool) -> None:
    text = edited(f"before = {toml_value(first)} # word\n[table]\nkey = 1\n", {"key": first})
    content = tomllib.loads(edited(text, {"key": second, "before": second}))
    assert content == {"before": second, "key": second, "table": {"key": 1}}


def test_a_value_over_several_lines_is_replaced_whole() -> None:
    text = 'a = """\n[x]\nb = 1\n"""\nb = 2\n'
    assert tomllib.loads(edited(text, {"a": "new", "b": 3})) == {"a": "new", "b": 3}


def test_a_quoted_key_is_the_same_key() -> None:
    assert tomllib.loads(edited("\"a\" = 1\n'b' = 2\n", {"a": 3, "b": 4})) == {"a": 3, "b": 4}
