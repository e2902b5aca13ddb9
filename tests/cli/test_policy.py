"""`policy check` and `policy show` as the command line promises them."""

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.adapters.policy import shape
from desktop.adapters.policy.presets import PRESETS
from desktop.cli.main import main
from tests.house_rules.source import ROOT


class Command:
    """Runs the command in this process."""

    def __init__(self, capfd: pytest.CaptureFixture[str], folder: Path) -> None:
        self._capfd = capfd
        self.folder = folder
        self.error = ""

    def __call__(self, *arguments: object) -> tuple[int, str]:
        places = ["--data", str(self.folder / "d"), "--config", str(self.folder / "c")]
        code = main(["policy", *map(str, arguments), *places])
        out, self.error = self._capfd.readouterr()
        return code, out


@pytest.fixture
def policy(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    return Command(capfd, tmp_path)


def events(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.parametrize("preset", PRESETS)
def test_presets_have_no_errors(policy: Command, preset: str) -> None:
    code, out = policy("check", preset, "--json")
    assert code == 0
    assert {"event": "summary", "errors": 0}.items() <= events(out)[-1].items()
    assert all(each["event"] == "note" for each in events(out)[:-1])


def test_every_error_is_a_line_and_the_exit_is_1(policy: Command) -> None:
    file = policy.folder / "own.toml"
    file.write_text('form = 1\nbase = "seoul"\n\n[care]\nrest_minutes = -1\nrest = 3\n', "utf-8")
    code, out = policy("check", file, "--json")
    found = events(out)
    assert code == 1
    assert [(each["event"], each["line"], each["where"]) for each in found[:-1]] == [
        ("error", 5, "care.rest_minutes"),
        ("error", 6, "care.rest"),
    ]
    assert found[-1]["errors"] == 2
    assert policy.error.count("\n") == 1
    code, out = policy("check", file)
    assert (code, out) == (1, "")
    assert "error: own.toml:6: care.rest is not known here" in policy.error


def test_a_recording_that_cannot_be_used_is_an_error(policy: Command) -> None:
    file = policy.folder / "own.toml"
    file.write_text('form = 1\nbase = "seoul"\n', "utf-8")
    assert policy("check", file)[0] == 0
    folder = policy.folder / "own-voice" / "ko"
    folder.mkdir(parents=True)
    (folder / "verbal_1-1.wav").write_bytes(b"x")
    code, out = policy("check", file, "--json")
    assert (code, events(out)[-1]["errors"]) == (1, 1)


def test_show_the_policy_in_use(policy: Command) -> None:
    code, out = policy("show", "--json")
    shown = json.loads(out)
    assert (code, list(shown)) == (0, ["file", "sha256", "policy"])
    assert shown["policy"]["site"]["language"] == "ko"
    (policy.folder / "c").mkdir()
    (policy.folder / "c" / "settings.toml").write_text('protection_policy = "th"\n', "utf-8")
    assert json.loads(policy("show", "--json")[1])["policy"]["site"]["language"] == "th"
    code, out = policy("show", "mn")
    assert code == 0
    assert "103" in out
    assert policy("show", policy.folder / "nothing.toml")[0] == 1
    assert policy("check")[0] == 2
    assert policy()[0] == 2
    assert policy.error.startswith("dasan-desk: ")


def test_show_names_every_error_too(policy: Command) -> None:
    file = policy.folder / "own.toml"
    file.write_text('form = 2\nbase = "seoul"\nextra = 1\n', "utf-8")
    code, out = policy("show", file, "--json")
    assert (code, out) == (1, "")
    assert "own.toml:1: form" in policy.error
    assert "own.toml:3: extra" in policy.error


def test_the_docs_explain_every_key() -> None:
    text = (ROOT / "docs" / "policy.md").read_text("utf-8")
    tables = [
        each for each in vars(shape).values() if isinstance(each, type) and issubclass(each, shape.Shape)
    ]
    assert shape.PolicyShape in tables
    keys = {field.alias or name for each in tables for name, field in each.model_fields.items()}
    assert sorted(key for key in keys if f"`{key}`" not in text) == []
