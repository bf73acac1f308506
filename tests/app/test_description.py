"""The description for programs: valid, true of every answer, and enough for a client that a machine writes."""

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from openapi_spec_validator import validate
from pydantic import BaseModel, TypeAdapter

import core
from app.http.responses import json_text
from app.models import answers, lines
from app.models.errors import Problem
from app.models.requests import JsonScene
from app.wire.encoder import encode
from core.rows import rows
from core.vocabulary import DETAILS
from tests.app.test_api import LETTER, get, picture
from tests.core.layers import traces

CONFIG = """
project_name_override: kernelwalk-client
package_name_override: kernelwalk_client
post_hooks: []
content_type_overrides:
  application/jsonl: text/plain
  text/event-stream: text/plain
  image/png: application/octet-stream
  image/gif: application/octet-stream
  image/webp: application/octet-stream
  application/pdf: application/octet-stream
  video/mp4: application/octet-stream
  image/svg+xml: application/octet-stream
"""
LINE: TypeAdapter[Any] = TypeAdapter(lines.StreamLine)


@pytest.fixture(scope="module")
def described(running_server: Any) -> dict[str, Any]:
    told: dict[str, Any] = httpx.get(f"{running_server.url}/openapi.json", timeout=60).json()
    return told


# --- the description itself


def test_the_description_is_valid(described: dict[str, Any]) -> None:
    validate(described)


def calls(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, call in methods.items():
            yield method, path, call


def properties_of(described: dict[str, Any], answer: dict[str, Any]) -> set[str]:
    name = answer["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    return set(described["components"]["schemas"][name]["properties"])


def test_every_call_has_a_name_a_subject_and_answers_with_a_schema(described: dict[str, Any]) -> None:
    for method, path, call in calls(described):
        assert call["tags"], path
        assert call["summary"]
        assert call["description"]
        assert "HTTPValidationError" not in json.dumps(call)
        for status, answer in call["responses"].items():
            if status in ("204", "304"):
                assert "content" not in answer
            else:
                assert all(content["schema"] for content in answer["content"].values()), (method, path, status)
            if int(status) >= 400 and path != "/readyz":
                assert properties_of(described, answer) >= set(Problem.model_fields)


def test_every_call_of_the_api_tells_its_language_and_what_it_refuses(described: dict[str, Any]) -> None:
    for method, path, call in calls(described):
        if path.startswith("/api/"):
            assert "lang" in {word["name"] for word in call["parameters"]}, path
            assert {"400", "422"} <= call["responses"].keys()
            assert ("408" in call["responses"]) == (method == "post")
            assert ("304" in call["responses"]) == (method == "get")


def test_uploads_arrays_and_streams_say_their_types(described: dict[str, Any]) -> None:
    paths = described["paths"]
    upload = paths["/api/images"]["post"]["responses"]
    assert {"201", "413", "415", "429", "503", "507"} <= upload.keys()
    kinds = {"application/json", "application/octet-stream", "image/png"}
    for path in ("/api/feature-map", "/api/input"):
        assert paths[path]["get"]["responses"]["200"]["content"].keys() == kinds
    for method in ("get", "post"):
        stream = paths["/api/steps"][method]["responses"]["200"]["content"]
        assert stream.keys() == {"application/jsonl", "text/event-stream"}
        assert all("StreamLine" in json.dumps(content) for content in stream.values())


def test_the_lines_of_a_stream_are_told_apart_by_their_type(described: dict[str, Any]) -> None:
    line = described["components"]["schemas"]["StreamLine"]
    assert line["discriminator"]["propertyName"] == "type"
    assert set(line["discriminator"]["mapping"]) == {"start", "step", "row", "end", "error"}
    assert len(line["oneOf"]) == 5


def test_no_word_and_no_field_is_without_a_type(described: dict[str, Any]) -> None:
    for _, _, call in calls(described):
        for word in call.get("parameters", ()):
            assert word["schema"].keys() & {"type", "anyOf", "enum", "$ref"}, word
            assert word["in"] == "path" or word["description"]


# --- what is answered is what is described


def strictly(model: type[BaseModel] | TypeAdapter[Any], text: bytes) -> None:
    """The JSON has the fields of the model, of their types, and no others."""
    adapter = model if isinstance(model, TypeAdapter) else TypeAdapter(model)
    adapter.validate_json(text, strict=True, extra="forbid")


def checked_scene(told: dict[str, Any]) -> dict[str, Any]:
    """The same without its JSON scene, whose layers may have any setting."""
    JsonScene.model_validate(told["scene"])
    return told | {"scene": {"input": {"source": "cat"}, "layers": []}}


@pytest.mark.parametrize("figure", core.GALLERY)
def test_scenes_and_openings_are_as_described(server: str, figure: str) -> None:
    told = get(server, "scene", scene=f"@{figure}").json()
    strictly(answers.Described, json_text(checked_scene(told)))
    for layer in range(len(told["layers"])):
        answer = get(server, "opening", scene=f"@{figure}", layer=layer, step=-1)
        opened = answer.json()
        if answer.status_code == 422:  # of more weights than are computed with
            assert "it can be described" in opened["rule"]
            continue
        strictly(answers.Opening, json_text(checked_scene(opened)))


@pytest.mark.parametrize("detail", [*DETAILS, "rows"])
def test_streams_are_as_described(server: str, detail: str) -> None:
    for layer in range(3):
        text = get(server, "steps", scene=LETTER, layer=layer, stop=70, detail=detail).content
        for line in text.splitlines():
            strictly(LINE, line)


@settings(max_examples=150, deadline=None)
@given(traces())
def test_the_lines_of_every_operation_are_as_described(trace: core.Trace | None) -> None:
    if trace is None:
        return
    for detail in DETAILS:
        strictly(LINE, json_text(trace.start(0, min(3, len(trace)), detail, 1)))
        for line in encode(trace.batch(0, min(3, len(trace)), detail).columns).splitlines():
            strictly(LINE, line)
    for row in rows(trace, 0, min(3, len(trace))):
        strictly(LINE, json_text(row))


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ("/api/kernels", TypeAdapter(list[answers.Kernel])),
        ("/api/operations", TypeAdapter(list[answers.KnownOperation])),
        ("/api/samples", TypeAdapter(list[answers.Sample])),
        ("/api/gallery", TypeAdapter(list[answers.Figure])),
        ("/api/feature-map?scene=@sobel", answers.ArrayValues),
        ("/api/input?scene=@sobel", answers.ArrayValues),
        ("/healthz", answers.Health),
        ("/readyz", answers.Health),
        ("/nope", Problem),
        ("/api/steps?scene=cat|sobell", Problem),
    ],
)
def test_answers_are_as_described(server: str, path: str, model: Any) -> None:
    strictly(model, httpx.get(server + path).content)


