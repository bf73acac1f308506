"""How time and memory grow with the picture and with the kernel, and what slope to expect."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tracemalloc

import numpy as np

from benchmarks.core_timing import Work, seconds, suppose_cache
from core import functional as F

SIDES = (256, 512, 1024, 2048, 4096, 8192)
KERNELS = (3, 5, 7, 9, 11, 13, 15, 23, 31, 47, 63)
CASES = {
    "Sobel x (direct)": "2: each pass reads every pixel once",
    "dense 5x5 (bands)": "2: 25 products a cell, whatever the picture",
    "dense 15x15 (fft)": "2: as many tiles as the picture holds; a tile's transform is fixed",
    "max pool 2x2": "2: three comparisons an output",
}


def growth() -> None:
    """Each measurement in a process of its own, because memory that was once held still counts."""
    print("\nGrowth, float32, one thread: milliseconds (and MiB held beyond input and output)")
    print(f"  {'picture side':<22}" + "".join(f"{side:>16}" for side in SIDES) + "   slope (expected)")
    for case, expected in CASES.items():
        found = [measure(case, side, 0) for side in SIDES]
        print(
            f"  {case:<22}" + "".join(map(cell, found)) + f"   {slope(SIDES[2:], found[2:]):.2f} ({expected})",
            flush=True,
        )
    print(f"\n  {'kernel side, 1024x1024':<22}" + "".join(f"{side:>16}" for side in KERNELS))
    found = [measure("dense", 1024, side) for side in KERNELS]
    print(f"  {'dense':<22}" + "".join(map(cell, found)))
    print(f"  {'':<22}" + "".join(f"{algorithm:>16}" for _, _, algorithm in found))
    print("  bands: products grow with the square of the kernel (less at first: shifted copies grow with its side);")
    print("  fft: the tile stays, only its overlap grows (slope near 0 until the tile doubles)")


def cell(found: tuple[float, float, str]) -> str:
    milliseconds, extra, _ = found
    return f"{milliseconds:>9.2f} ({extra:>3.0f})"


def slope(sides: tuple[int, ...], found: list[tuple[float, float, str]]) -> float:
    return float(np.polyfit([math.log(side) for side in sides], [math.log(one[0]) for one in found], 1)[0])


def measure(case: str, side: int, kernel: int) -> tuple[float, float, str]:
    command = [sys.executable, "-m", "benchmarks.core_growth", case, str(side), str(kernel)]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    milliseconds, extra, algorithm = json.loads(text)
    return milliseconds, extra, algorithm


def one(case: str, side: int, kernel: int) -> tuple[float, float, str]:
    F.set_num_threads(1)
    suppose_cache()
    random = np.random.default_rng(side)
    x = random.random((side, side), dtype=np.float32)
    if case == "max pool 2x2":
        pooled = np.zeros((side // 2, side // 2), np.float32)
        extra = held(lambda: F.max_pool2d(x, 2, out=pooled))
        return repeated(lambda: F.max_pool2d(x, 2, out=pooled)), extra, "pool"
    size = kernel or {"Sobel x (direct)": 0, "dense 5x5 (bands)": 5, "dense 15x15 (fft)": 15}[case]
    weight = random.random((size, size), dtype=np.float32) if size else np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    out = np.zeros_like(x)
    made = F.plan(x, weight, padding="same")
    extra = held(lambda: made(x, out))  # the first call, before scratch memory is kept
    return repeated(lambda: made(x, out)), extra, made.algorithm


def held(work: Work) -> float:
    """MiB of arrays held at the most while it works."""
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 2**20


def repeated(work: Work) -> float:
    """Median milliseconds."""
    first = seconds(work)
    times = max(3, min(25, int(1.0 / max(first, 1e-4))))
    return sorted(seconds(work) for _ in range(times))[times // 2] * 1e3


if __name__ == "__main__":
    print(json.dumps(one(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
