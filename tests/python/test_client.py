"""The client asks a real server, and a line that is cut is no end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

import kernelwalk
from kernelwalk import Client, Refused, SceneError, walk
from tests.python.lines import BUSY, proxied
from tests.running import Server, free_port

CHAIN = "cat 24 rgb | sobel-x | relu | max_pool2d 2"
RANDOM = np.random.default_rng(3)


@pytest.fixture
def client(server: str) -> Iterator[Client]:
    with Client(server) as client:
        yield client


def test_steps_are_those_of_a_walk_in_this_program(client: Client) -> None:
    for layer in range(3):
        assert list(client.steps(CHAIN, layer)) == list(walk(CHAIN, layer=layer))
    part = client.steps(CHAIN, 0, start=5, stop=40, detail="sums", every=3)
    assert list(part) == list(walk(CHAIN).steps(5, 40, every=3, detail="sums"))
    assert list(client.steps(walk(CHAIN).scene.as_json(), stop=2)) == list(walk(CHAIN).steps(0, 2))


def test_maps_and_inputs_are_exact_arrays(client: Client) -> None:
    walked = walk(CHAIN)
    for layer in range(3):
        found = client.feature_map(CHAIN, layer)
        assert found.dtype == walked.feature_map(layer).dtype
        assert np.array_equal(found, walked.feature_map(layer))
    assert np.array_equal(client.feature_map(CHAIN), walked.feature_map())
    assert np.array_equal(client.input(CHAIN), walked.input)


def test_a_scene_tells_its_layers(client: Client) -> None:
    told = client.scene(CHAIN)
    assert told["line"] == walk(CHAIN).line
    assert [layer["output_shape"] for layer in told["layers"]] == [
        layer["output_shape"] for layer in walk(CHAIN).layers
    ]


@pytest.mark.parametrize("end", [0, 100, 700, 5000, 20_001])
@pytest.mark.parametrize("detail", ["full", "rows"])
def test_a_cut_stream_goes_on_where_it_stopped(running_server: Server, end: int, detail: str) -> None:
    whole = list(Client(running_server.url).steps(CHAIN, detail=detail))
    with proxied(running_server.port, end, end, 300) as proxy, Client(proxy.url) as client:
        assert list(client.steps(CHAIN, detail=detail)) == whole
        assert proxy.taken > 2 or end > 700


def test_rows_that_one_step_finishes_are_told_once_each(running_server: Server) -> None:
    line = "cat 16 | conv_transpose2d [1 2 1; 2 4 2; 1 2 1] stride=2"
    whole = list(Client(running_server.url).steps(line, detail="rows"))
    for end in (400, 900, 1500):
        with proxied(running_server.port, *[end] * 3) as proxy, Client(proxy.url) as client:
            assert list(client.steps(line, detail="rows")) == whole


def test_every_so_many_steps_go_on_in_their_own_pace(running_server: Server) -> None:
    whole = list(Client(running_server.url).steps(CHAIN, every=7))
    with proxied(running_server.port, 3000, 3000) as proxy, Client(proxy.url) as client:
        assert list(client.steps(CHAIN, every=7)) == whole


def test_a_busy_server_is_asked_again_when_it_says_so(running_server: Server) -> None:
    with proxied(running_server.port, BUSY) as proxy, Client(proxy.url) as client:
        assert client.scene(CHAIN)["line"] == walk(CHAIN).line
        assert proxy.taken == 2
    with proxied(running_server.port, BUSY) as proxy, Client(proxy.url, patience=0.5) as client:
        with pytest.raises(Refused) as refused:
            client.scene(CHAIN)
        assert (refused.value.status, proxy.taken) == (429, 1)


def test_a_server_that_is_not_there_is_a_sentence() -> None:
    with Client(f"http://127.0.0.1:{free_port()}") as client, pytest.raises(ConnectionError, match="does not answer"):
        client.scene(CHAIN)


def test_a_line_that_is_always_cut_ends(running_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kernelwalk.client.PAUSE", 0.0)
    with proxied(running_server.port, *[0] * 20) as proxy, Client(proxy.url) as client:
        with pytest.raises(ConnectionError, match="was cut 6 times after step 0"):
            list(client.steps(CHAIN))
        assert proxy.taken == 6


@pytest.mark.parametrize("shape", [(40, 30), (40, 30, 3), (3, 30, 40)])
def test_uploaded_pixels_are_kept_exactly(client: Client, shape: tuple[int, ...]) -> None:
    pixels = RANDOM.integers(0, 256, shape, np.uint8)
    name = client.upload(pixels)
    planes = {2: lambda: pixels[None], 3: lambda: pixels if shape[0] == 3 else pixels.transpose(2, 0, 1)}
    assert name.startswith("image:")
    assert np.array_equal(client.input(f"{name} rgb | relu")[: len(shape) == 2 or 3], planes[len(shape)]())


def test_files_bytes_and_pictures_are_one_upload(client: Client, tmp_path: Path) -> None:
    picture = Image.fromarray(RANDOM.integers(0, 256, (20, 30, 3), np.uint8))
    picture.save(tmp_path / "picture.png")
    content = (tmp_path / "picture.png").read_bytes()
    ways = [tmp_path / "picture.png", str(tmp_path / "picture.png"), content, picture]
    assert len({client.upload(way) for way in ways}) == 1


def test_other_numbers_become_a_matrix(client: Client) -> None:
    array = RANDOM.normal(size=(30, 20))
    assert np.array_equal(client.input(f"{client.upload(array)} | relu")[0], array)


def test_files_are_those_of_this_program(client: Client) -> None:
    words: dict[str, Any] = {"steps": "0-2", "loop": False}
    assert client.render("@first-steps", "gif", **words) == kernelwalk.render("@first-steps", "gif", lang="en", **words)


@pytest.mark.parametrize(
    ("ask", "status", "field", "sentence"),
    [
        (lambda c: c.scene("cat 64 | sobell"), 422, "operation", "operation is 'sobell': did you mean sobel?"),
        (lambda c: list(c.steps(CHAIN, 9)), 422, "layer", "layer is 9: the scene has 3 layers"),
        (lambda c: list(c.steps(CHAIN, start=-1)), 422, "start", "start is -1: must"),
        (lambda c: c.feature_map("image:" + 32 * "0" + " | relu"), 404, "input", "there is no picture"),
        (lambda c: c.upload(b"no picture"), 415, "picture", "the file is not a picture"),
        (lambda c: c.render(CHAIN, "bmp"), 404, "format", "there is no such format"),
    ],
)
def test_refusals_are_the_servers_own(client: Client, ask: Any, status: int, field: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        ask(client)
    assert (refused.value.status, refused.value.field) == (status, field)
    assert str(refused.value).startswith(sentence)
    assert isinstance(refused.value, SceneError)


def test_refusals_come_in_the_language_of_the_client(server: str) -> None:
    with Client(server, lang="ko") as client, pytest.raises(Refused) as refused:
        client.scene("고양이 64")
    answer = httpx.get(f"{server}/api/scene", params={"scene": "고양이 64", "lang": "ko"})
    assert str(refused.value) == answer.json()["detail"]


def test_an_address_without_http_is_refused() -> None:
    with pytest.raises(SceneError, match="must begin with http:// or https://"):
        Client("127.0.0.1:8000")


def test_a_file_that_is_not_there_is_pythons_own_error(client: Client, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        client.upload(tmp_path / "none.png")
