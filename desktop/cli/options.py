"""The common options for commands that have verbs of their own."""

import argparse
from pathlib import Path


def add_common(verb: argparse.ArgumentParser) -> None:
    """The common options once more, so that they may stand behind the verb too."""
    for option in ("--json", "--verbose"):
        verb.add_argument(option, action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    for option in ("--data", "--config"):
        verb.add_argument(option, type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
