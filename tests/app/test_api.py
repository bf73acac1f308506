"""The API over a real server: every door of the contract, and every way to knock wrongly."""

import base64
import io
import json
import time
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

import core
from app.grammar import ENGLISH
from app.messages import Messages
from app.pictures.samples import SAMPLES, sample_pixels
from app.state import program_version
from tests.app.serving import serving

LETTER = "letter | conv2d sobel-x padding=same | relu | max_pool2d 2"

TOLD = Messages().languages[ENGLISH].told


def get(server: str, path: str, headers: Any = None, **words: Any) -> httpx.Response:
    return httpx.get(f"{server}/api/{path}", params=words, headers=headers)


def picture(width: int = 40, height: int = 30, kind: str = "PNG") -> bytes:
    pixels = np.random.default_rng(7).integers(0, 256, (height, width, 3), dtype=np.uint8)
    written = io.BytesIO()
    Image.fromarray(pixels).save(written, kind)
    return written.getvalue()


def letter_trace(layer: int = 0) -> core.Trace:
    return core.trace(LETTER, sample_pixels("letter"), layer)


# --- catalogues and health


def test_catalogues_are_the_cores_tables(server: str) -> None:
    assert get(server, "kernels").json() == TOLD(core.known_kernels())
    assert get(server, "operations").json() == json.loads(json.dumps(TOLD(core.known_operations())))
    assert [sample["id"] for sample in get(server, "samples").json()] == list(SAMPLES)
    figures = get(server, "gallery").json()
    assert [figure["id"] for figure in figures] == list(core.GALLERY)
    told = {"id", "section", "title", "about", "line", "layer", "step", "views", "compare", "stops", "notes"}
    assert all(set(figure) == told for figure in figures)


def test_health_is_told(server: str) -> None:
    assert httpx.get(f"{server}/healthz").json() == {"status": "ok"}
    assert httpx.get(f"{server}/readyz").status_code == 200


