"""Writes settings until it is killed."""

import itertools
import sys
from pathlib import Path

from desktop.settings import save

FILLING = "x" * 900


def main() -> None:
    """Save again and again, and say so after each time."""
    for number in itertools.count():
        save(Path(sys.argv[1]), {"agent_number": str(number), "account": FILLING + str(number)})
        print(number, flush=True)


if __name__ == "__main__":
    main()
