"""Record what torch and OpenCV answer, for tests that must not download them: tests/core/vectors/*.npz.

Run `python -m tools.record_vectors` where both are installed; the seed makes the same files again.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from core.kernels import KERNELS
from tools.oracle_draws import DRAWS
from tools.oracle_training import CHAINS, LAYERS, formula_case, layer_case, thinned, torch_chain, torch_layer

SEED = 20161
CASES = 5
MOST_NUMBERS = 600
FOLDER = Path(__file__).parents[1] / "tests" / "core" / "vectors"

# OpenCV's conventions: it correlates, and its border names are these
BORDERS = {"zeros": "BORDER_CONSTANT", "reflect": "BORDER_REFLECT_101", "replicate": "BORDER_REPLICATE"}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    save("torch", torch_cases())
    save("opencv", opencv_cases())
    save_training()


def save_training() -> None:
    """What torch's autograd answers for layers in full, with what it was asked, and for networks in part."""
    arrays: dict[str, np.ndarray] = {}
    random = np.random.default_rng(SEED)
    for name in LAYERS:
        chain, x, dy = layer_case(name, random)
        told = {"vector": chain.vector, "input": x, "dy": dy, **torch_layer(chain, x, dy)}
        arrays |= {f"{name}|{key}": array for key, array in told.items()}
    for name in CHAINS:
        arrays |= {f"{name}|{key}": array for key, array in thinned(torch_chain(*formula_case(name))).items()}
    np.savez_compressed(FOLDER / "training.npz", allow_pickle=False, **arrays)
    print("training", len(LAYERS) + len(CHAINS), "cases")


def save(name: str, cases: list[tuple[dict[str, Any], list[np.ndarray]]]) -> None:
    """One .npz: `cases` tells what each is as JSON, a0_0, a0_1, ... are its arrays, answers last."""
    arrays = {f"a{i}_{k}": array for i, (_, group) in enumerate(cases) for k, array in enumerate(group)}
    table = np.array(json.dumps([case for case, _ in cases]))
    np.savez_compressed(FOLDER / f"{name}.npz", cases=table, **arrays)  # type: ignore[arg-type]
    print(name, len(cases), "cases")


def torch_cases() -> list[tuple[dict[str, Any], list[np.ndarray]]]:
    import torch

    cases = []
    for name, (draw, ask) in DRAWS.items():
        found, number = 0, 0
        while found < CASES:
            number += 1
            case = draw(np.random.default_rng([SEED, number]))
            try:
                answer = ask(*case.arrays, **case.settings)
            except (RuntimeError, TypeError, ValueError):
                continue
            answers = [np.asarray(y) for y in (answer if isinstance(answer, (list, tuple)) else [answer])]
            sizes = [y.size for y in [*answers, *case.arrays]]
            if 0 in sizes or sum(sizes) > MOST_NUMBERS:
                continue
            found += 1
            told = {"function": name.partition(",")[0], "inputs": len(case.arrays), "settings": case.settings}
            cases.append(({**told, "torch": torch.__version__}, [*case.arrays, *answers]))
    return cases


def opencv_cases() -> list[tuple[dict[str, Any], list[np.ndarray]]]:
    import cv2

    random = np.random.default_rng(SEED)
    picture = random.integers(0, 256, (9, 11), dtype=np.uint8)
    cases = []
    for kernel in KERNELS.values():
        weight = np.array(kernel.weight, dtype=np.float64)
        if weight.shape[0] % 2 == 0 or weight.shape[1] % 2 == 0:
            continue  # OpenCV anchors even kernels below the middle, Keras above it
        for mode, border in BORDERS.items():
            answer = cv2.filter2D(picture, cv2.CV_64F, weight, borderType=getattr(cv2, border))
            cases.append(({"kernel": kernel.name, "padding_mode": mode}, [picture, answer]))
    return cases


if __name__ == "__main__":
    main()
