"""`python -m benchmarks [NAME ...]`: run the benchmarks of those names, or all, each in its own process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

# One BLAS thread, because the core divides pictures itself; and the same BLAS kernels on every x86 machine.
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OPENBLAS_CORETYPE": "Haswell"}


def names() -> list[str]:
    """Every module here that can be run by itself."""
    modules = sorted(Path(__file__).parent.glob("*.py"))
    return [module.stem for module in modules if "\ndef main() -> int:" in module.read_text() and module.stem[0] != "_"]


def main() -> int:
    """Fails when one of them does."""
    known = names()
    chosen = sys.argv[1:] or known
    unknown = [name for name in chosen if name not in known]
    if unknown:
        print(f"no benchmark is called {', '.join(unknown)}: choose from {', '.join(known)}")
        return 2
    environment = {**ENVIRONMENT, **os.environ}
    codes = [
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], env=environment).returncode for name in chosen
    ]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
