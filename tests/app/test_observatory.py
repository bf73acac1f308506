"""What MDN's HTTP Observatory looks for, asked of every kind of page: its ten checks, each as it scores them."""

from __future__ import annotations

import re

import httpx
import pytest

PAGES = ("/", "/gallery", "/gallery/sobel", "/docs", "/nope")
FRAMED = ("/embed?scene=@sobel", "/quiz", "/lesson")  # meant for frames on pages of others
EVERYTHING = (*PAGES, *FRAMED, "/api/kernels", "/static/kernel-walk.js", "/render.svg?scene=[1 2; 3 4] | relu")
HALF_A_YEAR = 15_768_000
BY_HTTPS = {"x-forwarded-proto": "https", "accept": "text/html"}  # as a proxy on this machine passes it on
DANGEROUS = {"'unsafe-inline'", "'unsafe-eval'", "data:", "http:", "https:", "*", "'unsafe-hashes'"}


def headers(server: str, path: str) -> httpx.Headers:
    return httpx.get(server + path, headers=BY_HTTPS, timeout=60).headers


def rules_of(found: httpx.Headers) -> dict[str, set[str]]:
    parts = (rule.split() for rule in found["content-security-policy"].split(";"))
    return {name: set(sources) for name, *sources in parts}


@pytest.mark.parametrize("path", [*PAGES, *FRAMED])
def test_content_security_policy_lets_nothing_in_but_by_name(server: str, path: str) -> None:
    rules = rules_of(headers(server, path))
    assert rules["default-src"] == {"'none'"}
    for kind in ("script-src", "style-src", "connect-src", "frame-src"):
        assert not rules[kind] & DANGEROUS
    assert rules["base-uri"] == {"'none'"}
    assert rules["form-action"] <= {"'self'", "'none'"}
    assert rules["require-trusted-types-for"] == {"'script'"}


@pytest.mark.parametrize("path", EVERYTHING)
def test_there_are_no_cookies(server: str, path: str) -> None:
    assert "set-cookie" not in headers(server, path)


@pytest.mark.parametrize("path", [*PAGES, *FRAMED])
def test_pages_are_read_by_their_own_origin_alone(server: str, path: str) -> None:
    asked = httpx.get(server + path, headers={"origin": "https://elsewhere.example"})
    assert not [name for name in asked.headers if name.startswith("access-control-")]


def test_a_server_tells_nothing_of_what_it_is_made_of(server: str) -> None:
    assert not {"server", "x-powered-by", "via"} & set(headers(server, "/"))


def test_what_others_may_read_is_given_without_credentials(server: str) -> None:
    asked = httpx.get(f"{server}/api/kernels", headers={"origin": "https://elsewhere.example"})
    assert asked.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in asked.headers


@pytest.mark.parametrize("path", EVERYTHING)
def test_strict_transport_security_is_asked_for_where_a_visitor_came_by_https(server: str, path: str) -> None:
    found = re.fullmatch(r"max-age=(\d+)", headers(server, path)["strict-transport-security"])
    assert found
    assert int(found[1]) >= HALF_A_YEAR
    assert "strict-transport-security" not in httpx.get(server + path).headers


def test_strict_transport_security_is_believed_of_trusted_proxies_alone(server: str) -> None:
    forged = httpx.get(server, headers={"x-forwarded-proto": "javascript"})
    assert "strict-transport-security" not in forged.headers


@pytest.mark.parametrize("path", EVERYTHING)
def test_types_are_never_guessed(server: str, path: str) -> None:
    assert headers(server, path)["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", EVERYTHING)
def test_other_sites_learn_no_more_than_our_origin(server: str, path: str) -> None:
    assert headers(server, path)["referrer-policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize("path", PAGES)
def test_pages_stand_in_no_frame(server: str, path: str) -> None:
    assert rules_of(headers(server, path))["frame-ancestors"] == {"'none'"}


@pytest.mark.parametrize("path", PAGES)
def test_pages_share_neither_window_nor_bytes_with_other_sites(server: str, path: str) -> None:
    found = headers(server, path)
    assert found["cross-origin-opener-policy"] == "same-origin"
    assert found["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("path", [*FRAMED, *EVERYTHING[-3:]])
def test_what_is_meant_for_other_sites_says_so(server: str, path: str) -> None:
    assert headers(server, path)["cross-origin-resource-policy"] == "cross-origin"


@pytest.mark.parametrize("path", [*PAGES, *FRAMED])
def test_every_script_and_style_is_of_our_own_origin_so_that_none_needs_integrity(server: str, path: str) -> None:
    text = httpx.get(server + path, headers={"accept": "text/html"}).text
    addresses = re.findall(r'<script[^>]* src="([^"]*)"', text) + re.findall(r'rel="stylesheet" href="([^"]*)"', text)
    assert addresses
    assert [address for address in addresses if not re.match(r"/(?!/)", address)] == []


def test_a_figure_that_is_opened_by_itself_moves_and_runs_nothing(server: str) -> None:
    rules = rules_of(headers(server, EVERYTHING[-1]))
    assert rules["default-src"] == rules["frame-ancestors"] == {"'none'"}
    assert rules["style-src"] == {"'unsafe-inline'"}
    assert "script-src" not in rules
    assert rules["sandbox"] == set()
