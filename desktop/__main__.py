"""`python -m desktop` is the same as `dasan-desk`."""

import sys

from desktop.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
