"""What belongs together is the same in every place."""

import importlib.metadata
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import desktop
from desktop import settings
from desktop.cli.main import COMMANDS
from tests.house_rules.source import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CLI = (ROOT / "docs" / "cli.md").read_text("utf-8")


NOT_OURS = {".git", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "__pycache__"}


def kept() -> Iterator[Path]:
    """Every file of the project; git need not be installed."""
    for folder, names, files in os.walk(ROOT):
        names[:] = [name for name in names if name not in NOT_OURS]
        yield from (Path(folder) / name for name in files)


def test_one_version() -> None:
    assert PROJECT["project"]["version"] == desktop.__version__


@pytest.mark.parametrize("command", COMMANDS)
def test_the_contract_names_every_command(command: str) -> None:
    assert f"dasan-desk {command}" in CLI


@pytest.mark.parametrize("option", ["--data", "--config", "--verbose", "--json", "--help", "--practice"])
def test_the_contract_names_every_common_option(option: str) -> None:
    assert f"`{option}" in CLI


def test_the_table_of_settings_is_current() -> None:
    shown = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert shown == settings.documentation(), "run: python -m desktop.settings > docs/settings.md"


def test_no_part_for_graphics_cards_is_installed() -> None:
    if "+cpu" not in importlib.metadata.version("torch"):
        return  # where no build for processors is offered, the plain one brings them
    names = {(each.metadata["Name"] or "").lower() for each in importlib.metadata.distributions()}
    assert sorted(name for name in names if name.startswith(("nvidia", "triton"))) == []


def _name(requirement: str) -> str:
    return re.split(r"[<>=\[; ]", requirement)[0].lower().replace("_", "-")


def test_what_is_needed_was_tested() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {_name(line) for line in lines if line and not line.startswith("#")}
    project = PROJECT["project"]
    extras = [each for extra in project["optional-dependencies"].values() for each in extra]
    needed = {_name(each) for each in [*project["dependencies"], *extras]}
    assert needed - pinned == set()
    assert all("==" in line for line in lines if line and not line.startswith("#"))


def test_no_secret_and_no_record_is_kept() -> None:
    forbidden = (".sqlite", ".sqlite-wal", ".log", ".pem", ".key")
    assert [path for path in kept() if path.name.endswith(forbidden)] == []
