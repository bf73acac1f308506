"""`python -m fuzz [SECONDS] [READER ...]`: feeds every reader, by turns, and fails on the first surprise of each.

A surprise is an exception that is none of our refusals, an answer of 500 or more, or an input that takes too long.
It is written to .cache/fuzz with the seed that makes it again: FUZZ_SEED=... python -m fuzz.
"""

from __future__ import annotations

import faulthandler
import os
import secrets
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random

from fuzz.readers import READERS, Reader
from fuzz.requests import SERVER

FINDS = Path(".cache/fuzz")
TURN = 0.25  # seconds a reader is fed before the next one
STUCK = 120  # seconds after which one input has hung the program: it says where, and ends


def main(arguments: list[str]) -> int:
    seconds = float(arguments[0]) if arguments else 60.0
    known = {reader.name: reader for reader in READERS}
    names = arguments[1:] or list(known)
    if unknown := [name for name in names if name not in known]:
        print(f"no reader is called {', '.join(unknown)}: choose from {', '.join(known)}")
        return 2
    seed = int(os.environ.get("FUZZ_SEED", secrets.randbits(32)))
    print(f"FUZZ_SEED={seed}, {seconds:g} seconds over {', '.join(names)}")
    return fuzz([known[name] for name in names], seconds, seed)


def fuzz(readers: list[Reader], seconds: float, seed: int) -> int:
    """How many readers were surprised."""
    sources = {reader.name: Random(f"{seed} {reader.name}") for reader in readers}
    fed, surprised = Counter[str](), dict[str, str]()
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and len(surprised) < len(readers):
        for reader in readers:
            turn = min(deadline, time.monotonic() + TURN)
            while reader.name not in surprised and time.monotonic() < turn:
                given = reader.make(sources[reader.name])
                fed[reader.name] += 1
                if complaint := surprise(reader, given):
                    surprised[reader.name] = keep(reader, given, complaint)
    SERVER.stop()
    for reader in readers:
        print(f"  {reader.name:<14} {fed[reader.name]:>9,} inputs  {surprised.get(reader.name, 'ok')}")
    return len(surprised)


def surprise(reader: Reader, given: object) -> str | None:
    """What is wrong with the way this input was taken, if anything is."""
    faulthandler.dump_traceback_later(STUCK, exit=True)
    began = time.process_time()
    try:
        reader.read(given)
    except Exception:
        return traceback.format_exc()
    finally:
        faulthandler.cancel_dump_traceback_later()
    took = time.process_time() - began
    return f"took {took:.1f} seconds of CPU, more than {reader.seconds:g}" if took > reader.seconds else None


def keep(reader: Reader, given: object, complaint: str) -> str:
    """Writes a find down; where."""
    FINDS.mkdir(parents=True, exist_ok=True)
    place = FINDS / f"{reader.name.replace(' ', '-')}-{secrets.token_hex(4)}"
    place.write_bytes(given if isinstance(given, bytes) else repr(given).encode("utf-8", "backslashreplace"))
    place.with_suffix(".txt").write_text(f"{complaint}\n{given!r}\n", encoding="utf-8", errors="backslashreplace")
    print(f"{reader.name}: {complaint.strip().splitlines()[-1]}", flush=True)
    return f"SURPRISED, see {place}.txt"


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
