"""`dasan-desk evidence`: its arguments; the work is imported when it is wanted, so that help comes at once."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.cli.options import add_common_again

SUMMARY = "check, list and hand out what was saved of abusive calls"
LANGUAGES = ("ko", "en", "ja", "vi", "th", "mn")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One subcommand each."""
    commands = parser.add_subparsers(dest="what", metavar="COMMAND", required=True)
    commands.add_parser("verify", help="check every record and file; name the first that was changed")
    practice = argparse.ArgumentParser(add_help=False)
    practice.add_argument("--practice", action="store_true", help="evidence of practice calls")
    commands.add_parser("list", parents=[practice], help="list the saved incidents")
    export = commands.add_parser("export", parents=[practice], help="write an incident into a ZIP")
    export.add_argument("id", metavar="ID", help="the incident's id or number, as list shows it")
    export.add_argument("--output", type=Path, metavar="FILE.zip", required=True)
    export.add_argument("--original", action="store_true", help="unmasked, with audio that plays; is logged")
    export.add_argument("--reason", metavar="TEXT", default="", help="why the original is needed")
    export.add_argument("--language", choices=LANGUAGES, help="language of the report's words")
    close = commands.add_parser(
        "close", parents=[practice], help="the case has ended: its hold begins to run"
    )
    close.add_argument("id", metavar="ID")
    close.add_argument("--reason", metavar="TEXT", required=True)
    for verb in commands.choices.values():
        add_common_again(verb)


def run(args: argparse.Namespace) -> int:
    """Run a subcommand."""
    from desktop.cli.evidence_work import work

    return work(args)
