"""The answers of a child on its standard output, kept apart from what libraries print."""

import os
from typing import IO


def own_output() -> IO[bytes]:
    """Standard output for who started this process alone: from now on what a library prints goes to standard error."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return out
