"""Carries out the PyTorch and Keras code of random layers of every operation, and compares with the core."""

from __future__ import annotations

import importlib.util
import os
import warnings
from collections import Counter
from typing import Any

os.environ.setdefault("KERAS_BACKEND", "torch")

import numpy as np

from core import OPERATIONS
from core.snippets.snippet import Snippet
from core.trace import Trace
from core.vocabulary import Array
from tests.core.layers import drawn

EACH = 40  # layers of an operation
TOLERANCE = {"pytorch": 1e-9, "keras": 1e-6}  # Keras takes means in float32
MODULES = {"pytorch": "torch", "keras": "keras"}


def main() -> int:
    """Prints how many snippets were run in each library; 1 where one differs."""
    libraries = [name for name, module in MODULES.items() if importlib.util.find_spec(module)]
    run, wrong = Counter[str](), []
    for name in sorted(OPERATIONS):
        for trace in drawn(name, EACH, again=1):
            for library, snippet in snippets_of(trace, libraries):
                run[f"{library} {name}"] += 1
                if (told := difference(trace, library, snippet)) is not None:
                    wrong.append(f"{library} {name}: {told}\n" + "\n".join(snippet.lines))
    for library in libraries:
        counts = [count for name, count in run.items() if name.startswith(library)]
        print(f"{library}: {sum(counts)} snippets of {len(counts)} operations")
    print("\n\n".join(wrong[:5]) or "all agree with the core")
    return bool(wrong)


def snippets_of(trace: Trace, libraries: list[str]) -> list[tuple[str, Snippet]]:
    code = trace.layer.code()
    return [(name, snippet) for name, snippet in code.snippets().items() if name in libraries] if code else []


def difference(trace: Trace, library: str, snippet: Snippet) -> str | None:
    space: dict[str, Any] = {}
    exec(f"import numpy as np\nimport {MODULES[library]}\n" + "\n".join(snippet.needs), space)
    x = trace.input.astype(float)
    space["x"] = space["torch"].from_numpy(np.ascontiguousarray(x)) if library == "pytorch" else x
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            exec("\n".join(snippet.lines), space)
        except Exception as error:  # whatever a library refuses
            return f"{type(error).__name__}: {error}"
    made: Array = np.asarray(space["y"].detach() if library == "pytorch" else space["y"], float)
    wanted = trace.feature_map().astype(float)
    if made.shape != wanted.shape:
        return f"{made.shape} instead of {wanted.shape}"
    close = np.isclose(made, wanted, rtol=TOLERANCE[library], atol=1e-9, equal_nan=True)
    return None if close.all() else f"{made[~close][:3]} instead of {wanted[~close][:3]}"


if __name__ == "__main__":
    raise SystemExit(main())
