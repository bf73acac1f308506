"""Draw fresh random configurations, good and bad, and ask torch the same: same numbers, same refusals.

Run by `make oracle`; needs torch. Prints one line per operation, and every disagreement with what repeats it.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core import functional as ours
from core.errors import SceneError
from tools.oracle_draws import DRAWS, Case

TOLERANCE = {"float32": 1e-5, "float64": 1e-12}


@dataclass
class Tally:
    """What became of one operation's cases."""

    agreed: int = 0
    refused: int = 0
    empty: int = 0  # where there is not a pixel torch checks less: we refuse, it gives nothing
    wrong: list[str] = field(default_factory=list)
    error: dict[str, float] = field(default_factory=lambda: {"float32": 0.0, "float64": 0.0})

    def line(self, name: str) -> str:
        worst = ", ".join(f"{kind} {value:.1e}" for kind, value in self.error.items())
        told = f"{self.agreed:6} agree {self.refused:6} refused by both {self.empty:4} without pixels"
        return f"{name:28} {told} {len(self.wrong):4} differ   {worst}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=2000, help="configurations per operation")
    parser.add_argument("--seed", type=int, default=None, help="repeat a run; by default a new one is drawn")
    parser.add_argument("--only", default="", help="operations whose name holds this word")
    chosen = parser.parse_args()
    try:
        import torch
    except ModuleNotFoundError:
        print("torch is not installed: `pip install torch==2.14.1`, then run this again")
        return 2
    seed = np.random.SeedSequence().entropy if chosen.seed is None else chosen.seed
    torch.set_num_threads(1)
    warnings.simplefilter("ignore")
    print(f"torch {torch.__version__}, seed {seed}, {chosen.cases} configurations an operation")
    started, failures, total = time.perf_counter(), 0, 0
    for name, (draw, theirs) in DRAWS.items():
        if chosen.only not in name:
            continue
        tally = compare(name, draw, theirs, chosen.cases, seed)
        print(tally.line(name))
        for text in tally.wrong[:5]:
            print("   ", text)
        failures += len(tally.wrong)
        total += tally.agreed + tally.refused + tally.empty
    print(f"{total} agree, {failures} differ, {time.perf_counter() - started:.0f} s")
    return 1 if failures else 0


def compare(name: str, draw: Callable[..., Case], theirs: Callable[..., Any], cases: int, seed: Any) -> Tally:
    tally = Tally()
    for number in range(cases):
        random = np.random.default_rng([number, *np.random.SeedSequence(seed).generate_state(2)])
        case = draw(random)
        mine = answer(getattr(ours, name.partition(",")[0]), case, SceneError)
        other = answer(theirs, case, Exception)
        judge(tally, case, mine, other, number)
    return tally


def answer(function: Callable[..., Any], case: Case, refusal: type[Exception]) -> list[np.ndarray] | str:
    """The arrays that come back, or the words of the refusal."""
    try:
        y = function(*case.arrays, **case.settings)
    except refusal as error:
        return str(error).partition("\n")[0]
    return [np.asarray(part) for part in (y if isinstance(y, (tuple, list)) else [y])]


def judge(tally: Tally, case: Case, mine: Any, other: Any, number: int) -> None:
    if isinstance(mine, str) or isinstance(other, str):
        if isinstance(mine, str) and isinstance(other, str):
            tally.refused += 1
        elif isinstance(mine, str) and pixelless(case, other):
            tally.empty += 1
        else:
            tally.wrong.append(f"case {number} {case}: ours {brief(mine)}, torch {brief(other)}")
        return
    if [part.shape for part in mine] != [part.shape for part in other]:
        tally.wrong.append(f"case {number} {case}: ours {brief(mine)}, torch {brief(other)}")
        return
    kind = case.arrays[0].dtype.name
    kind = kind if kind in TOLERANCE else "float64"
    error = max((distance(a, b) for a, b in zip(mine, other, strict=True)), default=0.0)
    tally.error[kind] = max(tally.error[kind], error)
    if error > TOLERANCE[kind]:
        tally.wrong.append(f"case {number} {case}: off by {error:.2e}")
    else:
        tally.agreed += 1


def pixelless(case: Case, result: list[np.ndarray]) -> bool:
    return 0 in case.arrays[0].shape or any(0 in part.shape[-2:] for part in result)


def distance(mine: np.ndarray, other: np.ndarray) -> float:
    """The largest difference, beside the largest value (or beside one)."""
    a, b = mine.astype(np.float64), other.astype(np.float64)
    if a.size == 0:
        return 0.0
    if not np.array_equal(np.isfinite(a), np.isfinite(b)):
        return float("inf")
    finite = np.isfinite(b)
    if not np.array_equal(a[~finite], b[~finite], equal_nan=True):
        return float("inf")
    scale = max(1.0, float(abs(b[finite]).max(initial=0)))
    return float(abs(a[finite] - b[finite]).max(initial=0)) / scale


def brief(result: Any) -> str:
    return repr(result[:90]) if isinstance(result, str) else f"gives {[part.shape for part in result]}"


if __name__ == "__main__":
    sys.exit(main())
