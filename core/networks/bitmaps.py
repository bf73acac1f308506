"""What LeNet-5's output compares with: ten digits of 12 rows x 7 columns; and which maps C3's maps see."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

DRAWN = """
.......  .......  .......  .......  .......  .......  .......  .......  .......  .......
..###..  ...##..  .#####.  .#####.  #....##  #######  ..####.  #######  .#####.  .#####.
.#...#.  ..###..  ##...##  #....##  #....##  ##.....  .##....  #....##  ##...##  ##...##
##...##  ...##..  #....##  .....##  #....##  ##.....  ##.....  .....##  ##...##  #....##
##...##  ...##..  .....##  ....##.  #....##  ######.  ##.....  ....##.  ##...##  ##...##
##...##  ...##..  ....##.  ..###..  ##...##  .....##  ######.  ...##..  .#####.  .######
##...##  ...##..  ..###..  ....##.  .######  .....##  ##...##  ...##..  ##...##  .....##
##...##  ...##..  .##....  .....##  .....##  .....##  ##...##  ..##...  ##...##  .....##
.#...#.  ...##..  ##.....  #....##  .....##  #....##  ##...##  ..##...  ##...##  ....##.
..###..  .######  #######  .#####.  .....##  .#####.  .#####.  ..##...  .#####.  .####..
.......  .......  .......  .......  .......  .......  .......  .......  .......  .......
.......  .......  .......  .......  .......  .......  .......  .......  .......  .......
"""
SEEN = ("012", "123", "234", "345", "045", "015", "0123", "1234", "2345", "0345", "0145", "0125", "0134", "1245",
        "0235", "012345")  # fmt: skip


def bitmaps() -> NDArray[np.int8]:
    """(10, 84): +1 where the digit is drawn, -1 elsewhere, row after row.

    Source   after figure 3 of LeCun, Bottou, Bengio, Haffner 1998, drawn anew
    """
    rows = [line.split() for line in DRAWN.split("\n") if line]
    digits = np.array([[[sign == "#" for sign in cells] for cells in row] for row in rows])  # (12, 10, 7)
    return np.where(digits.swapaxes(0, 1).reshape(10, -1), 1, -1).astype(np.int8)


def connections() -> NDArray[np.bool_]:
    """(16, 6): whether map f of C3 sees map c of S2, 60 links.

    Source   table I of LeCun, Bottou, Bengio, Haffner 1998
    """
    return np.array([[str(c) in seen for c in range(6)] for seen in SEEN])
