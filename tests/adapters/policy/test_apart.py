"""A policy that another process reads is the one that would be read here, with the same errors."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop.adapters.policy.apart import load_policy_apart
from desktop.adapters.policy.loaded import PolicyError
from desktop.adapters.policy.presets import PRESETS
from desktop.adapters.policy.reading import load_policy
from desktop.processes.spawn import command

CHILD = command("policy")


@pytest.mark.parametrize("name", ["", *PRESETS])
def test_a_preset_is_the_same(name: str) -> None:
    assert load_policy_apart(CHILD, name) == load_policy(name)


def test_every_error_comes_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "centre.toml"
    file.write_text('form = 1\nbase = "seoul"\n[care]\nrest_minutes = -1\nnap = true\n', "utf-8")
    with pytest.raises(PolicyError) as here:
        load_policy(str(file))
    with pytest.raises(PolicyError) as apart:
        load_policy_apart(CHILD, str(file))
    assert (str(apart.value), apart.value.problems) == (str(here.value), here.value.problems)
    assert {each.where for each in apart.value.problems} == {"care.rest_minutes", "care.nap"}


@pytest.mark.parametrize(
    "child",
    [
        ["/no/such/program"],
        [sys.executable, "-c", "raise SystemExit(3)"],
        [sys.executable, "-c", "print('x')"],
        [sys.executable, "-c", "import pickle, sys; sys.stdout.buffer.write(pickle.dumps(1))"],
    ],
    ids=["not there", "fails", "says something else", "says another thing"],
)
def test_where_no_process_can_read_it_the_desk_does(child: list[str]) -> None:
    assert load_policy_apart(child, "mn") == load_policy("mn")


def test_a_name_that_looks_like_an_option_is_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("--help").write_text('form = 1\nbase = "ja"\n', "utf-8")
    assert load_policy_apart(CHILD, "--help").policy.language == "ja"


def test_a_name_that_no_file_can_have_is_an_error_like_any_other() -> None:
    with pytest.raises(PolicyError, match="cannot be read"):
        load_policy_apart(CHILD, "a\0b")