def test_posted_answers_are_as_described(server: str) -> None:
    strictly(answers.Kept, httpx.post(f"{server}/api/images", content=picture()).content)
    body = {"scene": "cat 8 | relu", "operations": [{"operation": "relu"}, {"operation": "sobel", "stride": 0}]}
    strictly(answers.Additions, httpx.post(f"{server}/api/additions", json=body).content)
    url = f"{server}/embed?scene=@sobel"
    strictly(answers.Oembed, httpx.get(f"{server}/oembed", params={"url": url}).content)


# --- a client that a machine writes


@pytest.fixture(scope="module")
def client(described: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("client")
    (folder / "config.yml").write_text(CONFIG)
    (folder / "openapi.json").write_text(json.dumps(described))
    written = subprocess.run(
        [sys.executable, "-m", "openapi_python_client", "generate", "--path", "openapi.json", "--config", "config.yml",
         "--meta", "none", "--output-path", "kernelwalk_client", "--fail-on-warning"],
        cwd=folder, capture_output=True, text=True,
    )  # fmt: skip
    assert written.returncode == 0, written.stdout + written.stderr
    sys.path.insert(0, str(folder))
    yield importlib.import_module("kernelwalk_client")
    sys.path.remove(str(folder))


def call(name: str) -> ModuleType:
    return importlib.import_module(f"kernelwalk_client.api.{name}")


def models() -> Any:
    return importlib.import_module("kernelwalk_client.models")


def test_a_written_client_describes_a_scene(client: Any, server: str) -> None:
    with client.Client(server) as asking:
        told = call("scenes.get_scene").sync(client=asking, scene="cat 64 | sobel-x stride=2 | relu")
        assert told.line == "cat 64 | conv2d sobel-x stride=2 | relu"
        assert [layer.operation for layer in told.layers] == ["conv2d", "relu"]
        assert told.layers[0].output_shape == [1, 21, 31]
        body = models().SceneBody(scene=told.scene)
        assert call("scenes.post_scene").sync(client=asking, body=body) == told


def test_a_written_client_walks(client: Any, server: str) -> None:
    with client.Client(server) as asking:
        text = call("steps.get_steps").sync(client=asking, scene="[1 2; 3 4] | conv2d [1 1]", start=1)
        start, step, end = map(json.loads, text.splitlines())
        assert models().StartLine.from_dict(start).output_shape == [1, 2, 1]
        assert models().StepLine.from_dict(step).output == 7
        assert models().EndLine.from_dict(end).count == 1
        body = models().StepsBody(scene="[1 2; 3 4] | conv2d [1 1]", start=1)
        assert call("steps.post_steps").sync(client=asking, body=body) == text


def test_a_written_client_fetches_arrays_and_tables(client: Any, server: str) -> None:
    with client.Client(server) as asking:
        told = call("arrays.get_feature_map").sync(client=asking, scene="[1 2; 3 4] | conv2d [1 1]")
        assert (told.shape, told.values) == ([1, 2, 1], [[[3], [7]]])
        kernels = call("catalogues.get_kernels").sync(client=asking)
        assert [kernel.name for kernel in kernels] == list(core.KERNELS)
        assert kernels[0].title["en"]


def test_a_written_client_uploads(client: Any, server: str) -> None:
    file = importlib.import_module("kernelwalk_client.types").File
    with client.Client(server) as asking, (Path(__file__).parents[2] / "static" / "icon.svg").open("rb") as drawing:
        kept = call("pictures.post_image").sync(client=asking, body=file(payload=picture()))
        assert (kept.width, kept.height) == (40, 30)
        got = call("pictures.get_image").sync_detailed(kept.id, client=asking)
        assert got.content.startswith(b"\x89PNG")
        refused = call("pictures.post_image").sync(client=asking, body=file(payload=drawing))
        assert isinstance(refused, models().Problem)
        assert refused.field == "picture"


def test_a_written_client_reads_refusals(client: Any, server: str) -> None:
    with client.Client(server) as asking:
        refused = call("scenes.get_scene").sync_detailed(client=asking, scene="cat | sobell", lang="ko-KR")
        assert refused.status_code == 422
        assert (refused.parsed.field, refused.parsed.value) == ("operation", "sobell")
        assert "sobel" in refused.parsed.rule
