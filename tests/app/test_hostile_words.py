"""Every word of every call of the description, given what no form would send: refused in one shape, no failure."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from app.main import create_app
from app.models.errors import Problem
from app.routes.errors import OTHER
from app.settings import Settings

Call = tuple[str, str, dict[str, Any]]
TOLD: dict[str, Any] = create_app(Settings()).openapi()
CALLS: list[Call] = [
    (method.upper(), path, call) for path, methods in TOLD["paths"].items() for method, call in methods.items()
]
POSTS = [call for call in CALLS if "requestBody" in call[2]]
TAKES_JSON = [call for call in POSTS if "application/json" in call[2]["requestBody"]["content"]]
OUTSIDE = {405, 414, 431}  # refusals of the address or the method, which belong to no call
SCENE = "[1 2 3; 4 5 6; 7 8 9] | conv2d [1 0; 0 1]"
MEANT = {
    "scene": SCENE,
    "dy": "[1 1; 1 1]",
    "name": "lenet-5.c1",
    "network": "lenet-5",
    "figures": "first-steps",
    "answer": "7",
    "layer": "0",
    "url": f"http://localhost/embed?scene={quote(SCENE)}",
}
WRITTEN = (
    *("", "%20", "1%20", "%201", "1%C2%A0", "%00", "a%00b", "%0A", "%FF%FE", "%ED%A0%80", "%E2%80%AE", "%F0%9F%98%80"),
    *("NaN", "Infinity", "-0", "%2B1", "1.0", "1e3", "1e999", "0x1", "1_0", "1,2", "%EF%BC%91", "%D9%A1", "-1"),
    *("9" * 30, "-" + "9" * 30, "9" * 5000, "2147483648", "9223372036854775808", "true", "null", "None", "[]", "{}"),
    *("[[1]]", "[" * 3000, "(" * 3000, "|" * 500, "cat%208%20%7C%20" * 40, "%7C%20relu", "..%2F..%2Fetc%2Fpasswd"),
    *("%3Cscript%3E", "%25s%25n", "nope", "a" * 300, "image%3A" + "0" * 32, "%40lenet-5"),
)
WHOLE_NUMBER = re.compile(r"-?[0-9]+")
NESTED: Any = 1
for _ in range(900):
    NESTED = [NESTED]
GIVEN: tuple[Any, ...] = (
    *(None, True, 0, -1, 1.5, 1e308, 10**40, -(10**40), "", "\0", "\ud800", "x" * 5000, " 1", "NaN", "１"),
    *([], {}, [[]], [[[[]]]], [None], ["a"], [1] * 2000, NESTED, {"a": 1}, {"input": {}}),
    {"input": {"source": None}, "layers": None},
    {"input": {"source": "cat"}, "layers": [1]},
    {"input": {"source": "cat"}, "layers": [{"operation": []}]},
    {"input": {"source": [[1]]}, "layers": [{"operation": "conv2d", "weight": {}}]},
    {"input": {"source": [[1]]}, "layers": [{"operation": "conv2d", "weight": [[1e300]]}]},
)
BODIES = (
    *(b"", b"\0", b"{", b"[]", b"null", b"1", b'"x"', b"\xff\xfe{", b"\xef\xbb\xbf{}", b" " * 70000, b"9" * 70000),
    *(b"[" * 100000, b'{"a":' * 50000, b'{"scene": NaN}', b'{"scene": 1e999}', b'{"scene": "\\ud800"}'),
    *(b'{"scene": "a", "scene": "b"}', b'{"__proto__": 1}'),
)
KINDS = ("", "application/json", "application/json; charset=utf-16", "text/plain", "multipart/form-data", ";;;")


def name_of(call: Call) -> str:
    return f"{call[0]} {call[1]}"


@pytest.fixture(scope="module")
def asking(running_server: Any) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=running_server.url, timeout=20) as client:
        yield client


def words_of(call: dict[str, Any], place: str = "query") -> list[dict[str, Any]]:
    return [word for word in call.get("parameters", ()) if word["in"] == place]


def needed(call: dict[str, Any]) -> dict[str, str]:
    return {word["name"]: quote(MEANT[word["name"]], safe="") for word in words_of(call) if word.get("required")}


def sent(asking: httpx.Client, call: Call, words: dict[str, str] | str, **more: Any) -> httpx.Response:
    method, path, told = call
    query = words if isinstance(words, str) else "&".join(f"{name}={value}" for name, value in words.items())
    if "requestBody" in told and "content" not in more:
        more |= {"content": b"{}", "headers": {"content-type": next(iter(told["requestBody"]["content"]))}}
    return asking.request(method, f"{path.format(id='0' * 32)}?{query}", **more)


def held(answer: httpx.Response, told: dict[str, Any]) -> None:
    """An answer that the description names; a refusal has the shape of all refusals, and is short."""
    asked = f"{answer.request.method} {str(answer.request.url)[:200]}: {answer.status_code} {answer.text[:300]}"
    assert answer.status_code < 500, asked
    assert str(answer.status_code) in told["responses"] or answer.status_code in OUTSIDE, asked
    if answer.status_code >= 400:
        problem = Problem.model_validate_json(answer.content)
        assert problem.detail, asked
        assert problem.field, asked
        assert problem.rule, asked
        assert problem.rule != OTHER or problem.field == "request", asked
        assert not (WHOLE_NUMBER.fullmatch(str(problem.value)) and "whole number" in problem.rule), asked
        assert len(str(problem.value)) <= 82, asked
        assert len(answer.content) < 4000, asked


@pytest.mark.parametrize("call", CALLS, ids=name_of)
def test_a_word_of_a_query_may_hold_anything(asking: httpx.Client, call: Call) -> None:
    for word in words_of(call[2]):
        for written in WRITTEN:
            held(sent(asking, call, needed(call[2]) | {word["name"]: written}), call[2])


@pytest.mark.parametrize("call", [call for call in CALLS if words_of(call[2], "path")], ids=name_of)
def test_a_part_of_a_path_may_hold_anything(asking: httpx.Client, call: Call) -> None:
    for written in (written for written in WRITTEN if written):
        held(asking.request(call[0], call[1].format(id=written)), call[2])


@pytest.mark.parametrize("call", CALLS, ids=name_of)
def test_words_are_taken_once_none_is_missing_and_none_unknown(asking: httpx.Client, call: Call) -> None:
    words = needed(call[2])
    for name in (word["name"] for word in words_of(call[2])):
        one = "&".join(f"{known}={value}" for known, value in ({name: "1"} | words).items())
        twice = sent(asking, call, f"{one}&{one}")
        held(twice, call[2])
        assert twice.status_code == 422, twice.url
    for name in words:
        held(missing := sent(asking, call, {known: value for known, value in words.items() if known != name}), call[2])
        assert missing.status_code == 422
        assert missing.json()["field"] == name
    if call[1].startswith("/api/"):
        assert sent(asking, call, words | {"nonsense": "1"}).json()["value"] == "nonsense"


@pytest.mark.parametrize("path", TOLD["paths"])
def test_a_method_that_a_path_has_not_is_refused_with_those_it_has(asking: httpx.Client, path: str) -> None:
    has = {method.upper() for method in TOLD["paths"][path]}
    for method in {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"} - has:
        answer = asking.request(method, path.format(id="0" * 32))
        if method == "OPTIONS" and answer.status_code == 204:
            continue  # what a browser asks before a request from another page
        assert answer.status_code == 405, (method, path)
        assert has <= {allowed.strip() for allowed in answer.headers["allow"].split(",")}
        Problem.model_validate_json(answer.content)


@pytest.mark.parametrize("call", POSTS, ids=name_of)
def test_a_body_may_be_anything_and_call_itself_anything(asking: httpx.Client, call: Call) -> None:
    for kind in KINDS:
        for body in BODIES:
            held(sent(asking, call, "", content=body, headers={"content-type": kind} if kind else {}), call[2])


def fields_of(call: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Each field that a body may have, beside a body with what it must have."""
    schema = call["requestBody"]["content"]["application/json"]["schema"]
    for kind in schema.get("oneOf", [schema]):
        model = TOLD["components"]["schemas"][kind["$ref"].rpartition("/")[2]]
        shown = {name: told.get("examples", [0])[0] for name, told in model["properties"].items()}
        least = {name: MEANT.get(name, shown[name]) for name in model.get("required", ())}
        for name in model["properties"]:
            yield least, name


@pytest.mark.parametrize("call", TAKES_JSON, ids=name_of)
def test_a_field_of_a_body_may_be_anything(asking: httpx.Client, call: Call) -> None:
    headers = {"content-type": "application/json"}
    for least, name in fields_of(call[2]):
        for value in GIVEN:
            held(sent(asking, call, "", content=json.dumps(least | {name: value}), headers=headers), call[2])
        unknown = sent(asking, call, "", content=json.dumps(least | {"nonsense": 1}), headers=headers)
        assert unknown.status_code == 422
        held(unknown, call[2])
