"""What is found out about a trained network: how often it is right, also on moved digits; what its units answer to."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from core.training.chain import Chain, batch_last
from core.training.convolution import Convolution
from core.training.layer import Array
from core.training.pooling import SIDE, Pooling
from tools.train.data import Digits
from tools.train.pictures import prepared, shifted

FARTHEST = 5  # pixels to the side
DIRECTIONS = ((0, 1), (0, -1), (1, 0), (-1, 0))
NINE = 9
AT_ONCE = 250


def right(chain: Chain, digits: Digits) -> int:
    """How many digits it takes for what they are."""
    return int(np.sum(chain.answers(prepared(digits.pictures, chain.shape[1])) == digits.labels))


def shift_accuracy(chain: Chain, digits: Digits) -> list[float]:
    """Share of right answers when every digit is moved by 0, 1, ... pixels, mean over the four directions."""
    shares = []
    for far in range(FARTHEST + 1):
        moved = [
            Digits(shifted(digits.pictures, far * down, far * across), digits.labels)
            for down, across in (DIRECTIONS if far else DIRECTIONS[:1])
        ]
        shares.append(float(np.mean([right(chain, each) for each in moved])) / len(digits.labels))
    return [round(share, 6) for share in shares]


def exciting(chain: Chain, digits: Digits) -> dict[str, Array]:
    """For each map of each convolution the nine digits with its largest answers, the largest first, and where.

    `pictures` are the digits that occur; `c1.pictures` (F, 9) says which of them, `c1.corners` (F, 9, 2) where the
    window begins on the picture as the network takes it, `c1.values` (F, 9) the answer before the activation, and
    `c1.size` how many cells the window spans to each side.
    """
    found: dict[str, Array] = {}
    for name, values, cells, (size, jump) in strongest(chain, digits):
        best = np.argsort(-values, axis=1, kind="stable")[:, :NINE]  # (F, 9) of (F, N)
        at = np.take_along_axis(cells, best[..., None], axis=1)
        found |= {f"{name}.pictures": best, f"{name}.corners": (at * jump).astype(np.uint8),
                  f"{name}.values": np.take_along_axis(values, best, axis=1).astype(np.float32),
                  f"{name}.size": np.array(size, np.uint8)}  # fmt: skip
    which = [name for name in found if name.endswith(".pictures")]
    if not which:
        return {}
    used = np.unique(np.concatenate([found[name].reshape(-1) for name in which]))
    found |= {name: np.searchsorted(used, found[name]).astype(np.uint16) for name in which}
    return {
        "pictures": digits.pictures[used],
        "labels": digits.labels[used],
        "numbers": used.astype(np.uint16),
        **found,
    }


def strongest(chain: Chain, digits: Digits) -> Iterator[tuple[str, Array, Array, tuple[int, int]]]:
    """Of every convolution: each map's largest answer to each digit (F, N), its cell (F, N, 2), and a cell's field."""
    pictures = prepared(digits.pictures, chain.shape[1])
    answers: dict[str, list[tuple[Array, Array]]] = {name: [] for name in fields(chain)}
    for start in range(0, len(pictures), AT_ONCE):
        for name, maps in chain.maps(batch_last(pictures[start : start + AT_ONCE])):
            if name in answers:
                answers[name].append(largest(maps))
    for name, parts in answers.items():
        values, cells = (np.concatenate(arrays, axis=1) for arrays in zip(*parts, strict=True))
        yield name, values, cells, fields(chain)[name]


def largest(maps: Array) -> tuple[Array, NDArray[np.int64]]:
    """(F, H, W, N) -> the largest of each map (F, N) and its row and column (F, N, 2)."""
    flat = maps.reshape(len(maps), -1, maps.shape[-1])
    place = flat.argmax(axis=1)
    return flat.max(axis=1), np.stack(np.divmod(place, maps.shape[2]), axis=-1)


def fields(chain: Chain) -> dict[str, tuple[int, int]]:
    """How many pixels a cell of each convolution sees to a side, and how far the fields of neighbours are apart."""
    size, jump, seen = 1, 1, {}
    for name, layer in chain.rows:
        if isinstance(layer, Convolution):
            size += (layer.kernel_size - 1) * jump
            seen[name] = size, jump
        elif isinstance(layer, Pooling):
            size, jump = size + (SIDE - 1) * jump, jump * SIDE
    return seen
