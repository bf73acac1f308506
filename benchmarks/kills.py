"""Kills a server fifty times during uploads: nothing that it acknowledged may be lost or damaged."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.killing import acknowledged_before_kills, lost_or_damaged

TIMES = 50


def main() -> int:
    """Prints how many pictures were kept; fails when one is lost."""
    with tempfile.TemporaryDirectory() as folder:
        kept = acknowledged_before_kills(Path(folder), TIMES)
        lost = lost_or_damaged(Path(folder), kept)
    print(f"{TIMES} kills, {len(kept)} pictures acknowledged, {len(lost)} lost or damaged")
    return int(bool(lost))


if __name__ == "__main__":
    sys.exit(main())
