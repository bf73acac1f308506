"""A picture where no player is: without scripts, in a chat that a link was pasted into, beside an oEmbed frame."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from PIL import Image

from tests.app.serving import serving

LONG = "[" + " ".join(["1"] * 1500) + "] | relu"


def picture_at(address: str) -> Image.Image:
    answer = httpx.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png"), address
    return Image.open(io.BytesIO(answer.content))


def card(page: str) -> dict[str, str]:
    found = re.findall(r'<meta (?:property|name)="((?:og|twitter):[a-z:_]+)" content="([^"]*)">', page)
    return {name: html.unescape(word) for name, word in found}


@pytest.mark.parametrize("path", ["/?scene=cat%2064%20|%20sobel-x", "/gallery/im2col?lang=ko", "/gallery/max-pool"])
def test_a_link_in_a_chat_shows_the_picture_that_its_page_names(server: str, path: str) -> None:
    page = httpx.get(f"{server}{path}").text
    told = card(page)
    picture = picture_at(told["og:image"])
    assert picture.size == (int(told["og:image:width"]), int(told["og:image:height"]))
    assert getattr(picture, "n_frames", 1) == 1
    assert told["twitter:card"] == "summary_large_image"
    assert f"<title>{html.escape(told['og:title'])}</title>" in page
    assert told["og:description"]
    assert told["og:image:alt"]


def test_pictures_are_where_the_proxy_says_that_the_server_is(server: str, tmp_path: Path) -> None:
    there = {"host": "walks.example", "x-forwarded-proto": "https"}
    with serving(tmp_path, allowed_hosts="walks.example") as port:
        told = card(httpx.get(f"http://127.0.0.1:{port}/gallery/sobel", headers=there).text)
    assert told["og:image"].startswith("https://walks.example/render.png?")
    assert "og:image" not in card(httpx.get(f"{server}/gallery/sobel", headers=there).text), "a host that is not known"
    assert not card(httpx.get(f"{server}/gallery/sobel", headers={"host": 'a"><b>'}).text)


@pytest.mark.parametrize("path", ["/embed?scene=@sobel", "/?scene=cat%2064%20|%20sobel-x", "/gallery/sobel?lang=ko"])
def test_without_scripts_a_page_shows_the_finished_walk(server: str, path: str) -> None:
    found = re.search(r"<noscript>(.*?)</noscript>", httpx.get(f"{server}{path}").text)
    assert found
    address = re.search(r'<img src="([^"]*)"', found[1])
    assert address
    assert picture_at(server + html.unescape(address[1])).size == (700, 440)
    assert re.search(r'alt="[^"]{4,}"', found[1])


@pytest.mark.parametrize("name", ["im2col", "sobel"])
def test_a_figures_page_saves_it_as_files_of_each_kind(server: str, name: str) -> None:
    page = httpx.get(f"{server}/gallery/{name}?lang=ko").text
    found = dict(re.findall(r'download="([^"]*)" href="(/render[^"]*)"', page))
    assert set(found) == {f"{name}.{form}" for form in ("html", "gif", "svg", "png")}
    for form, media in (("gif", "image/gif"), ("svg", "image/svg+xml"), ("png", "image/png")):
        answer = httpx.get(server + html.unescape(found[f"{name}.{form}"]), timeout=60)
        assert (answer.status_code, answer.headers["content-type"]) == (200, media)
    assert getattr(picture_at(server + html.unescape(found[f"{name}.png"])), "n_frames", 1) == 1


def test_a_file_without_a_server_names_no_picture_of_one(server: str) -> None:
    assert "render.png" not in httpx.get(f"{server}/render.html?scene=@first-steps").text


@pytest.mark.parametrize(
    "path", ["/embed?scene=@sobel&theme=dark&lang=ko", "/gallery/im2col", "/?scene=cat|relu|relu&layer=1"]
)
def test_a_frame_of_oembed_has_a_thumbnail(server: str, path: str) -> None:
    told = httpx.get(f"{server}/oembed", params={"url": f"{server}{path}"}).json()
    picture = picture_at(told["thumbnail_url"])
    assert picture.size == (told["thumbnail_width"], told["thumbnail_height"])
    words = parse_qs(urlsplit(told["thumbnail_url"]).query)
    asked = parse_qs(urlsplit(path).query)
    assert {name: words[name] for name in asked if name != "scene"} == {
        name: word for name, word in asked.items() if name != "scene"
    }


@pytest.mark.parametrize("path", ["/?scene=cat|relu&layer=9", "/?scene=cat|relu&layer=x", f"/?scene={LONG}"])
def test_what_no_picture_can_be_named_of_has_none(server: str, path: str) -> None:
    told = httpx.get(f"{server}/oembed", params={"url": f"{server}{path}"}).json()
    assert told["type"] == "rich"
    assert not [name for name in told if name.startswith("thumbnail")]
    assert "og:image" not in card(httpx.get(f"{server}/?scene={LONG}").text)
