"""oEmbed: the frame for an address of ours, the pages that name it, and addresses that are none."""

import html
import re
import socket
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit
from xml.etree import ElementTree

import httpx
import pytest

import core
from app.messages import Messages


def described(server: str, path: str, **words: Any) -> httpx.Response:
    return httpx.get(f"{server}/oembed", params={"url": f"{server}{path}"} | words)


def framed(answer: httpx.Response) -> str:
    found = re.search(r'src="([^"]*)"', answer.json()["html"])
    assert found
    return html.unescape(found[1])


def test_an_address_of_the_lab_becomes_a_frame_of_the_same_step(server: str) -> None:
    answer = described(server, "/?scene=cat%2064%20%7C%20sobel&layer=0&step=9&view=code&utm_source=mail")
    told = answer.json()
    assert (told["version"], told["type"], told["width"], told["height"]) == ("1.0", "rich", 700, 440)
    address = framed(answer)
    assert parse_qs(urlsplit(address).query) == {"scene": ["cat 64 | sobel"], "layer": ["0"], "step": ["9"]}
    assert httpx.get(address).status_code == 200


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_figure_keeps_its_name_and_title(server: str, lang: str) -> None:
    answer = described(server, f"/gallery/sobel?lang={lang}", maxwidth=400, maxheight=300)
    told = answer.json()
    assert told["title"] == Messages().languages[lang](core.GALLERY["sobel"].title)
    assert (told["width"], told["height"]) == (400, 300)
    assert framed(answer) == f"{server}/embed?lang={lang}&scene=@sobel"


def test_what_is_not_ours_or_cannot_be_shown_is_not_there(server: str) -> None:
    paths = (
        "/docs",
        "/gallery/no-such",
        "/embed",
        "/?scene=cat%20%7C%20nosuch",
        "/embed?scene=%FF",
        "/?" + "a=1&" * 200,
    )
    for url in ("https://example.org/", "x", "http://[", f"ftp{server[4:]}/", *(server + path for path in paths)):
        answer = httpx.get(f"{server}/oembed", params={"url": url})
        assert answer.status_code == 404, url
        assert answer.json()["detail"]
    for wrong in ("0", "-5", "wide", "1e3", " 1"):
        assert described(server, "/", maxwidth=wrong).json()["field"] == "maxwidth"
    assert httpx.get(f"{server}/oembed").json()["detail"] == "url is '': must be given"


def test_consumers_may_send_more_than_is_known(server: str) -> None:
    plain = described(server, "/embed?scene=@sobel").json()
    unknown = {"dnt": "1"}, {"dnt": ["1", "0"]}, {"callback": "x", "_": "17"}
    for more in (*unknown, {"format": "json", "maxwidth": ""}, {"lang": "fr"}):
        assert described(server, "/embed?scene=@sobel", **more).json() == plain


@pytest.mark.parametrize("line", ["cat 64 | sobel", '[1 2; 3 4] | conv2d [1 "> <b> & \x07; 1 1]', "cat | 가우시안"])
def test_xml_says_what_json_says_whatever_stands_in_the_scene(server: str, line: str) -> None:
    one, other = (described(server, f"/?scene={quote(line)}", format=name) for name in ("json", "xml"))
    assert one.status_code == other.status_code
    if other.status_code == 200:
        assert other.headers["content-type"].startswith("text/xml")
        told = {element.tag: element.text for element in ElementTree.fromstring(other.content)}
        assert told == {name: str(value) for name, value in one.json().items()}


def test_a_format_that_is_not_spoken_is_answered_as_the_specification_says(server: str) -> None:
    answer = described(server, "/", format="yaml")
    assert (answer.status_code, answer.json()["field"]) == (422, "format")


@pytest.mark.parametrize(("asked", "given"), [((50, 40), (50, 40)), ((400, 900), (400, 440)), ((9000, 1), (700, 1))])
def test_a_frame_is_no_larger_than_it_may_be(server: str, asked: tuple[int, int], given: tuple[int, int]) -> None:
    told = described(server, "/", maxwidth=asked[0], maxheight=asked[1]).json()
    assert (told["width"], told["height"]) == given
    assert f'width="{given[0]}" height="{given[1]}"' in told["html"]


def test_a_frame_may_go_full_screen_and_comes_late(server: str) -> None:
    frame = described(server, "/embed?scene=@sobel&speed=4&loop=1").json()["html"]
    for part in ('frameborder="0"', 'loading="lazy"', 'allow="fullscreen"', 'data-external="1"', "speed=4", "loop=1"):
        assert part in frame


def test_a_title_cannot_leave_its_attribute(server: str) -> None:
    for line in ('[1 2; 3 4] | conv2d [1 "> <script>; 1 1]', 'cat 64 | sobel"><script>'):
        answer = httpx.get(f"{server}/oembed", params={"url": f"{server}/?scene={line}"})
        assert "<script>" not in answer.json().get("html", "")


@pytest.mark.parametrize("path", ["/", "/embed?scene=@sobel", "/gallery/im2col?lang=ko"])
def test_pages_name_their_description(server: str, path: str) -> None:
    found = re.search(
        r'<link rel="alternate" type="application/json\+oembed" href="([^"]*)"', httpx.get(server + path).text
    )
    assert found
    answer = httpx.get(html.unescape(found[1]))
    assert answer.json()["type"] == "rich"
    assert unquote(found[1]).endswith(path)


@pytest.mark.parametrize("host", ["[::1", 'a"><b>', "", "a b", "x" * 3000])
def test_a_strange_host_gets_a_page_without_a_link_to_it(server: str, host: str) -> None:
    place = urlsplit(server)
    with socket.create_connection((str(place.hostname), int(place.port or 80)), timeout=10) as line:
        line.sendall(f"GET /?scene=@sobel HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(65536), b"")).decode("utf-8", "replace")
    status = int(answer.split()[1])
    assert status < 500
    assert "<b>" not in answer
    assert status != 200 or "x" * 3000 in host or "oembed" not in answer
