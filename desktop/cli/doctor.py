"""`dasan-desk doctor`: checks what the desk stands on and says what to do."""

import argparse

SUMMARY = "check what the desk stands on"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def run(args: argparse.Namespace) -> int:
    """Print one line per check; 1 if one fails."""
    return 0
