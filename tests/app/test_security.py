"""Headers of every kind of answer, and clients that mean no good."""

import json
import re
import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.models.errors import Problem
from tests.app.serving import serving

PAGES = ("/", "/docs", "/embed?scene=cat 64|sobel", "/embed?scene=nope", "/nope")
SHARED = ("/api/kernels", "/api/scene?scene=nope", "/api/nope", "/static/kernel-walk.js", "/static/nope")


@pytest.mark.parametrize("path", [*PAGES, *SHARED])
def test_every_answer_forbids_inline_script_and_style(server: str, path: str) -> None:
    headers = httpx.get(server + path).headers
    rules = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
    assert rules["default-src"] == rules["base-uri"] == "'none'"
    for kind in ("script-src", "style-src", "object-src"):
        assert set(rules.get(kind, rules["default-src"]).split()) <= {"'self'", "'none'", server}
    if path in SHARED:
        assert set(rules.values()) == {"'none'"}  # what is no page loads nothing
    assert headers["x-content-type-options"] == "nosniff"
    assert "referrer-policy" in headers
    assert ("permissions-policy" in headers) == (path in PAGES)


@pytest.mark.parametrize("path", [*PAGES, *SHARED])
def test_only_the_embed_may_be_framed(server: str, path: str) -> None:
    policy = httpx.get(server + path).headers["content-security-policy"]
    assert ("frame-ancestors" in policy) == (not path.startswith("/embed"))


def test_an_isolated_page_may_embed(server: str) -> None:
    headers = httpx.get(f"{server}/embed?scene=cat 64|sobel").headers
    assert headers["cross-origin-embedder-policy"] == "require-corp"
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert "x-frame-options" not in headers


@pytest.mark.parametrize("path", SHARED)
def test_the_api_and_the_files_may_be_read_from_elsewhere(server: str, path: str) -> None:
    headers = httpx.get(server + path).headers
    assert headers["access-control-allow-origin"] == "*"
    assert headers["cross-origin-resource-policy"] == "cross-origin"


@pytest.mark.parametrize("path", PAGES)
def test_pages_may_not_be_read_from_elsewhere(server: str, path: str) -> None:
    assert "access-control-allow-origin" not in httpx.get(server + path).headers


def test_a_preflight_allows_posting_json(server: str) -> None:
    asks = {"origin": "https://a.example", "access-control-request-method": "POST"}
    answer = httpx.options(f"{server}/api/opening", headers=asks | {"access-control-request-headers": "content-type"})
    assert answer.status_code == 204
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "content-type" in answer.headers["access-control-allow-headers"].lower()


@pytest.mark.parametrize(
    "path", ["/", "/docs", "/gallery", "/gallery/sobel", "/embed?scene=cat 64|sobel", "/?scene=nope"]
)
def test_pages_hold_no_inline_script_and_name_no_other_host(server: str, path: str) -> None:
    text = httpx.get(server + path).text
    for attributes, body in re.findall(r"(?s)<script([^>]*)>(.*?)</script>", text):
        assert "src=" in attributes or 'type="application/json"' in attributes
        assert "src=" not in attributes or not body.strip()
    assert "<style" not in text
    assert not re.search(r"\s(?:on[a-z]+|style)=", re.sub(r"(?s)<script.*?</script>", "", text))
    hosts = re.findall(r"(?:src|href)=\"((?:https?:)?//[^/\"]*)", text)
    assert set(hosts) <= {server}  # oEmbed's discovery link says where it is in full


def test_a_scene_cannot_end_the_block_that_carries_it(server: str) -> None:
    nasty = "</script><script>alert(1)</script>"
    for path in ("/embed", "/"):
        text = httpx.get(server + path, params={"scene": nasty}).text
        assert "<script>alert" not in text
    block = httpx.get(f"{server}/embed", params={"scene": "[1 2; 3 4] | relu"}).text
    opening = re.findall(r'(?s)class="opening">(.*?)</script>', block)[0]
    assert "<" not in opening
    assert json.loads(opening)["line"] == "[1 2; 3 4] | relu"


