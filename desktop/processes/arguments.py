"""The arguments that every process takes, so that they mean the same everywhere."""

import argparse
from pathlib import Path

from desktop.paths import Folders, folders


def process_parser(name: str, description: str) -> argparse.ArgumentParser:
    """A parser for `_process NAME` with `--data`, `--config` and `--verbose`."""
    parser = argparse.ArgumentParser(
        prog=f"dasan-desk _process {name}", description=description, allow_abbrev=False
    )
    parser.add_argument("--data", type=Path, default=None, metavar="DIR")
    parser.add_argument("--config", type=Path, default=None, metavar="DIR")
    parser.add_argument("--verbose", action="store_true")
    return parser


def process_folders(args: argparse.Namespace) -> Folders:
    """The folders that parsed arguments name."""
    return folders(args.data, args.config)


def pass_on(where: Folders, verbose: bool = False) -> list[str]:
    """The common arguments for a child that is to use the same folders."""
    return ["--data", str(where.data), "--config", str(where.config), *(["--verbose"] if verbose else [])]
