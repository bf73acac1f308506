"""Networks through the server: the catalogue, the numbers of a layer, scenes that hold a network, and refusals."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import httpx
import numpy as np
import pytest
from PIL import Image

import core
from app.models.errors import Problem
from app.models.networks import Network, Weights
from app.pictures.samples import sample_pixels

LENET = "digit-7 | @lenet-5"


@pytest.fixture
def client(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, timeout=60) as client:
        yield client


def test_the_catalogue_of_networks_is_what_the_core_says(client: httpx.Client) -> None:
    told = client.get("/api/networks").json()
    assert [Network.model_validate(row).name for row in told] == list(core.NETWORKS)
    lenet = told[0]
    assert (lenet["parameters"], lenet["connections"]) == (60_000, 340_908)
    assert lenet["title"]["ko"] != lenet["title"]["en"]
    assert lenet["trained"]["of"] == 10_000
    assert [layer["weights"] for layer in lenet["layers"] if layer["weights"]][2] == "lenet-5.c3"


def test_classes_are_told_in_every_language_and_digits_as_they_are(client: httpx.Client) -> None:
    told = {row["name"]: row["classes"] for row in client.get("/api/networks").json()}
    assert told["lenet-5"] == list("0123456789")
    assert told["fashion-cnn"][0] == {"en": "T-shirt", "ko": "티셔츠"}
    assert len({name["ko"] for name in told["fashion-cnn"]}) == 10
    assert all(name["ko"] != name["en"] for name in told["fashion-cnn"])


def test_a_layer_of_a_network_tells_its_numbers(client: httpx.Client) -> None:
    told = Weights.model_validate(client.get("/api/weights", params={"name": "LeNet-5.C3"}).json())
    named = core.weights_named("lenet-5.c3")
    assert told.shape == [60, 5, 5]
    assert np.array_equal(np.array(told.weight), named.weight)
    assert np.array(told.links).sum() == 60


@pytest.mark.parametrize("name", ["lenet-5.c9", "lenet-5", "sobel-x", "", "../../etc.passwd", "lenet-5.c1.weight"])
def test_a_name_that_nobody_knows_is_refused(client: httpx.Client, name: str) -> None:
    answer = client.get("/api/weights", params={"name": name})
    assert answer.status_code == 422
    assert answer.json()["field"] == "name"


def test_a_scene_may_hold_a_network_in_a_line_and_in_json(client: httpx.Client) -> None:
    told = client.get("/api/scene", params={"scene": LENET}).json()
    assert [layer["output_shape"] for layer in told["layers"]][-1] == [10, 1, 1]
    assert told["layers"][6]["connections"] == 151_600
    body = {"scene": {"input": {"source": "digit-7"}, "layers": [{"operation": "@lenet-5"}]}}
    assert client.post("/api/scene", json=body).json()["line"] == told["line"]
    extra = {"scene": {"input": {"source": "digit-7"}, "layers": [{"operation": "@lenet-5", "stride": 2}]}}
    assert client.post("/api/scene", json=extra).status_code == 422


def test_any_layer_of_a_network_opens_with_its_numbers(client: httpx.Client) -> None:
    for layer in range(len(core.parse(LENET).layers)):
        told = client.get("/api/opening", params={"scene": LENET, "layer": layer, "step": -1})
        assert told.status_code == 200, told.text
    links = client.get("/api/opening", params={"scene": LENET, "layer": 6}).json()["start"]["links"]
    assert np.array(links).sum() == 60


def test_a_layer_of_very_many_weights_keeps_them_to_itself(client: httpx.Client) -> None:
    told = client.get("/api/opening", params={"scene": "digit-7 | @mlp", "layer": 2})
    assert told.json()["start"]["weight"] is None
    assert len(told.content) < 1_000_000


@pytest.mark.parametrize(
    "scene", ["cat 64 | @lenet-5", "cat rgb | @mlp", "digit-7 | @lenet-9", "digit-7 | @lenet-5 | @mlp"]
)
def test_a_network_on_what_it_cannot_read_is_refused(client: httpx.Client, scene: str) -> None:
    answer = client.get("/api/opening", params={"scene": scene})
    assert answer.status_code == 422
    assert answer.json()["rule"]


@pytest.mark.parametrize("name", list(core.NETWORKS))
def test_what_a_network_cannot_read_comes_with_the_line_that_it_can(client: httpx.Client, name: str) -> None:
    packed = BytesIO()
    Image.fromarray(np.full((40, 60, 3), (200, 30, 90), np.uint8)).save(packed, "PNG")
    upload = client.post("/api/images", content=packed.getvalue()).json()["id"]
    inputs = ["cat 64", "cat 64 rgb", "cat rgb 28", f"image:{upload}", f"image:{upload} rgb", "[1 2 3; 4 5 6]",
              "[[[1,2],[3,4]],[[5,6],[7,8]],[[9,8],[7,6]]]", "random 64x64"]  # fmt: skip
    for given in inputs:
        for path in ("/api/opening", "/api/steps"):
            refused = client.get(path, params={"scene": f"{given} | @{name}"})
            assert refused.status_code == 422, path
            told = Problem.model_validate(refused.json())
            assert told.field == "input"
            assert told.fix is not None
        mended = client.get("/api/scene", params={"scene": told.fix}).json()
        assert [layer["input_shape"] for layer in mended["layers"]][-len(core.parse(f"x | @{name}").layers)] == [
            1,
            28,
            28,
        ]


def test_the_line_that_fits_is_told_in_korean_too(client: httpx.Client) -> None:
    told = client.get("/api/scene", params={"scene": "digit-7 20 | @lenet-5", "lang": "ko"}).json()
    assert told["detail"].startswith(
        "1번째 층에서 시작하는 @lenet-5는 1 × 28 × 28 입력(input)을 읽는데 여기서는 1 × 20 × 20"
    )
    assert told["detail"].endswith("이렇게 쓰면 맞습니다: digit-7 20 | pad 4 | @lenet-5")
    assert told["fix"] == "digit-7 20 | pad 4 | @lenet-5"
    assert "fix" not in client.get("/api/scene", params={"scene": "digit-7 | @lenet-5 | @mlp"}).json()


def test_a_program_of_a_large_layer_takes_its_numbers_from_the_file_that_is_served(
    client: httpx.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = client.get("/api/opening", params={"scene": "digit-7 | @mlp", "layer": 2}).json()["code"]
    assert len(code["numpy"]) < 10_000
    answer = client.get("/api/weights", params={"name": "mlp.1", "format": "npy"})
    (tmp_path / "mlp.1.npy").write_bytes(answer.content)
    x = sample_pixels("digit-7")
    Image.fromarray(x[0]).save(tmp_path / "digit-7.png")
    monkeypatch.chdir(tmp_path)
    exec(code["numpy"], space := {})
    assert np.allclose(space["y"], core.trace("digit-7 | @mlp", x, 2).feature_map())
