"""The command `kernelwalk`, also as `python -m kernelwalk`."""

from __future__ import annotations

import sys

from kernelwalk.commands.program import main

if __name__ == "__main__":
    sys.exit(main())
