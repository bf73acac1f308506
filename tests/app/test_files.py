"""POST /api/files: numbers in a file become the input, as a matrix or as a picture, or are refused in words."""

from __future__ import annotations

import io
from typing import Any

import httpx
import numpy as np
import pytest

from kernelwalk import Client
from tests.app.pictures import encoded, scenery


def send(server: str, data: bytes, **words: str) -> httpx.Response:
    return httpx.post(f"{server}/api/files", content=data, params=words)


def npy(array: Any) -> bytes:
    written = io.BytesIO()
    np.save(written, array)
    return written.getvalue()


def csv(array: Any, sign: str = ",") -> bytes:
    return "\n".join(sign.join(map(str, row)) for row in array.tolist()).encode()


@pytest.mark.parametrize(
    "data",
    [
        npy(np.array([[1, 2], [3, 4]])),
        npy(np.asfortranarray([[1, 2], [3, 4]])),
        b"1\t2\r\n3\t4\r\n",
        b"1 2\n3 4\n",
        b"\xef\xbb\xbf1;2\n3;4",
        "1\t2\n3\t4".encode("utf-16"),
        b"[[1, 2], [3, 4]]",
    ],
)
def test_a_small_file_of_numbers_is_a_matrix(server: str, data: bytes) -> None:
    told = send(server, data).json()
    assert told["input"] == {"source": [[1, 2], [3, 4]]}
    assert (told["line"], told["shape"], told["image"]) == ("[1 2; 3 4]", [2, 2], None)
    assert told["understood"]["sentence"].startswith("2 x 2")


def test_channels_of_numbers_keep_their_place(server: str) -> None:
    cube = np.arange(24).reshape(3, 2, 4)
    assert send(server, npy(cube)).json()["input"] == {"source": cube.tolist()}


def test_a_file_that_may_mean_several_things_is_a_question(server: str) -> None:
    answer = send(server, b"1,5\n2,5")
    assert (answer.status_code, len(answer.json()["readings"])) == (422, 2)
    assert [reading["shape"] for reading in send(server, npy(np.zeros((4, 5, 3)))).json()["readings"]] == [
        [3, 4, 5],
        [4, 5, 3],
    ]


@pytest.mark.parametrize(
    ("array", "planes"),
    [
        (np.random.default_rng(1).integers(0, 256, (300, 400), np.uint8), lambda array: array[None]),
        (np.random.default_rng(2).integers(0, 256, (200, 250, 3), np.uint8), lambda array: array.transpose(2, 0, 1)),
        (np.random.default_rng(3).integers(0, 256, (3, 200, 250)), lambda array: array),
    ],
    ids=["grey", "channels last", "channels first"],
)
def test_a_large_array_of_bytes_is_a_picture(server: str, array: Any, planes: Any) -> None:
    told = send(server, npy(array)).json()
    assert told["image"]["id"] in told["line"]
    assert told["input"] == {"source": f"image:{told['image']['id']}", "size": 64}
    with Client(server) as client:
        kept = client.input(f"image:{told['image']['id']} rgb | relu")
    assert np.array_equal(kept, planes(array))


@pytest.mark.parametrize("sign", [",", ";", "\t", " "])
def test_a_large_table_of_bytes_is_a_picture(server: str, sign: str) -> None:
    array = np.random.default_rng(4).integers(0, 256, (260, 300))
    told = send(server, csv(array, sign)).json()
    assert (told["image"]["width"], told["image"]["height"]) == (300, 260)
    assert send(server, npy(array.astype(np.uint8))).json()["image"]["id"] == told["image"]["id"]


def test_a_picture_is_a_picture(server: str) -> None:
    told = send(server, encoded(scenery(), "PNG")).json()
    uploaded = httpx.post(f"{server}/api/images", content=encoded(scenery(), "PNG")).json()
    assert told["image"] == uploaded
    assert (told["shape"], told["understood"]["sentence"]) == ([3, 30, 40], "a picture of 30 rows and 40 columns")


@pytest.mark.parametrize(
    ("data", "status", "told"),
    [
        (b"", 400, "the file is empty"),
        (b"not a picture", 415, "not a picture of a known kind"),
        (b"name,age\nann,7", 422, "row 1, column 1 must be a finite number"),
        (b"1,,3\n4,5,6", 422, "row 1, column 2 is empty"),
        (npy(np.zeros((300, 300))), 422, "holds more than 65536 numbers, and is no picture"),
        (npy(np.full((300, 300), 256)), 422, "holds more than 65536 numbers, and is no picture"),
        (npy(np.zeros((4, 200, 200), np.uint8)), 422, "holds more than 65536 numbers, and is no picture"),
        (csv(np.full((300, 300), 999)), 422, "holds more than 65536 numbers, and is no picture"),
        (csv(np.zeros((300, 300), int)) + b"\n1,2", 422, "row 301 is not 300 whole numbers from 0 to 255"),
        (npy(np.array([[1, np.inf]])), 422, "row 1, column 2 must be a finite number"),
        (b"\x93NUMPY\1\0\xff\xff", 422, "is no NumPy file that can be read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' width='9'/>", 415, "an SVG drawing"),
        (b"%PDF-1.7 1 2 3", 415, "a PDF document"),
        (b"1\0 2\0", 415, "not a picture of a known kind"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_other_files_are_refused_with_the_reason(server: str, data: bytes, status: int, told: str) -> None:
    answer = send(server, data)
    assert (answer.status_code, told in answer.json()["detail"]) == (status, True), answer.text


def test_a_file_is_understood_in_the_language_of_the_request(server: str) -> None:
    assert "쉼표는 소수점" in send(server, b"0,5\t1,5", lang="ko").json()["understood"]["sentence"]
