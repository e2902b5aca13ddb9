"""`dasan-desk policy`: its arguments; the work is imported when it is wanted, so that help comes at once."""

from __future__ import annotations

import argparse

from desktop.adapters.policy.presets import PRESETS
from desktop.cli.options import add_common_again

SUMMARY = "check a centre's policy file, or show what a policy says"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`check FILE` and `show [PRESET|FILE]`."""
    commands = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = commands.add_parser("check", help="name every error of a file with its place", allow_abbrev=False)
    check.add_argument("file", metavar="FILE", help="a policy file (TOML), or the name of a preset")
    show = commands.add_parser("show", help="what a policy says, its base included", allow_abbrev=False)
    show.add_argument(
        "name",
        metavar="PRESET|FILE",
        nargs="?",
        help=f"one of {', '.join(PRESETS)}, or a file; left out: the one that the desk uses",
    )
    for each in (check, show):
        add_common_again(each)


def run(args: argparse.Namespace) -> int:
    """Do what was asked; 1 where the policy has errors."""
    from desktop.cli.policy_work import work

    return work(args)
