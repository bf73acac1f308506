"""What a layer takes, known from its shapes before a number is computed: time, and memory beside input and output."""

from __future__ import annotations

from dataclasses import dataclass

CELL_BYTES = 8  # of every number that a layer computes
ALWAYS = 16 * 2**20  # bytes of buffers, however small the layer
WHOLE = 2**20  # cells: a larger layer is computed a stretch at a time, where its operation can be cut


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of a modest processor, and bytes."""

    seconds: float
    scratch: int


@dataclass(frozen=True, slots=True)
class Rate:
    """Nanoseconds for every cell read, cell written, and product (or comparison); bytes for every cell read or written.

    The defaults are dear: an operation that states nothing of its own is refused early rather than late.
    """

    read: float = 20.0
    write: float = 50.0
    product: float = 2.0
    read_bytes: float = 32.0
    write_bytes: float = 48.0
