"""The policy process: reads the centre's policy for the desk, then ends, and pydantic's memory with it."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.adapters.policy.apart import packed
from desktop.adapters.policy.loaded import LoadedPolicy, PolicyError
from desktop.adapters.policy.reading import load_policy
from desktop.processes.arguments import process_parser
from desktop.processes.own_output import own_output


def main(argv: Sequence[str]) -> int:
    """Write the policy, or what is wrong with it, on standard output; returns the exit code."""
    parser = process_parser("policy", "reads the policy; started by the desk")
    parser.add_argument("name", help="a preset or a file; empty is the default preset")
    name = parser.parse_args(argv).name
    with own_output() as out:
        out.write(packed(_found(name)))
    return 0


def _found(name: str) -> LoadedPolicy | PolicyError:
    try:
        return load_policy(name)
    except PolicyError as error:
        return error
