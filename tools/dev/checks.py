"""`dev.py check`: what is read rather than run."""

import subprocess
import time
from collections.abc import Callable

from tools.dev import translations
from tools.dev.place import PYTHON, ROOT, tell, tool

READ = ("desktop", "tests", "bench", "tools", "dev.py")


def _command(*words: str) -> Callable[[], list[str]]:
    def run() -> list[str]:
        done = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return [done.stdout.strip()] if done.returncode else []

    return run


def check() -> int:
    """Run every check, also after one has failed; 0 where all are content."""
    existing = [name for name in READ if (ROOT / name).exists()]
    python = str(PYTHON)
    steps: dict[str, Callable[[], list[str]]] = {
        "ruff check": _command(python, "-m", "ruff", "check", "--quiet", *existing),
        "ruff format": _command(python, "-m", "ruff", "format", "--check", "--quiet", *existing),
        "mypy": _command(python, "-m", "mypy", "--no-error-summary"),
        "import-linter": _command(str(tool("lint-imports")), "--no-cache"),
        "translations": translations.problems,
    }
    failed = []
    for name, step in steps.items():
        started = time.monotonic()
        found = step()
        tell(f"{name}: {'not content' if found else 'ok'} ({time.monotonic() - started:.1f} s)")
        for each in found:
            print(each, flush=True)
        if found:
            failed.append(name)
    if failed:
        tell(f"check failed: {', '.join(failed)}")
    return 1 if failed else 0
