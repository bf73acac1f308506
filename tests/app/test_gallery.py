"""The gallery's pages over a real server."""

import html
import re

import httpx
import pytest

import core
from app.messages import Messages
from core.gallery import GalleryScene


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_gallery_shows_every_figure_and_each_has_its_page(server: str, lang: str) -> None:
    page = httpx.get(f"{server}/gallery", params={"lang": lang})
    assert page.status_code == 200
    say = Messages().languages[lang]
    text = re.sub("</?span[^>]*>", "", page.text)
    for figure in core.GALLERY.values():
        assert html.escape(say(figure.title)) in text
        assert f"/gallery/{figure.id}?lang={lang}" in page.text
    own = httpx.get(f"{server}/gallery/im2col", params={"lang": lang})
    assert html.escape(say(core.GALLERY["im2col"].about)) in own.text
    assert httpx.get(own.url, headers={"If-None-Match": own.headers["ETag"]}).status_code == 304


def test_figures_that_are_not_there_are_a_page_that_says_so(server: str) -> None:
    for name in ("no-such", "%3Cscript%3Ealert(1)%3C/script%3E", "a" * 5000, "%40sobel", "sobel%2Fx"):
        answer = httpx.get(f"{server}/gallery/{name}")
        assert answer.status_code == 404
        assert "<script>alert" not in answer.text


def opened(page: str) -> tuple[int, int]:
    """The layer and the step that a page's player stands at."""
    found = re.search(r'<kernel-walk [^>]*layer="(-?[0-9]+)" step="(-?[0-9]+)"', page)
    assert found
    return int(found[1]), int(found[2])


@pytest.mark.parametrize("figure", core.GALLERY.values(), ids=lambda figure: figure.id)
def test_a_figure_opens_where_its_point_is_on_its_page_and_in_frames(server: str, figure: GalleryScene) -> None:
    place = (figure.layer, figure.step)
    assert opened(httpx.get(f"{server}/gallery/{figure.id}").text) == place
    assert opened(httpx.get(f"{server}/embed", params={"scene": f"@{figure.id}"}).text) == place
    known = {row["id"]: (row["layer"], row["step"]) for row in httpx.get(f"{server}/api/gallery").json()}
    assert known[figure.id] == place


def test_an_address_says_better_than_its_figure_where_to_open(server: str) -> None:
    ask = {"scene": "@receptive-field", "layer": 0, "step": 3}
    assert opened(httpx.get(f"{server}/embed", params=ask).text) == (0, 3)
    assert opened(httpx.get(f"{server}/embed", params={"scene": "@fin", "step": 5}).text) == (0, 5)


def test_a_figure_that_opens_on_its_point_stays_there_and_others_walk(server: str) -> None:
    for figure in core.GALLERY.values():
        page = httpx.get(f"{server}/gallery/{figure.id}").text
        assert (" autoplay" in page) == (figure.step == 0)
