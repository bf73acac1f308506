"""A request may call this server what it likes: nothing but the names an operator gave is repeated to anybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from app.http.hosts import RULE, Hosts
from app.settings import Settings, SettingsError
from tests.app.serving import serving

STRANGE = "elsewhere.example"
NAMED = "lab.school.example"
PATHS = (
    "/", "/?scene=nope", "/embed?scene=@sobel", "/gallery", "/gallery/", "/gallery/sobel", "/quiz?ids=sobel", "/lesson",
    "/docs", "/nowhere", "/api/scene/?scene=@sobel", "/api/kernels", "/static/kernel-walk.js", "/openapi.json",
    "/render.html?scene=[1 2; 3 4] | relu", "/healthz", "//elsewhere/..",
)  # fmt: skip


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that is known as NAMED."""
    with serving(tmp_path_factory.mktemp("named"), allowed_hosts=f"{NAMED}, *.lab.example:8443") as port:
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_no_answer_repeats_a_host_that_is_not_known(server: str, path: str, accept: str) -> None:
    answer = httpx.get(server + path, headers={"host": STRANGE, "x-forwarded-host": STRANGE, "accept": accept})
    assert answer.status_code < 500
    assert STRANGE not in answer.text
    assert STRANGE not in str(answer.headers.multi_items())


@pytest.mark.parametrize("path", ["/gallery/", "/api/scene/?scene=@sobel"])
def test_a_redirect_names_no_host_at_all(server: str, path: str) -> None:
    answer = httpx.get(server + path, headers={"host": STRANGE})
    assert answer.status_code == 307
    assert answer.headers["location"] == path.replace("/?", "?").removesuffix("/")


def test_an_address_of_a_strange_host_is_described_to_nobody(server: str) -> None:
    address = f"http://{STRANGE}/embed?scene=@sobel"
    answer = httpx.get(f"{server}/oembed", params={"url": address}, headers={"host": STRANGE})
    assert (answer.status_code, answer.json()["field"]) == (404, "url")


@pytest.mark.parametrize(
    ("host", "scheme", "known"),
    [
        (NAMED, "https", True), (NAMED.upper(), "http", True), (f"{NAMED}:80", "http", True),
        (f"{NAMED}:8000", "http", False), (f"x{NAMED}", "http", False), (f"{NAMED}.", "http", False),
        ("one.lab.example:8443", "https", True), ("lab.example:8443", "https", False),
        ("one.lab.example", "https", False), ("localhost:1234", "http", True), ("[::1]:8000", "http", True),
        (STRANGE, "https", False), ("", "http", False), (f"{NAMED}/x", "http", False), (f"a@{NAMED}", "http", False),
        ("192.0.2.1:8000", "http", True), ("192.0.2.1", "http", False),
    ],
)  # fmt: skip
def test_a_host_is_known_by_its_whole_name_and_its_port(host: str, scheme: str, known: bool) -> None:
    scope = {"scheme": scheme, "headers": [(b"host", host.encode())], "server": ("192.0.2.1", 8000)}
    assert Hosts(f"{NAMED}, *.lab.example:8443").origin(scope) == (f"{scheme}://{host}" if known else "")


def test_a_star_knows_every_host_that_is_one() -> None:
    everybody = Hosts("*")
    assert everybody.knows(STRANGE, {"scheme": "http"})
    assert not everybody.knows('a"><b>', {"scheme": "http"})


def test_pages_name_themselves_in_full_under_a_known_host(named: str) -> None:
    answer = httpx.get(f"{named}/gallery/sobel", headers={"host": NAMED, "x-forwarded-proto": "https"})
    assert f'content="https://{NAMED}/render.png' in answer.text
    policy = httpx.get(f"{named}/embed?scene=@sobel", headers={"host": NAMED}).headers["content-security-policy"]
    assert f"script-src 'self' http://{NAMED};" in policy
    told = httpx.get(f"{named}/oembed", params={"url": f"http://{NAMED}/embed?scene=@sobel"}, headers={"host": NAMED})
    assert urlsplit(told.json()["thumbnail_url"]).netloc == NAMED


@pytest.mark.parametrize("wrong", ["http://lab.example", "lab.example/", "a b", "*.", "lab.example:x", "lab,,*x"])
def test_a_setting_that_names_no_hosts_is_refused(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KERNELWALK_ALLOWED_HOSTS", wrong)
    with pytest.raises(SettingsError, match=r"KERNELWALK_ALLOWED_HOSTS is .*") as told:
        Settings.from_environment()
    assert RULE in str(told.value)


def test_hosts_are_read_with_blanks_and_capitals(tmp_path: Path) -> None:
    assert Settings(allowed_hosts=" Lab.example , b.example:81,").allowed_hosts == "lab.example, b.example:81"
