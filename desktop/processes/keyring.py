"""The keyring process: keeps or finds one password for the desk, then ends, and with it what a keyring's use loads."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from desktop.adapters.system.keyrings import KeyringHere, answer_to
from desktop.processes.arguments import process_parser
from desktop.processes.own_output import own_output


def main(argv: Sequence[str]) -> int:
    """Answer the question on standard input; returns the exit code."""
    process_parser("keyring", "asks the keyring; started by the desk").parse_args(argv)
    with own_output() as out:
        out.write(answer_to(sys.stdin.buffer.read(), KeyringHere()))
    return 0
