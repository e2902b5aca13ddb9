"""`dasan-desk models`: its arguments; the work is imported when it is wanted, so that help comes at once."""

from __future__ import annotations

import argparse

from desktop.cli.options import add_common_again

SUMMARY = "speech models on this computer: list, install, verify, remove"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`list`, `install SOURCE`, `verify [MODEL]` and `remove MODEL`."""
    commands = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    names = commands.add_parser("list", help="every model, with size, SHA-256, languages and speed")
    install = commands.add_parser(
        "install", help="from a file, a folder, a share or a web address; nothing is put in place unchecked"
    )
    install.add_argument(
        "source", metavar="PATH", help="a model file (.pt), a folder with one, or http(s)://..."
    )
    install.add_argument("--sha256", default="", metavar="HEX", help="what the file's SHA-256 has to be")
    install.add_argument("--name", default="", help="the name to install it by; default: that of the file")
    install.add_argument("--use", action="store_true", help="let the settings use it for calls")
    verify = commands.add_parser("verify", help="hash models again and look into them")
    verify.add_argument("model", metavar="PATH", nargs="?", help="a name or a path; left out: all")
    remove = commands.add_parser("remove", help="delete an installed model")
    remove.add_argument("model", metavar="PATH", help="a name or a path")
    for each in (names, install, verify, remove):
        add_common_again(each)


def run(args: argparse.Namespace) -> int:
    """Do what was asked; 1 where a model can't be used."""
    from desktop.cli.models_work import work

    return work(args)
