"""`python -m tests.pictures`, options by `--help`; `dev.py pictures` sets what must be the same."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import shiboken6
from PySide6.QtWidgets import QApplication

from desktop.domain import ids
from desktop.ui.application import LANGUAGES
from desktop.ui.pseudo import VARIABLE
from tests.pictures import index
from tests.pictures.camera import Camera
from tests.pictures.first_window import first_window
from tests.pictures.scenes import Scenes

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"


def draw(language: str, folder: Path, only: list[str], everything: bool) -> list[str]:
    """Walk through every situation in one language; returns their names."""
    with first_window() as (desk, window):
        camera = Camera(desk, window, folder, language, only, everything)
        Scenes(camera, desk, window).all(language)
    return camera.taken


def _next(numbers: Iterator[int], _limit: int) -> int:
    return next(numbers)


def main(arguments: list[str]) -> int:
    """Draw and write the page; 2 for a name that there is not."""
    parser = argparse.ArgumentParser(prog="dev.py pictures", description=__doc__)
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="this situation; repeatable"
    )
    parser.add_argument("--all", action="store_true", help="every situation in every size and theme")
    parser.add_argument("--to", type=Path, default=FOLDER, metavar="FOLDER", help="instead of docs/pictures")
    parser.add_argument("--pseudo", action="store_true", help="in English words 60 %% longer; needs --to")
    args = parser.parse_args(arguments)
    if args.pseudo:
        if args.to == FOLDER:
            parser.error("--pseudo needs --to: its pictures are to be looked at, not to be kept")
        os.environ[VARIABLE] = "1"
    args.to.mkdir(parents=True, exist_ok=True)
    taken: list[str] = []
    for language in ("en",) if args.pseudo else LANGUAGES:
        numbers = count()
        # Ids of records are in the seals that a report shows.
        counting = SimpleNamespace(randbelow=partial(_next, numbers))
        standing = SimpleNamespace(time_ns=lambda: 0)
        with patch.object(ids, "time", standing), patch.object(ids, "secrets", counting):
            taken = draw(language, args.to, args.only, args.all)
    if unknown := set(args.only) - set(taken):
        print(
            f"there is no picture {', '.join(sorted(unknown))}; there are: {', '.join(taken)}",
            file=sys.stderr,
        )
        return 2
    index.sweep(args.to, taken)
    index.write(args.to, taken)
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    application = QApplication.instance()
    if application is not None:
        shiboken6.delete(application)  # type: ignore[no-untyped-call]
    sys.exit(code)