def test_a_server_whose_store_cannot_be_written_is_not_ready(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with serving(tmp_path / "file" / "store") as port:
        assert httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
        assert httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == 503
        assert httpx.post(f"http://127.0.0.1:{port}/api/images", content=picture()).status_code in (503, 507)


def test_the_reference_describes_every_call(server: str) -> None:
    paths = httpx.get(f"{server}/openapi.json", timeout=60).json()["paths"]
    page = httpx.get(f"{server}/docs").text
    assert {"/api/scene", "/api/steps", "/api/opening", "/api/feature-map", "/api/images"} <= paths.keys()
    assert [path for path in paths if path not in page] == []
    assert {word["name"] for word in paths["/api/steps"]["get"]["parameters"]} >= {"scene", "layer", "detail"}


# --- scenes


def test_a_scene_is_told_in_both_spellings(server: str) -> None:
    told = get(server, "scene", scene="cat 64 | sobel-x stride=2").json()
    scene = core.parse("cat 64 | conv2d sobel-x stride=2")
    assert (told["line"], told["scene"]) == (scene.line, scene.as_json())
    described = [{**layer, "rule": None, "code": None} for layer in core.describe(scene, (1, 43, 64))]
    plain = [layer | {"rule": None, "code": None} for layer in told["layers"]]
    assert plain == json.loads(json.dumps(TOLD(described)))
    for body in (scene.as_json(), {"scene": scene.as_json()}, {"scene": scene.line}):
        assert httpx.post(f"{server}/api/scene", json=body).json() == told


def test_every_layer_tells_its_rule_and_its_code(server: str) -> None:
    line = "[1 -2; 3 4] | conv2d [1 1] | relu"
    layers = get(server, "scene", scene=line).json()["layers"]
    assert all({"general", "indexed", "numbers"} <= set(layer["rule"]) for layer in layers)
    assert all({"numpy_loop", "numpy", "pytorch", "keras", "step"} == set(layer["code"]) for layer in layers)
    exec(layers[1]["code"]["numpy"], space := {})  # type: ignore[var-annotated]
    assert space["y"].tolist() == [[[0.0], [7.0]]]
    opening = get(server, "opening", scene=line, layer=1).json()
    assert (opening["code"], opening["rule"]["general"]) == (layers[1]["code"], layers[1]["rule"]["general"])


def test_a_layer_too_large_to_be_walked_still_tells_its_code(server: str) -> None:
    layers = get(server, "scene", scene="cat 64 rgb | conv2d out=512 kernel_size=7 seed=1").json()["layers"]
    assert "PCG64(1)" in layers[0]["code"]["numpy"]


def test_warnings_are_sentences_in_the_readers_language(server: str) -> None:
    warnings = get(server, "scene", scene="cat 64 | max_pool2d 3").json()["warnings"]
    assert warnings
    assert all(isinstance(warning, str) and "{" not in warning for warning in warnings)


def test_a_scene_of_the_curriculum_has_a_short_name(server: str) -> None:
    assert get(server, "scene", scene="@sobel").json()["line"] == "cat 64 | sobel"


# --- openings and arrays


def values(sent: dict[str, Any]) -> np.ndarray[Any, Any]:
    return np.frombuffer(base64.b64decode(sent["data"]), sent["type"]).reshape(sent["shape"])


@pytest.mark.parametrize("layer", [0, 1, 2, -1])
def test_an_opening_holds_what_the_first_picture_needs(server: str, layer: int) -> None:
    told = get(server, "opening", scene=LETTER, layer=layer, step=200).json()
    trace = letter_trace(layer)
    assert (told["line"], told["layer"], told["step"]) == (core.parse(LETTER).line, trace.index, 200)
    assert np.array_equal(values(told["input"]), trace.input)
    assert np.array_equal(values(told["output"]), trace.feature_map())
    assert told["output"]["range"] == [trace.feature_map().min(), trace.feature_map().max()]
    assert told["start"] == trace.start(192, 256)
    assert told["steps"] == trace[192:256]
    assert len(told["layers"]) == 3


def test_a_posted_opening_is_the_same(server: str) -> None:
    told = get(server, "opening", scene=LETTER, layer=1, step=9).json()
    body = {"scene": core.parse(LETTER).as_json(), "layer": 1, "step": 9}
    assert httpx.post(f"{server}/api/opening", json=body).json() == told


def test_large_arrays_are_left_out_of_an_opening_and_fetched_exactly(server: str) -> None:
    told = get(server, "opening", scene="brick | sobel", step=-1).json()
    assert told["input"]["data"] is told["output"]["data"] is None
    trace = core.trace("brick | sobel", sample_pixels("brick"))
    assert told["step"] == len(trace) - 1
    for path, array in (("input", trace.input), ("feature-map", trace.feature_map())):
        for compact in (0, 1):
            body = get(server, path, scene="brick | sobel", format="npy", compact=compact).content
            assert np.array_equal(np.load(io.BytesIO(body)), array)


def test_few_but_large_steps_keep_an_opening_small(server: str) -> None:
    got = get(server, "opening", scene="brick 200 | conv2d gaussian-7 | global_max_pool2d", layer=1)
    assert len(got.content) < 2_000_000
    assert len(got.json()["steps"]) == 1


def test_a_compact_array_takes_the_smallest_exact_type(server: str) -> None:
    def kind(scene: str) -> str:
        got = get(server, "feature-map", scene=scene, format="npy", compact=1)
        return str(np.load(io.BytesIO(got.content)).dtype)

    assert kind("letter | max_pool2d 2") == "uint8"
    assert kind("letter | sobel-x") == "int16"
    assert kind("[1000 2000] | conv2d [900]") == "int32"
    assert kind("letter | sobel") == "float64"


def test_a_feature_map_is_the_last_layers_unless_said(server: str) -> None:
    told = get(server, "feature-map", scene=LETTER).json()
    assert told["shape"] == [1, 32, 32]
    assert told["values"] == letter_trace(2).feature_map().tolist()


def test_a_picture_of_signed_numbers_is_white_at_zero_and_says_its_range(server: str) -> None:
    got = get(server, "feature-map", scene="[1 0 2; 0 4 0] | conv2d [-1]", format="png")
    assert (got.headers["x-scale"], got.headers["x-range"], got.headers["x-shape"]) == ("diverging", "-4, 4", "1, 2, 3")
    pixels = np.asarray(Image.open(io.BytesIO(got.content)))
    assert pixels[0, 1].tolist() == [255, 255, 255]
    assert pixels[1, 1].tolist() == [59, 76, 192]


def test_a_grey_picture_stays_grey_and_as_it_was(server: str) -> None:
    got = get(server, "input", scene="letter | sobel", format="png")
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(got.content))), sample_pixels("letter")[0])


def test_channels_are_tiled(server: str) -> None:
    got = get(server, "feature-map", scene="cat 64 rgb | sobel-x padding=same", format="png")
    assert Image.open(io.BytesIO(got.content)).size == (64 * 2 + 1, 43 * 2 + 1)


# --- pictures


def test_the_address_of_an_upload_holds_below_a_path(tmp_path: Path) -> None:
    with serving(tmp_path, root_path="/lab") as port:
        told = httpx.post(f"http://127.0.0.1:{port}/api/images", content=picture()).json()
    assert told["url"] == f"/lab/api/images/{told['id']}"


