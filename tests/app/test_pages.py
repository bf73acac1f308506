"""What pages forgive, what they say instead of an error, and what an embed may load."""

import json
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.app.serving import serving
from tests.running import Server

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
SCENE = "[1 2; 3 4] | conv2d [1 1]"


def fetched(server: str, path: str, headers: dict[str, str] | None = None, **words: Any) -> httpx.Response:
    return httpx.get(server + path, params=words or None, headers=BROWSER | (headers or {}))


def attributes(page: httpx.Response) -> dict[str, str]:
    """Those of the player on a page."""
    tag = re.search(r"<kernel-walk ([^>]*)>", page.text)
    assert tag
    return {name: value for name, _, value in re.findall(r'([a-z]+)(="([^"]*)")?', tag[1])}


def carried(page: httpx.Response) -> Any:
    """The opening that a page has in it."""
    block = re.search(r'<script type="application/json" class="opening">(.*?)</script>', page.text, re.DOTALL)
    assert block
    return json.loads(block[1])


def test_an_embed_carries_what_its_first_step_needs_and_no_limits_of_settings(server: str) -> None:
    asked = fetched(server, "/api/opening", scene=SCENE).json()
    embedded, lab = (carried(fetched(server, path, scene=SCENE)) for path in ("/embed", "/"))
    assert lab["layers"][0]["limits"]
    del asked["code"]  # the Code view asks for it
    for layer in asked["layers"]:
        del layer["limits"]
    viewed = carried(fetched(server, "/embed", scene=SCENE, view="numbers,formula"))
    assert viewed == asked
    assert carried(fetched(server, "/embed", scene=SCENE, view="shapes")) == asked  # a former name
    del asked["scene"], asked["sizes"], asked["relations"]
    asked["rule"] = {part: asked["rule"][part] for part in ("numbers", "aside", "said")}
    for layer in asked["layers"]:
        for unseen in ("arguments", "formula", "parameters", "multiply_adds", "connections", "receptive_field"):
            del layer[unseen]
    assert embedded == asked


# --- words


@pytest.mark.parametrize("path", ["/", "/embed", "/gallery", "/gallery/sobel"])
@pytest.mark.parametrize(
    "words",
    [
        {"utm_source": "mail", "fbclid": "x" * 200, "ref": "1"},
        {"theme": "purple"},
        {"play": "perhaps", "lang": "xx"},
        {"speed": "fast", "loop": "?", "controls": "many", "view": "<b>"},
    ],
    ids=lambda words: next(iter(words)),
)
def test_pages_forgive_what_does_no_harm(server: str, path: str, words: dict[str, str]) -> None:
    plain = fetched(server, path, scene=SCENE)
    answer = fetched(server, path, scene=SCENE, **words)
    assert answer.status_code == 200
    assert "<kernel-walk" in answer.text or path == "/gallery"
    if path == "/embed":
        assert attributes(answer) == attributes(plain)


def test_a_word_that_is_said_twice_counts_once(server: str) -> None:
    answer = httpx.get(f"{server}/embed?scene=@sobel&scene=@sobel&step=1&step=2")
    assert attributes(answer)["step"] == "2"


@pytest.mark.parametrize(("step", "shown"), [("1", "1"), ("2", "1"), ("99999", "1"), ("-1", "1"), ("-7", "0")])
@pytest.mark.parametrize("path", ["/", "/embed"])
def test_a_page_opens_at_the_nearest_step_where_the_api_refuses(server: str, path: str, step: str, shown: str) -> None:
    answer = fetched(server, path, scene=SCENE, step=step)
    assert answer.status_code == 200
    assert attributes(answer)["step"] == shown
    api = fetched(server, "/api/opening", scene=SCENE, step=step)
    assert (api.status_code == 200) == (-2 <= int(step) <= 1)


@pytest.mark.parametrize(("lang", "spoken"), [("ko", "ko"), ("ko-KR", "ko"), ("EN-us", "en"), ("fr", "ko"), ("", "ko")])
@pytest.mark.parametrize("path", ["/", "/embed?scene=@sobel", "/gallery", "/gallery/sobel", "/docs", "/nope"])
def test_a_language_that_is_not_spoken_falls_back_to_the_browsers(
    server: str, path: str, lang: str, spoken: str
) -> None:
    joint = "&" if "?" in path else "?"
    answer = fetched(server, f"{path}{joint}lang={lang}", {"accept-language": "fr, ko-KR;q=0.8"})
    assert f'<html lang="{spoken}"' in answer.text


def test_the_words_of_an_embed_are_those_of_the_element(server: str) -> None:
    words = {"layer": "0", "step": "1", "play": "1", "speed": "4.5", "loop": "1", "controls": "none", "theme": "dark"}
    given = attributes(fetched(server, "/embed", scene=SCENE, view="input output", **words))
    assert given["speed"] == "4.5"
    assert given["controls"] == "none"
    assert given["view"] == "input output"
    assert given.keys() >= {"loop", "autoplay"}
    assert (given["layer"], given["step"], given["theme"]) == ("0", "1", "dark")


