"""`python -m hourglass.postgres`: migrates the database whose URL stands on standard input.

A process of its own, so that the supervisor need not load a database driver.
"""

from __future__ import annotations

import sys

from hourglass.kernel import HourglassError, Unavailable
from hourglass.postgres.embedded import COME_BACK_LATER
from hourglass.postgres.migrations import migrate


def main() -> int:
    """Exit status 0 when the database has the shape this version needs."""
    try:
        migrate(sys.stdin.read().strip())
    except Unavailable as error:
        sys.stderr.write(f"{error.sentence}\n")
        return COME_BACK_LATER
    except HourglassError as error:
        sys.stderr.write(f"{error.sentence}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