def sent(port: int, request: bytes, wait: float = 5) -> bytes:
    """What a raw request is answered; until the server ends the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as client:
        try:
            client.sendall(request)
        except OSError:
            pass
        got = b""
        while piece := client.recv(2**16):
            got += piece
    return got


def test_an_endless_address_is_refused_in_words(tmp_path: Path) -> None:
    with serving(tmp_path) as port:
        got = sent(port, b"GET /api/scene?scene=" + b"a" * 10_000_000 + b" HTTP/1.1\r\nhost: a\r\n\r\n")
        assert got.startswith(b"HTTP/1.1 431")
        Problem.model_validate_json(got.partition(b"\r\n\r\n")[2])


def test_what_is_not_http_is_refused_in_words(tmp_path: Path) -> None:
    with serving(tmp_path) as port:
        got = sent(port, b"good morning\r\n\r\n")
        assert got.startswith(b"HTTP/1.1 400")
        Problem.model_validate_json(got.partition(b"\r\n\r\n")[2])


@pytest.mark.parametrize(("start", "answer"), [(b"", b""), (b"GET / HTTP/1.1\r\nhost:", b"HTTP/1.1 408")])
def test_a_client_that_is_slow_with_its_head_is_let_go(tmp_path: Path, start: bytes, answer: bytes) -> None:
    with serving(tmp_path, read_deadline=0.3) as port:
        began = time.monotonic()
        got = sent(port, start)
        assert got[:12] == answer
        assert not got or Problem.model_validate_json(got.partition(b"\r\n\r\n")[2]).field == "request"
        assert 0.2 < time.monotonic() - began < 3


def test_a_client_that_is_slow_with_its_body_is_let_go(tmp_path: Path) -> None:
    head = b"POST /api/scene HTTP/1.1\r\nhost: a\r\ncontent-length: 50\r\nconnection: close\r\n\r\n{"
    with serving(tmp_path, body_deadline=0.3) as port:
        assert sent(port, head).startswith(b"HTTP/1.1 408")


def dribbled(port: int, path: str, piece: bytes, pause: float, most: int) -> bytes:
    """What is answered to a body that comes piece by piece; until the server ends the connection."""
    head = f"POST {path} HTTP/1.1\r\nhost: a\r\ncontent-length: {most * len(piece)}\r\nconnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(head.encode())
        client.settimeout(pause)
        got = b""
        for _ in range(most):
            with suppress(TimeoutError):  # before more is sent: what comes to a closed connection takes the answer away
                got += client.recv(2**16)
                break
            try:
                client.sendall(piece)
            except OSError:  # it has been answered and closed
                break
        client.settimeout(60)
        while more := client.recv(2**16):
            got += more
        return got


@pytest.mark.parametrize("path", ["/api/scene", "/api/steps", "/api/opening", "/api/additions", "/api/images"])
def test_a_body_that_dribbles_in_is_cut_off_in_words(tmp_path: Path, path: str) -> None:
    with serving(tmp_path, body_deadline=0.5) as port:
        got = dribbled(port, path, b" ", 0.05, 200)
        assert got.startswith(b"HTTP/1.1 408")
        told = json.loads(got.partition(b"\r\n\r\n")[2])
        assert (told["field"], told["detail"]) == (
            "body",
            "the body came too slowly: 1024 bytes must arrive in 0.5 seconds",
        )
        assert httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200


def test_a_body_may_take_as_long_as_it_likes_while_it_keeps_coming(tmp_path: Path) -> None:
    with serving(tmp_path, body_deadline=0.3) as port:
        got = dribbled(port, "/api/images", b"x" * 1024, 0.1, 8)
        assert got.startswith(b"HTTP/1.1 415")


def test_a_connection_that_is_kept_is_not_cut_between_requests(tmp_path: Path) -> None:
    with serving(tmp_path, read_deadline=0.3) as port, httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        for _ in range(3):
            assert client.get("/healthz").status_code == 200
            time.sleep(0.4)


def test_nothing_of_a_refused_body_is_echoed(server: str) -> None:
    secret = "s3cret" * 20
    answer: Any = httpx.post(f"{server}/api/steps", json={"scene": "cat | sobel", "layer": secret})
    assert answer.status_code == 422
    assert len(answer.json()["detail"]) < 200


@pytest.mark.parametrize("path", PAGES)
def test_the_camera_is_for_the_labs_own_page_alone(server: str, path: str) -> None:
    rules = httpx.get(server + path).headers["permissions-policy"].split(", ")
    assert rules[0] == ("camera=(self)" if path == "/" or path.startswith("/?") else "camera=()")
    assert "microphone=()" in rules
