"""The command `kernelwalk`, also as `python -m kernelwalk`."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from types import FrameType

INTERRUPTED = 130


def run() -> None:
    """Runs the command. Ctrl+C ends it at once, wherever it comes: while modules are read too, which may make
    something else of it, and without waiting for threads at work."""
    told: list[int] = []

    def interrupt(number: int, frame: FrameType | None) -> None:
        told.append(number)
        signal.default_int_handler(number, frame)

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, interrupt)
    try:
        from kernelwalk.commands.program import main

        code = main()
    except BaseException:
        if not told:
            raise
        code = INTERRUPTED
    if told and code == INTERRUPTED:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):
                stream.flush()
        os._exit(INTERRUPTED)
    sys.exit(code)


if __name__ == "__main__":
    run()
