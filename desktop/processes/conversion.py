"""The conversion process: makes the converted form of a speech model, then ends, and torch's memory with it.

A child of what loads a model. Exit 0: the converted model lies in the data folder. Exit 1: one JSON line on standard
output says why not.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from desktop import log as desk_log
from desktop.adapters.stt.engine_choice import answer, model_digest
from desktop.adapters.stt.fast_models import ConversionError, FastModels, installed_versions
from desktop.adapters.stt.model_file import ModelError, check_file
from desktop.adapters.stt.model_notes import ModelNotes
from desktop.paths import Folders
from desktop.processes.arguments import process_folders, process_parser
from desktop.processes.model_child import be_careful
from desktop.processes.own_output import own_output


def main(argv: Sequence[str]) -> int:
    """Convert, and with `--trial` compare the engines; returns the exit code."""
    parser = process_parser(
        "conversion", "converts a speech model for CTranslate2; started by the speech process"
    )
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--language", required=True)
    parser.add_argument("--trial", action="store_true")
    args = parser.parse_args(argv)
    be_careful(args.model)
    where = process_folders(args)
    desk_log.start(where.logs, "conversion", args.verbose)
    out = own_output()
    try:
        work(where, args.model, args.language, args.trial)
    except (ModelError, ConversionError) as error:
        out.write(answer(error))
        out.flush()
        return 1
    return 0


def work(where: Folders, path: Path, language: str, trial: bool) -> None:
    """Make the converted model where it is not there, and try it. Raises ModelError, ConversionError."""
    check_file(path)
    versions = installed_versions()
    models, notes = FastModels(where.converted_models), ModelNotes(where.data)
    digest = model_digest(notes, path)
    model = models.find(path, digest)
    if model is None:
        from desktop.adapters.stt.conversion import convert

        model = models.make(path, digest, partial(convert, path, language))
    if trial:
        from desktop.adapters.stt.trial import compare

        model.keep_trial(compare(path, language, model, versions, notes))
