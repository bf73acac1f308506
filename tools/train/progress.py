"""A line that says how far an epoch is; on a terminal it moves, in a file only finished epochs stand."""

from __future__ import annotations

import sys
import time

WIDTH = 30
PAUSE = 0.1  # seconds between two drawings


class Progress:
    """One line an epoch on standard error."""

    def __init__(self, epochs: int) -> None:
        self.epochs, self.epoch = epochs, 1
        self.started = self.drawn = time.monotonic()

    def watch(self, seen: int, count: int, loss: float, accuracy: float) -> None:
        now = time.monotonic()
        if sys.stderr.isatty() and now - self.drawn > PAUSE:
            self.drawn = now
            full = WIDTH * seen // count
            self.say(f"[{'#' * full}{'.' * (WIDTH - full)}] {self.told(loss, accuracy)}", "\r")

    def finished(self, loss: float, accuracy: float, measured: float) -> None:
        self.say(f"[{'#' * WIDTH}] {self.told(loss, accuracy)}, {measured:.2%} of the test digits", "\n")
        self.epoch += 1

    def told(self, loss: float, accuracy: float) -> str:
        return f"loss {loss:.4f}, {accuracy:.2%} right, {time.monotonic() - self.started:.0f} s"

    def say(self, text: str, end: str) -> None:
        print(f"epoch {self.epoch:2}/{self.epochs} {text}", end=end, file=sys.stderr, flush=True)
