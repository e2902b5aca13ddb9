"""The commands of `dev.py`."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from tools.dev import environment, system_packages
from tools.dev.place import PYTHON, ROOT, Failure, tell

PEERS_MISSING = "tests on this system run without the telephone peers that only Debian and Ubuntu bring"


def build_parser() -> argparse.ArgumentParser:
    """The arguments of every command."""
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__, allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="start the window; what follows is passed to it")
    test = commands.add_parser("test", help="check, then every test; what is not known goes to pytest")
    test.add_argument(
        "--long", nargs="?", const="", metavar="NAME", help="the long form of checks instead (all or one)"
    )
    test.add_argument("--no-check", action="store_true", help="tests only")
    commands.add_parser("check", help="ruff, mypy, import-linter, translations")
    commands.add_parser("strings", help="bring the translations up to date with the source")
    commands.add_parser("pictures", help="draw every situation of the window; what follows is passed to it")
    bench = commands.add_parser("bench", help="measure; results on standard output, one JSON object a line")
    bench.add_argument(
        "name", nargs="?", help="one of bench/*.py (default: all); what follows is passed to it"
    )
    return parser


def main(arguments: list[str]) -> int:
    """Do what was asked; returns the exit code."""
    # Everything here starts many processes: without bytecode on disk each would compile hundreds of modules again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    parser = build_parser()
    # What follows `run` or `pictures` belongs to the program, what follows `bench NAME` to the measurement.
    own = {"run": 1, "pictures": 1, "bench": 2}.get(arguments[0], len(arguments)) if arguments else 0
    args, rest = parser.parse_known_args(arguments[:own])
    rest += arguments[own:]
    takes_more = args.command in ("run", "test", "pictures") or (args.command == "bench" and args.name)
    if rest and not takes_more:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    try:
        if args.command == "run":
            return run(rest)
        others = {"test": test, "check": check, "strings": strings, "bench": bench, "pictures": pictures}
        return others[args.command](args, rest)
    except Failure as failure:
        tell(str(failure))
        return 1
    except KeyboardInterrupt:
        tell("stopped by the keyboard")
        return 1


def run(rest: list[str]) -> int:
    """`dev.py run`: the window, or any command of the program."""
    if rest and rest[0] in ("-h", "--help") and not environment.is_ready(environment.RUNTIME):
        print(
            "usage: dev.py run [--practice S01] [COMMAND] [options]\n\nStarts the window, or a command of dasan-desk."
        )
        return 0
    system_packages.ensure(system_packages.WINDOW, "the window")
    environment.ensure(environment.RUNTIME)
    command = [str(PYTHON), "-m", "desktop", *rest]
    if os.name == "posix":
        # The window takes this process's place: signals and the terminal reach it directly.
        sys.stderr.flush()
        os.execv(command[0], command)
    return subprocess.call(command)


def _developing() -> None:
    environment.ensure(environment.DEVELOPMENT)


def test(args: argparse.Namespace, rest: list[str]) -> int:
    """`dev.py test`: checks and tests; 0 only where both are content."""
    from tools.dev import checks, testing

    if system_packages.on_debian():
        system_packages.ensure((*system_packages.WINDOW, *system_packages.PEERS), "tests")
    else:
        tell(PEERS_MISSING)
    _developing()
    if args.long is not None:
        return testing.run_long(args.long, rest)
    checked = 0 if args.no_check else checks.check()
    tested = testing.run_pytest(rest)
    if checked:
        tell("the tests ran, but check is not content (above)")
    return tested or checked


def check(args: argparse.Namespace, rest: list[str]) -> int:
    """`dev.py check`."""
    from tools.dev import checks

    _developing()
    return checks.check()


def strings(args: argparse.Namespace, rest: list[str]) -> int:
    """`dev.py strings`."""
    from tools.dev import translations

    _developing()
    return translations.strings()


def pictures(args: argparse.Namespace, rest: list[str]) -> int:
    """`dev.py pictures [OPTIONS]` (`--help` says which): into `docs/pictures`, the same bytes each time."""
    from tools.dev import testing

    system_packages.ensure(system_packages.WINDOW, "the window")
    _developing()
    return testing.draw(rest)


def bench(args: argparse.Namespace, rest: list[str]) -> int:
    """`dev.py bench [NAME [OPTIONS]]`."""
    _developing()
    known = {path.stem: path for path in sorted((ROOT / "bench").glob("[a-z]*.py"))}
    if args.name is not None and args.name not in known:
        raise Failure(f"there is no measurement {args.name}; there are: {', '.join(known)}")
    chosen: list[Path] = [known[args.name]] if args.name else list(known.values())
    codes = [subprocess.call([str(PYTHON), str(path), *rest], cwd=ROOT) for path in chosen]
    return max(codes, default=0)