def test_an_upload_is_kept_found_and_walked(server: str) -> None:
    first = httpx.post(f"{server}/api/images", content=picture())
    told = first.json()
    assert first.status_code == 201
    assert (told["width"], told["height"], told["channels"]) == (40, 30, 3)
    assert httpx.post(f"{server}/api/images", content=picture(kind="BMP")).json()["id"] == told["id"]
    kept = httpx.get(server + told["url"])
    assert "immutable" in kept.headers["cache-control"]
    assert Image.open(io.BytesIO(kept.content)).size == (40, 30)
    scene = get(server, "scene", scene=told["scene"]).json()
    assert scene["layers"][0]["input_shape"] == [1, 30, 40]
    colours = get(server, "scene", scene=f"image:{told['id']} 20 rgb | sobel-x").json()
    assert colours["layers"][0]["input_shape"] == [3, 15, 20]


# --- validators and compression


@pytest.mark.parametrize("path", ["kernels", "scene", "opening", "feature-map", "input"])
def test_answers_that_depend_on_the_scene_alone_are_validated(server: str, path: str) -> None:
    words = {} if path == "kernels" else {"scene": "letter | sobel"}
    first = get(server, path, **words)
    assert first.headers["cache-control"].startswith("public")
    again = get(server, path, {"if-none-match": f'"other", {first.headers["etag"]}'}, **words)
    assert (again.status_code, again.content) == (304, b"")
    other = get(server, path, {"accept-language": "ko"}, **words)
    assert other.headers["etag"] != first.headers["etag"]


def test_json_is_compressed_for_those_who_ask(server: str) -> None:
    assert get(server, "kernels", {"accept-encoding": "gzip"}).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in get(server, "kernels", {"accept-encoding": "identity"}).headers
    assert "content-encoding" not in get(server, "kernels", {"accept-encoding": "gzip;q=0"}).headers


# --- promises of speed that are cheap to keep watch over


def test_any_step_of_a_large_scene_is_answered_at_once(tmp_path: Path) -> None:
    flat = io.BytesIO()
    Image.fromarray(np.random.default_rng(1).integers(0, 256, (4096, 4096), dtype=np.uint8)).save(
        flat, "PNG", compress_level=0
    )
    with serving(tmp_path) as port, httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        told = client.post("/api/images", content=flat.getvalue()).json()
        scene = f"image:{told['id']} | conv2d sobel-x padding=same"
        client.get("/api/steps", params={"scene": scene, "stop": 1})
        taken = []
        for start in (0, 8_000_000, 4096 * 4096 - 1):
            began = time.monotonic()
            got = client.get("/api/steps", params={"scene": scene, "start": start, "stop": start + 1})
            taken.append(time.monotonic() - began)
            assert json.loads(got.text.splitlines()[1])["index"] == start
        assert min(taken) < 0.03


def test_answers_are_named_anew_when_the_program_changes(tmp_path: Path) -> None:
    assert program_version() == program_version()
    assert program_version() != program_version(tmp_path)


def test_operations_that_cannot_follow_say_why(server: str) -> None:
    operations = [{"operation": "relu"}, {"operation": "linear", "weight": [[1, 2]]}, {"operation": "sobell"}]
    body = {"scene": "[1 2; 3 4] | conv2d [1]", "layer": 1, "operations": operations}
    fits, flat, unknown = httpx.post(f"{server}/api/additions", json=body).json()["refusals"]
    assert fits is None
    assert flat == "must be flat, (N, 1, 1): put flatten before linear"
    assert unknown.startswith("did you mean sobel?")


def test_an_addition_is_judged_by_what_follows_it(server: str) -> None:
    body = {
        "scene": "[1 2; 3 4] | max_pool2d 2",
        "layer": 0,
        "operations": [{"operation": "max_pool2d", "kernel_size": 2}],
    }
    [refusal] = httpx.post(f"{server}/api/additions", json=body).json()["refusals"]
    assert "window" in refusal


def test_what_is_no_list_of_operations_is_refused(server: str) -> None:
    for operations in ("relu", [{}] * 65):
        got = httpx.post(f"{server}/api/additions", json={"scene": "cat 8 | relu", "operations": operations})
        assert got.status_code == 422
        assert "must be a list of at most 64" in got.json()["detail"]


@pytest.mark.parametrize("size", [(640, 480), (1, 1), (3000, 3)])
def test_the_scene_that_an_upload_is_answered_with_walks(server: str, size: tuple[int, int]) -> None:
    file = io.BytesIO()
    Image.new("L", size, 90).save(file, "PNG")
    kept = httpx.post(f"{server}/api/images", content=file.getvalue()).json()
    assert get(server, "steps", scene=kept["scene"], stop=1).status_code == 200
