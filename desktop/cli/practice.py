"""`dasan-desk practice`: list the scenarios, or take one as a trainee or by autopilot, and say whether all worked."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from desktop.adapters.practice.scenarios import load_scenarios
from desktop.cli.output import CommandError, UsageError, emit, emit_event, say
from desktop.domain.practice import Scenario
from desktop.paths import Folders, resources

SUMMARY = "take a practice call from a simulated citizen"
DEFAULT_SCENARIO = "S01"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own options."""
    parser.add_argument("--list", action="store_true", help="list the scenarios and end")
    parser.add_argument("--check", metavar="FILE", help="not available yet")
    parser.add_argument(
        "--scenario", metavar="ID", default=DEFAULT_SCENARIO, help="which call (default: %(default)s)"
    )
    parser.add_argument("--headless", action="store_true", help="draw the window without a screen")
    parser.add_argument(
        "--autopilot",
        nargs="?",
        const="good",
        choices=("good", "careless"),
        help="let the program take the call with the model answers",
    )
    parser.add_argument(
        "--screenshots", type=Path, metavar="DIR", help="keep a picture of each situation here"
    )


def run(args: argparse.Namespace) -> int:
    """List or take a practice call; 0 only if every condition of docs/cli.md holds."""
    if args.check is not None:
        raise UsageError("--check is not available in this version.")
    if args.list:
        for each in all_scenarios():
            emit(_row(each))
        return 0
    if args.autopilot == "careless":
        raise UsageError("--autopilot careless is not available until practice calls are scored.")
    if args.headless and args.autopilot is None:
        raise UsageError("--headless needs --autopilot: without a screen nobody else can take the call.")
    scenario = offered_scenario(args.scenario)
    if args.screenshots is not None:
        prepare_folder(args.screenshots)
    if args.headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # The window's libraries are loaded only for a call.
    from desktop.processes import practice_run

    tell = emit_event if args.json else _say_event
    wishes = practice_run.Wishes(scenario, args.autopilot is not None, args.screenshots, tell, _complain)
    return practice_run.run(Folders(args.data, args.config), wishes)


def prepare_folder(folder: Path) -> None:
    """Make the folder of the pictures before a call depends on it. Raises CommandError."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise CommandError(
            f"no screenshots can be kept in {folder}: {error.strerror}; choose a folder."
        ) from error


def all_scenarios() -> list[Scenario]:
    """The scenarios that ship."""
    return list(load_scenarios(resources() / "practice" / "scenarios.yaml"))


def offered_scenario(wanted: str) -> Scenario:
    """The scenario with this id. Raises UsageError where there is none or it is not offered yet."""
    scenario = next((each for each in all_scenarios() if each.id == wanted), None)
    if scenario is None:
        raise UsageError(f"there is no scenario {wanted}; dasan-desk practice --list shows them.")
    if not scenario.offered:
        needs = ", ".join(scenario.needs)
        raise UsageError(
            f"scenario {scenario.id} needs the {needs} and is not offered yet; "
            "dasan-desk practice --list shows what is."
        )
    return scenario


def _say_event(name: str, **fields: object) -> None:
    if name in ("ringing", "answered", "ended", "wrapup_saved"):
        say(name)


def _complain(sentence: str) -> None:
    say(f"dasan-desk practice: {sentence}")


def _row(scenario: Scenario) -> dict[str, object]:
    return {
        "id": scenario.id,
        "title": scenario.title,
        "language": scenario.language,
        "class": scenario.category,
        "minutes": scenario.minutes,
        "needs": list(scenario.needs),
    }