# --- instead of an error


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"scene": "cat | sobell"}, "did you mean sobel?"),
        ({"scene": SCENE, "layer": "7"}, "layer is 7:"),
        ({"scene": SCENE, "layer": "one"}, "must be a whole number"),
        ({"scene": SCENE, "step": "1.5"}, "must be a whole number"),
        ({}, "needs an input first"),
    ],
)
def test_a_refused_embed_says_why_and_where_to_go(server: str, words: dict[str, str], sentence: str) -> None:
    answer = fetched(server, "/embed", {"accept-language": "en"}, theme="dark", **words)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'data-theme="dark"' in answer.text
    assert "styles/refusal.css" in answer.text
    assert "/gallery" in answer.text


@pytest.mark.parametrize("path", ["/nope", "/gallery/x/y", "/embed/x", "/%3Cscript%3E"])
def test_an_address_that_is_not_there_is_a_page_in_a_browser_and_json_to_a_program(server: str, path: str) -> None:
    page = fetched(server, path, {"accept-language": "en"}, theme="dark")
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "<script" not in page.text
    for link in ('href="/?theme=dark"', 'href="/gallery?theme=dark"', 'data-theme="dark"', 'class="top"'):
        assert link in page.text
    for accepted in ("*/*", "application/json", ""):
        told = httpx.get(server + path, headers={"accept": accepted})
        assert (told.status_code, told.json()["field"]) == (404, "address")


@pytest.mark.parametrize("path", ["/api/nope", "/api/scene?scene=x", "/static/nope", "/oembed"])
def test_what_programs_ask_for_is_refused_in_json_in_a_browser_too(server: str, path: str) -> None:
    assert fetched(server, path).json()["detail"]


def test_a_method_that_is_not_taken_is_a_page_too(server: str) -> None:
    answer = httpx.delete(f"{server}/gallery", headers=BROWSER)
    assert (answer.status_code, answer.headers["content-type"]) == (405, "text/html; charset=utf-8")


def test_the_page_below_a_path_links_below_it(tmp_path: Path) -> None:
    with serving(tmp_path, root_path="/lab") as port:
        page = fetched(f"http://127.0.0.1:{port}", "/lab/nope")
        assert 'href="/lab/gallery"' in page.text


# --- what an embed may load


def policy(port: int, head: str) -> str:
    """The policy of an embed that is asked for with such a head."""
    request = f"GET /embed?scene=@sobel HTTP/1.1\r\n{head}\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(request.encode())
        answer = b"".join(iter(lambda: line.recv(65536), b"")).decode("utf-8", "replace")
    found = re.search(r"(?i)\r\ncontent-security-policy: ([^\r]*)\r\n", answer)
    return found[1] if found else ""


@pytest.fixture(scope="module")
def of_any_name(new_server: Callable[..., Server]) -> int:
    """The port of a server that goes by whatever host it is asked for."""
    return new_server(KERNELWALK_ALLOWED_HOSTS="*").port


def test_an_embed_names_its_origin_in_full_for_frames_without_one(server: str) -> None:
    rules = dict(
        rule.split(" ", 1)
        for rule in fetched(server, "/embed", scene="@sobel").headers["content-security-policy"].split("; ")
    )
    for name in ("script-src", "style-src", "img-src", "connect-src"):
        assert rules[name].split()[:2] == ["'self'", server], name
    assert rules["default-src"] == "'none'"
    assert server not in rules["form-action"] + rules["base-uri"] + rules["frame-src"]


def test_only_an_embed_names_its_origin(server: str) -> None:
    for path in ("/", "/gallery", "/docs", "/api/kernels", "/nope"):
        assert server not in fetched(server, path).headers["content-security-policy"]


@pytest.mark.parametrize(
    ("head", "origin"),
    [
        ("Host: lab.example.edu", "http://lab.example.edu"),
        ("Host: LAB.example.edu:8443\r\nX-Forwarded-Proto: https", "https://LAB.example.edu:8443"),
        ("Host: [::1]:8000", ""),
        ("Host: a; script-src *", ""),
        ("Host: a 'unsafe-inline'", ""),
        ("Host: *", ""),
        ("Host: *.example.edu", ""),
        ("Host: a,b", ""),
        ("Host: a/b", ""),
        ("Host: evil@lab", ""),
        ("Host: data:", ""),
        ("Host: -x", ""),
        ("Host: " + "a" * 300, ""),
        ("Host: a:999999", ""),
        ("Host:", ""),
        ("X-Forwarded-Host: evil.example\r\nHost: lab", "http://lab"),
    ],
)
def test_a_strange_host_does_not_get_into_the_policy(of_any_name: int, head: str, origin: str) -> None:
    found = policy(of_any_name, head)
    named = f" {origin}" if origin else ""
    assert f"script-src 'self'{named}; style-src 'self'{named}; img-src 'self'{named} data: blob:;" in found
    assert "unsafe" not in found
    assert "*" not in found
    assert "evil" not in found
