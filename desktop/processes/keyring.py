"""The keyring process: keeps or finds one password for the desk, then ends, and with it what a keyring's use loads."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from desktop.adapters.system.keyrings import KeyringHere, answer_to
from desktop.processes.arguments import process_parser


def main(argv: Sequence[str]) -> int:
    """Answer the question on standard input; returns the exit code."""
    process_parser("keyring", "asks the keyring; started by the desk").parse_args(argv)
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)  # whatever a keyring's library prints is no answer
        out.write(answer_to(sys.stdin.buffer.read(), KeyringHere()))
    return 0
