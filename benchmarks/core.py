"""The core's speed beside the best known, each number beside its goal; then how time and memory grow."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

from benchmarks.core_growth import growth
from benchmarks.core_rows import GROUPS, Row
from benchmarks.core_timing import copy_speed, duel, product_speed, suppose_cache
from core import functional as F


def main() -> int:
    """Prints a line for each opponent, at one and at two threads; fails when a goal is missed at one."""
    print(f"a core's cache: {suppose_cache() >> 10} KiB")
    print("BLAS kernels:", os.environ.get("OPENBLAS_CORETYPE", "chosen by OpenBLAS itself"))
    missing = sorted({peer for _, peers in GROUPS for peer in peers if find_spec(peer) is None})
    for peer in missing:
        print(f"not installed, so not measured against: {peer}")
    missed = table(1, set(missing))
    table(2, set(missing))
    growth()
    return int(missed > 0)


def table(threads: int, missing: set[str]) -> int:
    """One run over every row; how many goals it missed."""
    set_threads(threads, missing)
    copied, multiplied = copy_speed(), product_speed()
    print(f"\n{threads} thread{'s' * (threads > 1)}; a copy moves {copied / 1e9:.0f} GB/s, a large sgemm makes "
          f"{multiplied / 1e9:.0f} Gflop/s (one BLAS thread)")  # fmt: skip
    print(
        f"  {'work':<36} {'beside':<32} {'of its time':>11} {'goal':>7} {'':6} {'ours':>9} {'theirs':>9}  of the limit"
    )
    missed = 0
    for rows, peers in GROUPS:
        if not missing.intersection(peers):
            for row in rows():
                missed += line(row, copied, multiplied)
    return missed


def line(row: Row, copied: float, multiplied: float) -> int:
    result = duel(row.ours, row.theirs, row.inner)
    ratio, theirs = result.ratio * row.scale, result.theirs / row.scale
    missed = row.goal is not None and ratio > row.goal
    goal = "" if row.goal is None else f"{row.goal:.4g}"
    verdict = "" if row.goal is None else "MISSED" if missed else "ok"
    limit = ""
    if row.bytes:
        limit = f"{row.bytes / result.ours / copied:5.0%} of a copy"
    if row.flops:
        limit = f"{row.flops / result.ours / multiplied:5.0%} of an sgemm"
    print(f"  {row.work:<36} {row.beside:<32} {ratio:>11.4g} {goal:>7} {verdict:6} {result.ours * 1e3:>7.3f}ms "
          f"{theirs * 1e3:>7.3f}ms  {limit}", flush=True)  # fmt: skip
    return int(missed)


def set_threads(count: int, missing: set[str]) -> None:
    F.set_num_threads(count)
    if "cv2" not in missing:
        import cv2

        cv2.setNumThreads(count)
    if "torch" not in missing:
        import torch

        torch.set_num_threads(count)


if __name__ == "__main__":
    sys.exit(main())
