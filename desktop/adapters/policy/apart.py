"""A policy that a child reads: pydantic, which checks its shape, would stay in the desk for the sake of one file."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Sequence

from desktop.adapters.policy.loaded import LoadedPolicy, PolicyError
from desktop.adapters.system.one_answer import NoAnswerError, answer_of

PATIENCE_S = 20.0
_NO_ANSWER = (NoAnswerError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError)
_log = logging.getLogger(__name__)


def load_policy_apart(child: Sequence[str], name: str) -> LoadedPolicy:
    """As `reading.load_policy`, by the process that `child` starts; where that fails, here. Raises PolicyError."""
    found = _answer(child, name)
    if isinstance(found, PolicyError):
        raise found
    if isinstance(found, LoadedPolicy):
        return found
    from desktop.adapters.policy.reading import load_policy

    return load_policy(name)


def _answer(child: Sequence[str], name: str) -> object:
    """What the child sent; None where that is nothing."""
    try:
        # Our own program wrote it, from dataclasses: what the file says is only text in them.
        return pickle.loads(answer_of([*child, "--", name], PATIENCE_S))
    except _NO_ANSWER as error:
        _log.warning("no other process could read the policy: %s", error)
        return None


def packed(found: LoadedPolicy | PolicyError) -> bytes:
    """As the child writes it on standard output."""
    return pickle.dumps(found)
