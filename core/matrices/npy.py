"""The bytes of a NumPy file as an array: a header of three known words, no pickles, nothing allocated on its say-so."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.errors import SceneError
from core.matrices.nested import regular
from core.matrices.numbers import MOST_WEIGHTS
from core.matrices.reading import Reading, SeveralReadings
from core.texts import Text

MAGIC = b"\x93NUMPY"
LENGTHS = {(1, 0): 2, (2, 0): 4, (3, 0): 4}  # bytes that tell how long the header is
LONGEST_HEADER = 4096
MOST_DIMENSIONS = 4
DESCR = re.compile(r"['\"]descr['\"]\s*:\s*['\"]([<>|=]?[a-zA-Z?][0-9]*)['\"]")
ORDER = re.compile(r"['\"]fortran_order['\"]\s*:\s*(True|False)")
SHAPE = re.compile(r"['\"]shape['\"]\s*:\s*\(([0-9L, ]*)\)")
SIDE = re.compile(r"([0-9]{1,12})L?")
HEADER = re.compile(r"\{[^{}\[\]]*\}\s*")
NUMBERS = re.compile(r"[<>|=]?([iu][1248]|f[248]|b1|\?)")
FIELD = "file"
DAMAGED = "is no NumPy file that can be read: save it again with numpy.save"
CHANNELS_LAST = Text("channels last")


def read_npy(data: bytes) -> NDArray[Any]:
    """The array in a file of numpy.save, of whole numbers, floats or booleans in up to four dimensions.

    Refuses  Python objects, text and complex numbers; a header or a body of the wrong length (SceneError)
    """
    kind, fortran, shape, start = header_of(data)
    count = math.prod(shape)
    if not 1 <= len(shape) <= MOST_DIMENSIONS:
        raise SceneError(FIELD, shape, "must have 1 to {most} dimensions", most=MOST_DIMENSIONS)
    if count == 0:
        raise SceneError(FIELD, shape, "must not be empty")
    if len(data) - start != count * kind.itemsize:
        rule = "must hold {count} {count|number/numbers} of {size} {size|byte/bytes}, as its header says"
        raise SceneError(FIELD, len(data) - start, rule, count=count, size=kind.itemsize)
    return np.frombuffer(data, kind, count, start).reshape(shape, order="F" if fortran else "C")


def header_of(data: bytes) -> tuple[np.dtype[Any], bool, tuple[int, ...], int]:
    """Type, order, shape, and where the numbers begin."""
    width = LENGTHS.get((data[6], data[7])) if len(data) > 8 and data.startswith(MAGIC) else None
    if width is None:
        raise SceneError(FIELD, None, DAMAGED)
    start = 8 + width + int.from_bytes(data[8 : 8 + width], "little")
    if start > min(len(data), LONGEST_HEADER):
        raise SceneError(FIELD, None, DAMAGED)
    text = data[8 + width : start].decode("latin-1")
    words = (DESCR.findall(text), ORDER.findall(text), SHAPE.findall(text))
    if not HEADER.fullmatch(text) or not words[1] or not words[2]:
        raise SceneError(FIELD, text.strip(), DAMAGED)
    if not words[0] or not NUMBERS.fullmatch(words[0][0]):
        raise SceneError(FIELD, text.strip(), "must hold whole numbers, floats or booleans")
    given = words[2][0].strip()
    sides = [SIDE.fullmatch(side.strip()) for side in given.removesuffix(",").split(",") if given]
    if not all(sides):
        raise SceneError(FIELD, text.strip(), DAMAGED)
    shape = tuple(int(side[1]) for side in sides if side)
    return np.dtype(words[0][0]), words[1][0] == "True", shape, start


def reading_of(array: NDArray[Any]) -> Reading:
    """An array as an input: (H, W), or channels first; channels last where it must be, asked where it may be.

    Refuses  what may be either (SeveralReadings), more numbers than a scene holds, NaN and infinity (SceneError)
    """
    if array.size > MOST_WEIGHTS:
        raise SceneError(FIELD, array.shape, "holds more than {most} numbers", most=MOST_WEIGHTS)
    first = Reading(regular(FIELD, plain_numbers(array))).rows
    if array.ndim != 3 or array.shape[2] not in (1, 3):
        return first
    last = Reading(regular(FIELD, plain_numbers(array.transpose(2, 0, 1))), (CHANNELS_LAST,))
    raise SeveralReadings(FIELD, " x ".join(map(str, array.shape)), (last, first))


def plain_numbers(array: NDArray[Any]) -> Any:
    """Nested lists of Python's own numbers; true and false are 1 and 0."""
    return (array.astype(np.uint8) if array.dtype.kind == "b" else array).tolist()
