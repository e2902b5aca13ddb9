"""A policy that a child reads: pydantic, which checks its shape, would stay in the desk for the sake of one file."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Sequence

from desktop.adapters.policy.loaded import LoadedPolicy, PolicyError
from desktop.adapters.system.one_answer import NoAnswerError, answer_of

PATIENCE_S = 20.0
_log = logging.getLogger(__name__)


def load_policy_apart(child: Sequence[str], name: str) -> LoadedPolicy:
    """As `reading.load_policy`, by the process that `child` starts; where that fails, here. Raises PolicyError."""
    try:
        # Our own program wrote it, from dataclasses: what the file says is only text in them.
        found = pickle.loads(answer_of([*child, "--", name], PATIENCE_S))
    except (NoAnswerError, pickle.UnpicklingError, EOFError) as error:
        _log.warning("no other process could read the policy: %s", error)
        from desktop.adapters.policy.reading import load_policy

        return load_policy(name)
    if isinstance(found, PolicyError):
        raise found
    assert isinstance(found, LoadedPolicy)
    return found


def packed(found: LoadedPolicy | PolicyError) -> bytes:
    """As the child writes it on standard output."""
    return pickle.dumps(found)
