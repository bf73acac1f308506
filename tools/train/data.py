"""Reading labelled digits: one npz file, or the four IDX files of the original, gzipped or not."""

from __future__ import annotations

import gzip
import math
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

SIDE, CLASSES = 28, 10
LARGEST = 2**28  # bytes of one array
UNSIGNED_BYTE = 8
PARTS = {"train": "train", "test": "t10k"}
UNREADABLE = (OSError, EOFError, zlib.error)

Bytes = NDArray[np.uint8]


class DataError(ValueError):
    """A file that is not what was asked for; says which and why."""


@dataclass(frozen=True, slots=True)
class Digits:
    """Pictures (N, 28, 28), bright ink on black, and what each shows (N,)."""

    pictures: Bytes
    labels: Bytes


@dataclass(frozen=True, slots=True)
class Data:
    """What is learnt from, and what is only measured with."""

    train: Digits
    test: Digits


def read(path: Path) -> Data:
    """An npz file with train_images, train_labels, test_images, test_labels; or the folder of IDX files, or one."""
    if path.suffix == ".npz":
        return read_npz(path)
    folder = path if path.is_dir() else path.parent
    if not path.exists():
        raise DataError(f"{path} is not there")
    return Data(*(checked(folder, *idx_pair(folder, stem)) for stem in PARTS.values()))


def read_npz(path: Path) -> Data:
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays = {name: file[name] for part in PARTS for name in (f"{part}_images", f"{part}_labels")}
    except KeyError as error:
        raise DataError(f"{path} has no array {str(error.args[0]).split()[0]}") from error
    except Exception as error:  # NumPy's reader lets through what zip, tokenizer and parser say of damaged bytes
        raise DataError(f"{path} cannot be read as npz: {error}") from error
    return Data(*(checked(path, arrays[f"{part}_images"], arrays[f"{part}_labels"]) for part in PARTS))


def idx_pair(folder: Path, stem: str) -> tuple[Bytes, Bytes]:
    return read_idx(found(folder, stem, "images", 3), 3), read_idx(found(folder, stem, "labels", 1), 1)


def found(folder: Path, stem: str, what: str, axes: int) -> Path:
    """Under either spelling of its name, packed or not."""
    names = [f"{stem}-{what}{dot}idx{axes}-ubyte{gz}" for dot in "-." for gz in ("", ".gz")]
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise DataError(f"{folder} has no {names[0]}, neither plain nor gzipped")


def read_idx(path: Path, axes: int) -> Bytes:
    """An array of bytes: two zeros, type, number of axes, each side in 32 bits, then the bytes and nothing more."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            return idx_array(path, cast(BinaryIO, file), axes)
    except UNREADABLE as error:
        raise DataError(f"{path} cannot be read: {error}") from error


def idx_array(path: Path, file: BinaryIO, axes: int) -> Bytes:
    head = file.read(4 + 4 * axes)
    if len(head) < 4 + 4 * axes or head[:4] != bytes([0, 0, UNSIGNED_BYTE, axes]):
        raise DataError(f"{path} does not begin as an IDX file of bytes with {axes} axes does")
    shape = struct.unpack(f">{axes}I", head[4:])
    size = math.prod(shape)
    if size > LARGEST:
        raise DataError(f"{path} tells of {size} bytes: at most {LARGEST} are read")
    body = file.read(size + 1)
    if len(body) != size:
        more = "more than" if len(body) > size else f"{len(body)} of"
        raise DataError(f"{path} holds {more} the {size} bytes that its head tells of")
    return np.frombuffer(body, np.uint8).reshape(shape)


def checked(path: Path, pictures: Bytes, labels: Bytes) -> Digits:
    """Bytes of the size that the networks take, each with a class from 0 to 9."""
    if pictures.dtype != np.uint8 or pictures.ndim != 3 or pictures.shape[1:] != (SIDE, SIDE):
        raise DataError(f"{path}: pictures must be bytes (N, {SIDE}, {SIDE}), not {pictures.dtype} {pictures.shape}")
    if labels.shape != pictures.shape[:1] or labels.dtype.kind not in "ui":
        raise DataError(f"{path}: {len(pictures)} pictures have labels of {labels.dtype} {labels.shape}")
    if not len(labels) or labels.min() < 0 or labels.max() >= CLASSES:
        raise DataError(f"{path}: labels must be from 0 to {CLASSES - 1}, and at least one")
    return Digits(pictures, labels.astype(np.uint8))
