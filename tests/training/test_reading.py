"""Reading digits: npz and IDX give the same, and a file that is not what it says is refused with the reason."""

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tools.train import data as reading
from tools.train.data import DataError, read, read_idx


def digits(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    return random.integers(0, 256, (count, 28, 28), dtype=np.uint8), random.integers(0, 10, count).astype(np.uint8)


def idx(array: np.ndarray) -> bytes:
    return bytes([0, 0, 8, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The four files under their original names, two of them packed."""
    (train, train_labels), (test, test_labels) = digits(7, 1), digits(5, 2)
    (tmp_path / "train-images-idx3-ubyte").write_bytes(idx(train))
    (tmp_path / "train-labels-idx1-ubyte.gz").write_bytes(gzip.compress(idx(train_labels)))
    (tmp_path / "t10k-images.idx3-ubyte.gz").write_bytes(gzip.compress(idx(test)))
    (tmp_path / "t10k-labels.idx1-ubyte").write_bytes(idx(test_labels))
    return tmp_path


def npz(path: Path, **changed: np.ndarray) -> Path:
    (train, train_labels), (test, test_labels) = digits(7, 1), digits(5, 2)
    arrays = {"train_images": train, "train_labels": train_labels, "test_images": test, "test_labels": test_labels}
    np.savez(path, **{name: array for name, array in {**arrays, **changed}.items() if array.size})
    return path


def test_npz_and_idx_hold_the_same_digits(folder: Path) -> None:
    one, other = read(npz(folder / "digits.npz")), read(folder)
    assert np.array_equal(one.train.pictures, other.train.pictures)
    assert np.array_equal(one.train.labels, other.train.labels)
    assert np.array_equal(one.test.pictures, other.test.pictures)
    assert np.array_equal(one.test.labels, other.test.labels)


def test_one_of_the_four_files_names_them_all(folder: Path) -> None:
    assert len(read(folder / "train-images-idx3-ubyte").test.labels) == 5


@pytest.mark.parametrize(
    ("head", "body", "said"),
    [
        (b"", b"", "does not begin as an IDX file"),
        (b"\x00\x00\x0d\x01\x00\x00\x00\x02", b"\x01\x02", "does not begin as an IDX file"),
        (b"\x00\x00\x08\x03\x00\x00\x00\x02", b"\x01\x02", "does not begin as an IDX file"),
        (b"\x00\x00\x08\x01\x00\x00\x00\x03", b"\x01\x02", "holds 2 of the 3 bytes"),
        (b"\x00\x00\x08\x01\x00\x00\x00\x01", b"\x01\x02", "holds more than the 1 bytes"),
        (b"\x00\x00\x08\x01\xff\xff\xff\xff", b"", "at most 268435456 are read"),
    ],
)
def test_what_is_no_idx_file_is_refused_with_the_reason(tmp_path: Path, head: bytes, body: bytes, said: str) -> None:
    for path, content in ((tmp_path / "labels", head + body), (tmp_path / "labels.gz", gzip.compress(head + body))):
        path.write_bytes(content)
        with pytest.raises(DataError, match=said):
            read_idx(path, 1)


def test_a_packed_file_that_ends_early_is_refused(folder: Path) -> None:
    path = folder / "train-labels-idx1-ubyte.gz"
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(DataError, match="cannot be read"):
        read(folder)


def test_a_packed_file_is_read_no_further_than_its_head_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 1000)
    path = tmp_path / "labels.gz"
    path.write_bytes(gzip.compress(b"\x00\x00\x08\x01\x00\x00\x03\xe8" + bytes(10**7)))
    with pytest.raises(DataError, match="holds more than the 1000 bytes"):
        read_idx(path, 1)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "t10k-labels.idx1-ubyte").unlink()
    with pytest.raises(DataError, match="has no t10k-labels-idx1-ubyte, neither plain nor gzipped"):
        read(folder)
    with pytest.raises(DataError, match="is not there"):
        read(folder / "nowhere")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"test_labels": np.zeros(0, np.uint8)}, "has no array test_labels"),
        ({"test_labels": np.zeros(4, np.uint8)}, r"5 pictures have labels of uint8 \(4,\)"),
        ({"test_labels": np.full(5, 10)}, "labels must be from 0 to 9"),
        ({"test_labels": np.full(5, -1)}, "labels must be from 0 to 9"),
        ({"test_labels": np.zeros(5)}, "labels of float64"),
        ({"train_images": np.zeros((7, 32, 32), np.uint8)}, r"must be bytes \(N, 28, 28\), not uint8 \(7, 32, 32\)"),
        ({"train_images": np.zeros((7, 28, 28))}, r"not float64 \(7, 28, 28\)"),
    ],
)
def test_arrays_that_are_no_digits_are_refused(tmp_path: Path, changed: dict[str, np.ndarray], said: str) -> None:
    with pytest.raises(DataError, match=said):
        read(npz(tmp_path / "digits.npz", **changed))


def test_objects_are_never_unpickled_from_npz(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read as npz"):
        read(npz(tmp_path / "digits.npz", test_labels=np.array([print] * 5, object)))


def test_a_file_that_only_has_the_name_of_npz_is_refused(tmp_path: Path) -> None:
    (tmp_path / "digits.npz").write_bytes(b"PK\x03\x04 and nothing else")
    with pytest.raises(DataError, match="cannot be read as npz"):
        read(tmp_path / "digits.npz")


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 10**6), bit=st.integers(0, 7), packed=st.booleans())
def test_a_flipped_bit_is_refused_or_read_and_never_a_crash(folder: Path, at: int, bit: int, packed: bool) -> None:
    path = folder / "t10k-images.idx3-ubyte.gz" if packed else npz(folder / "digits.npz")
    content = bytearray(path.read_bytes())
    content[at % len(content)] ^= 1 << bit
    damaged = path if packed else folder / "damaged.npz"
    damaged.write_bytes(content)
    said = outcome(folder if packed else damaged)
    content[at % len(content)] ^= 1 << bit
    damaged.write_bytes(content)
    assert said == "5" or str(folder) in said


def outcome(path: Path) -> str:
    """How many test digits are read, or what is said of the file."""
    try:
        return str(len(read(path).test.labels))
    except DataError as error:
        return str(error)


def test_an_array_alone_is_no_npz(tmp_path: Path) -> None:
    with (tmp_path / "digits.npz").open("wb") as file:
        np.save(file, np.zeros(3))
    with pytest.raises(DataError, match="cannot be read as npz"):
        read(tmp_path / "digits.npz")
