"""`dasan-desk`: finds the command, reads the common options, turns errors into a sentence and an exit code."""

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from desktop import __version__
from desktop.adapters.system.priority import hurry
from desktop.cli.output import DONE, FAILED, WRONG_USAGE, CommandError, UsageError, forget_output, say
from desktop.domain.errors import DeskError
from desktop.paths import folders
from desktop.processes.arguments import pass_on
from desktop.processes.head_start import engine_ahead

PROGRAM = "dasan-desk"
# A command's module is imported only when it is asked for: searching answers must not load a speech engine.
COMMANDS = (
    *("phone", "account", "practice", "transcribe", "models", "faq", "abuse", "policy", "evidence", "doctor"),
)
PROCESSES = ("desk", "phone", "engine", "speech", "citizen", "model_check", "conversion", "policy", "keyring")
PROCESS_COMMAND = "_process"
VALUE_OPTIONS = ("--data", "--config")

log = logging.getLogger("desktop.cli")


class Parser(argparse.ArgumentParser):
    """An argument parser that says one sentence and exits 2 instead of printing its whole usage."""

    def error(self, message: str) -> NoReturn:
        """Raise the message as wrong usage."""
        raise UsageError(f"{message} ({self.prog} --help shows what is accepted).")


def common_options() -> Parser:
    """The options that stand before or after the command; absent ones leave no attribute."""
    parser = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    group = parser.add_argument_group("common options")
    group.add_argument("--data", type=Path, metavar="DIR", help="data folder (default: the platform's own)")
    group.add_argument(
        "--config", type=Path, metavar="DIR", help="settings folder (default: the platform's own)"
    )
    group.add_argument("--verbose", action="store_true", help="say more on standard error")
    group.add_argument("--json", action="store_true", help="one JSON object per line on standard output")
    return parser


def find_command(argv: Sequence[str]) -> str | None:
    """The first word that is neither an option nor the value of a common option."""
    words = iter(argv)
    for word in words:
        if word in VALUE_OPTIONS:
            next(words, None)
        elif not word.startswith("-"):
            return word
        elif word.partition("=")[0] not in (*VALUE_OPTIONS, "--verbose", "--json"):
            return None
    return None


def load(name: str) -> ModuleType:
    """The module of a command. Raises CommandError where a part that it stands on is not installed."""
    try:
        return importlib.import_module(f"desktop.cli.{name}")
    except ModuleNotFoundError as error:
        message = f"the command {name} needs {error.name}, which is not installed; install the program again"
        raise CommandError(f"{message} (from a checkout: python3 dev.py run).") from error


def build_parser(chosen: str | None) -> Parser:
    """A parser that knows the chosen command; without one, the window's options and the list of commands."""
    common = common_options()
    parser = Parser(
        prog=PROGRAM,
        parents=[common],
        allow_abbrev=False,
        description="The desk of a city's telephone information service. Without a command: the window.",
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    if chosen is None:
        parser.add_argument(
            "--practice", metavar="ID", help="open the window and start this practice call, for example S01"
        )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", parser_class=Parser)
    for name in (chosen,) if chosen else COMMANDS:
        try:
            module = load(name)
        except CommandError as error:
            if chosen:
                raise
            # One broken command must not hide the others from somebody who asks for help.
            commands.add_parser(name, help=str(error).replace("%", "%%"))
            continue
        command = commands.add_parser(
            name, parents=[common], help=module.SUMMARY, description=module.SUMMARY, allow_abbrev=False
        )
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return parser


def run_command(name: str, argv: Sequence[str]) -> int:
    """Parse and run one command of the table."""
    with engine_ahead(name == "phone" and "--headless" in argv and not {"-h", "--help"} & set(argv)):
        return run_loaded(name, argv)


def run_loaded(name: str, argv: Sequence[str]) -> int:
    """Load the command, parse its arguments and run it."""
    args = build_parser(name).parse_args(argv)
    where = folders(getattr(args, "data", None), getattr(args, "config", None))
    args.data, args.config = where.data, where.config
    args.verbose = getattr(args, "verbose", False)
    args.json = getattr(args, "json", False)
    start_logging(args.verbose)
    return int(args.run(args))


def run_window(argv: Sequence[str]) -> int:
    """Parse the window's options and hand over to the desk process."""
    # The list of commands costs an import of each, so only a reader of the help pays for it.
    if any(word in ("-h", "--help") for word in argv):
        build_parser(None).parse_args(argv)
    parser = Parser(prog=PROGRAM, parents=[common_options()], allow_abbrev=False, add_help=False)
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parser.add_argument("--practice", metavar="ID")
    args = parser.parse_args(argv)
    if getattr(args, "json", False):
        raise UsageError("--json belongs to a command; the window prints nothing.")
    where = folders(getattr(args, "data", None), getattr(args, "config", None))
    arguments = pass_on(where, getattr(args, "verbose", False))
    if args.practice is not None:
        arguments += ["--practice", load("practice").offered_scenario(args.practice).id]
    return run_process("desk", arguments)


def run_process(name: str, argv: Sequence[str]) -> int:
    """Become one of the desk's processes."""
    if name not in PROCESSES:
        raise UsageError(f"there is no process named {name}; the desk has {', '.join(PROCESSES)}.")
    if name == "desk":
        hurry()  # before its imports, which are half of its start
    with engine_ahead(name == "phone"):
        module = importlib.import_module(f"desktop.processes.{name}")
        return int(module.main(list(argv)))


def dispatch(argv: Sequence[str]) -> int:
    """Run what `argv` asks for; errors come out as exceptions."""
    if argv and argv[0] == PROCESS_COMMAND:
        if len(argv) < 2:
            raise UsageError(f"{PROCESS_COMMAND} needs the name of a process.")
        return run_process(argv[1], argv[2:])
    name = find_command(argv)
    if name is None:
        return run_window(argv)
    if name not in COMMANDS:
        raise UsageError(f"there is no command {name}; {PROGRAM} --help lists them.")
    return run_command(name, argv)


def start_logging(verbose: bool) -> None:
    """Warnings, or everything, to standard error; a process with a log file of its own adds it (desktop.log)."""
    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        stream=sys.stderr,
    )


def prepare_streams() -> None:
    """UTF-8 and plain line ends on every system; what a terminal cannot show is escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code: 0 done, 1 failed, 2 wrong usage."""
    prepare_streams()
    os.umask(0o077)
    try:
        return dispatch(sys.argv[1:] if argv is None else list(argv))
    except CommandError as error:
        say(f"{PROGRAM}: {error}")
        return error.exit_code
    except DeskError as error:
        say(f"{PROGRAM}: {error}")
        return FAILED
    except BrokenPipeError:
        forget_output()
        return DONE
    except KeyboardInterrupt:
        say(f"{PROGRAM}: stopped by the keyboard.")
        return FAILED
    except SystemExit as leaving:
        return (
            leaving.code if isinstance(leaving.code, int) else (DONE if leaving.code is None else WRONG_USAGE)
        )
    except Exception as error:
        log.debug("internal error", exc_info=True)
        say(
            f"{PROGRAM}: internal error ({type(error).__name__}: {error}); run again with --verbose and report it."
        )
        return FAILED
