"""Cuts the sheet of sample digits out of the test digits: `python -m tools.digits --data mnist.npz`.

Ten columns, 0 to 9, and four rows: the first three of each digit that both LeNets read right; then one that a person
reads and LeNet-5 as published does not, of eight of them, and a fourth that it reads of the other two.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from PIL import Image

from app.pictures.samples.digits import DIGITS, SHEET, SIDE
from core.training.networks import CHAINS
from tools.train.data import DataError, Digits, read
from tools.train.pictures import prepared
from tools.train.writing import FOLDER

MISREAD = {2: 4156, 3: 1166, 4: 2130, 5: 340, 6: 4536, 7: 3767, 8: 582, 9: 1247}  # chosen by looking at all of them
ROWS = 4


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--data", type=Path, required=True, help="an npz file, or the folder of the four IDX files")
    try:
        digits = read(words.parse_args().data).test
    except DataError as error:
        print(error, file=sys.stderr)
        return 2
    numbers = chosen(digits, answers("lenet-5", digits), answers("lenet-5-modern", digits))
    rows = digits.pictures[numbers]  # (10, 4, 28, 28)
    sheet = rows.transpose(1, 2, 0, 3).reshape(ROWS * SIDE, DIGITS * SIDE)
    Image.fromarray(sheet).save(SHEET, optimize=True)
    print(numbers.tolist())
    return 0


def answers(name: str, digits: Digits) -> np.ndarray:
    chain = CHAINS[name]()
    chain.begin(np.random.default_rng(0))
    with np.load(FOLDER / f"{name}.npz") as stored:
        chain.put(dict(stored))
    return chain.answers(prepared(digits.pictures, chain.shape[1]))


def chosen(digits: Digits, published: np.ndarray, modern: np.ndarray) -> np.ndarray:
    """(10, 4): where in the test digits each cell of the sheet is."""
    read_right = (published == digits.labels) & (modern == digits.labels)
    wrong = [number for digit, number in MISREAD.items() if digits.labels[number] != digit or read_right[number]]
    if wrong:
        raise SystemExit(f"test digits {wrong} are not misread by these weights: choose others")
    firsts = np.stack([np.flatnonzero(read_right & (digits.labels == digit))[:ROWS] for digit in range(DIGITS)])
    firsts[list(MISREAD), -1] = list(MISREAD.values())
    return firsts


if __name__ == "__main__":
    sys.exit(main())
