"""The dearest scene of every kind that a server accepts: what it was thought to take, and what it takes here."""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from app.budget import MEGABYTE, watched
from app.evaluation import Scenes
from app.pictures.store import LocalStore
from app.settings import Settings
from tests.dearest import CASES, Case, dearest, total_seconds

GRACE = 1.25  # the last stretch of a layer may end after the limit
KILO = 1024 if sys.platform.startswith("linux") else 1  # what ru_maxrss counts in


def main() -> int:
    """Prints a line for each case; fails when one takes more than the default settings allow."""
    print(f"{'dearest accepted scene':<58} {'thought':>8} {'CPU':>8} {'memory':>9}")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(store=Path(folder))
        missed = sum(line(case, settings) for case in CASES)
    print(f"{missed} of {len(CASES)} take more than {settings.max_seconds:g} s or {settings.max_memory // MEGABYTE} MB")
    return int(missed > 0)


def line(case: Case, settings: Settings) -> bool:
    scenes = Scenes(settings, LocalStore(settings.store))
    found = dearest(scenes, case)
    if found is None:
        print(f"{case.chain[:58]:<58} refused at every size")
        return False
    seconds, memory = in_a_child(scenes, found)
    missed = seconds > GRACE * settings.max_seconds or memory > settings.max_memory
    told = f"{case.chain[:48]:<48} {case.value[:9]:<9} {total_seconds(scenes, found):>6.2f} s {seconds:>6.2f} s"
    print(f"{told} {memory / MEGABYTE:>6.0f} MB  {'MISSED' if missed else 'ok'}", flush=True)
    return missed


def in_a_child(scenes: Scenes, found: str) -> tuple[float, float]:
    """Seconds of CPU, and bytes beyond those that the process began with: each scene in a fork of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.process_time()
        try:
            watched(scenes.feature_map, scenes.read(found), -1)()
        except ValueError:  # refused on the way, for what its numbers are
            pass
        taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        os.write(writing, f"{time.process_time() - began} {taken * KILO}".encode())
        os._exit(0)
    os.waitpid(child, 0)
    seconds, memory = map(float, os.read(reading, 100).split())
    os.close(reading)
    os.close(writing)
    return seconds, memory


if __name__ == "__main__":
    sys.exit(main())
