"""Settings of a run: what a command presets is not written, what is changed is told and kept."""

from __future__ import annotations

from pathlib import Path

from desktop.settings import Settings, SettingsFile


def test_presets_fill_only_what_the_file_leaves_open(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('theme = "dark"\n', encoding="utf-8")
    settings = SettingsFile(file, {"language": "ko", "theme": "light"})
    assert (settings.current.language, settings.current.theme) == ("ko", "dark")
    assert file.read_text(encoding="utf-8") == 'theme = "dark"\n'


def test_a_change_is_kept_and_told(tmp_path: Path) -> None:
    heard: list[tuple[Settings, frozenset[str]]] = []
    settings = SettingsFile(tmp_path / "settings.toml", {"language": "ko"})
    settings.on_change.append(lambda now, names: heard.append((now, names)))
    settings.change(wrapup_seconds=0)
    assert heard == [(settings.current, frozenset({"wrapup_seconds"}))]
    again = SettingsFile(tmp_path / "settings.toml")
    assert (again.current.wrapup_seconds, again.current.language) == (0, "")


def test_a_wrong_value_is_named(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("text_size = 9000\n", encoding="utf-8")
    settings = SettingsFile(file)
    assert settings.current.text_size == 100
    assert "text_size" in settings.problems[0].sentence()
