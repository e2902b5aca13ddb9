"""A bound on the memory that this process may take, so that a file that lies about itself can't take it all."""

import sys

if sys.platform == "win32":

    def limit_memory(most: int) -> bool:
        """Windows bounds a process only by a job of its parent's; False: there is no bound."""
        return False

else:
    import resource

    def limit_memory(most: int) -> bool:
        """Refuse this process more than `most` bytes of its own from now on; False where the system does not."""
        try:
            _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
            within = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(resource.RLIMIT_DATA, (within, hard))
        except (OSError, ValueError):
            return False
        return True
