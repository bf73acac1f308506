"""Whatever holds numbers as an input (C, H, W), each number as it is, or a refusal."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.algorithms.arrays import real
from core.errors import SceneError
from core.matrices.nested import TOO_LARGE
from core.matrices.numbers import LARGEST_NUMBER, facts_of, not_finite
from core.texts import Text

Array = NDArray[Any]

FIELD = "input"
ORDERS = ("hw", "hwc", "chw")
COLOURS = (1, 3)
READABLE = ("1", "L", "I", "I;16", "I;16L", "I;16B", "I;16N", "F", "RGB")  # modes whose numbers are colours
GREY = ("LA", "La")
NOT_EXACT = Text("must hold whole numbers, booleans, or floats of at most 64 bits")
HIDDEN = Text("hides some of its numbers behind a mask: fill them first")
EITHER = Text("may be {first} or {last}: say order='{hwc}' or order='{chw}'")


def array_of(value: object, order: str | None = None) -> Array:
    """An input (C, H, W) out of an array, a picture, a tensor or nested lists.

    (H, W) is one channel, one dimension one row, and a batch of one is its picture. Of three dimensions the last is
    channels where it alone is 1 or 3 long, the first otherwise; `order` says so where both may be. Booleans become 0
    and 1, float16 becomes float32, where each value has its place.

    Refuses  what is no box of numbers; NaN, infinity, and numbers beyond 1e15 (SceneError)

    >>> array_of([[1, 2], [3, 4]]).shape, array_of(np.zeros((5, 4, 3))).shape
    ((1, 2, 2), (3, 5, 4))
    """
    plain = exact(read(value))
    ordered = placed(plain, order)
    if ordered.size == 0:
        raise SceneError(FIELD, plain.shape, "must not be empty")
    check_values(ordered)
    kept = np.array(ordered, order="C")  # of its own: who gave it may go on writing
    kept.flags.writeable = False
    return kept


def read(value: object) -> Array:
    """NumPy's view of it, by the ways that libraries offer; none of them is imported for it."""
    if is_picture(value):
        return pixels_of(value)
    if isinstance(value, str | bytes) or value is None:
        raise SceneError(FIELD, value, "must be an array, a picture or nested lists of numbers")
    for way in (tensor, exchanged, plainly):
        try:
            found = way(value)
        except SceneError:
            raise
        except Exception:  # what a library says of its own tensors is its own: the next way may do
            continue
        if found is not None:
            return found
    raise SceneError(FIELD, type(value).__name__, "must be numbers in a box: every row as long as the others")


def tensor(value: Any) -> Array | None:
    """A tensor that may have to leave its gradients, or its device, before its numbers can be read."""
    if not hasattr(value, "detach"):
        return None
    told = value.detach().cpu()
    return np.asarray((told.float() if str(told.dtype) == "torch.bfloat16" else told).numpy())


def exchanged(value: Any) -> Array | None:
    """By the protocols of arrays."""
    if getattr(value, "mask", None) is not None and np.ma.is_masked(value):
        raise SceneError(FIELD, type(value).__name__, HIDDEN)
    if hasattr(value, "__array__") or hasattr(value, "__array_interface__"):
        return np.asarray(value)
    if hasattr(value, "__dlpack__"):
        return np.from_dlpack(value)
    return np.asarray(value.numpy()) if hasattr(value, "numpy") else None


def plainly(value: Any) -> Array | None:
    """Nested lists and tuples, and buffers."""
    return np.asarray(value)


def is_picture(value: object) -> bool:
    """Whether it is one of Pillow's, which must have been imported then."""
    return any(kind.__module__ == "PIL.Image" and kind.__name__ == "Image" for kind in type(value).__mro__)


def pixels_of(picture: Any) -> Array:
    """A picture as it stands; one with a palette or transparency as the colours that are seen on white."""
    if picture.mode not in READABLE:
        from PIL import Image

        unfolded = picture.convert("LA") if picture.mode == "La" else picture
        seen = unfolded.convert("RGBA")
        ground = Image.new("RGBA", seen.size, "white")
        picture = Image.alpha_composite(ground, seen).convert("L" if picture.mode in GREY else "RGB")
    return np.asarray(picture)


def exact(array: Array) -> Array:
    """In a type of the core's that holds every value as it is."""
    if array.dtype.kind == "b":
        return array.astype(np.uint8)
    if array.dtype == np.float16 or array.dtype.name == "bfloat16":
        return array.astype(np.float32)
    if array.dtype.kind == "f" and array.dtype.itemsize > 8:
        narrow = array.astype(np.float64)
        if not np.array_equal(narrow.astype(array.dtype), array, equal_nan=True):
            raise SceneError(FIELD, array.dtype.name, NOT_EXACT)
        return narrow
    if array.dtype.kind not in "iuf":
        raise SceneError(FIELD, array.dtype.name, NOT_EXACT)
    return real(array.astype(array.dtype.newbyteorder("=")), FIELD)


def placed(array: Array, order: str | None) -> Array:
    """Channels first."""
    array = array[0] if array.ndim == 4 and array.shape[0] == 1 else array
    array = array[None] if array.ndim == 1 else array
    if order is not None and order not in ORDERS:
        raise SceneError("order", order, "choose one of {choices}", choices=", ".join(ORDERS))
    if order is not None and len(order) != array.ndim:
        raise SceneError("order", order, "says {told} dimensions, but the array has {count}",
                         told=len(order), count=array.ndim)  # fmt: skip
    if array.ndim == 2:
        return array[None]
    if array.ndim != 3:
        raise SceneError(FIELD, array.shape, "must have the shape (H, W), (C, H, W) or (H, W, 3)")
    last, first = array.shape[2] in COLOURS, array.shape[0] in COLOURS
    if order is None and last and first:
        facts = {"first": "(C, H, W)", "last": "(H, W, C)", "hwc": "hwc", "chw": "chw"}
        raise SceneError(FIELD, array.shape, EITHER, **facts)
    is_last = order == "hwc" or (order is None and last)
    return array.transpose(2, 0, 1) if is_last else array


def check_values(array: Array) -> None:
    """Refuses the first value that no scene may hold, with its place."""
    if array.dtype.kind == "f":
        refuse_first(array, ~np.isfinite(array), lambda value, place: not_finite(FIELD, value, place))
    if array.dtype.itemsize < 4:  # cannot
        return
    most = LARGEST_NUMBER
    refuse_first(
        array,
        (array > most) | (array < -most),
        lambda value, place: SceneError(FIELD, value, TOO_LARGE, largest="1e15", **facts_of(place)),
    )


def refuse_first(array: Array, wrong: Array, refusal: Any) -> None:
    if wrong.any():
        place = tuple(int(axis) for axis in np.unravel_index(int(np.argmax(wrong)), array.shape))
        value = array[place].item()
        raise refusal(value, place if array.shape[0] > 1 else place[1:])
