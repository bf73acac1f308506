"""The gallery's pages over a real server."""

import html

import httpx
import pytest

import core
from app.messages import Messages


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_gallery_shows_every_figure_and_each_has_its_page(server: str, lang: str) -> None:
    page = httpx.get(f"{server}/gallery", params={"lang": lang})
    assert page.status_code == 200
    say = Messages().languages[lang]
    for figure in core.GALLERY.values():
        assert html.escape(say(figure.title)) in page.text
        assert f"/gallery/{figure.id}?lang={lang}" in page.text
    own = httpx.get(f"{server}/gallery/im2col", params={"lang": lang})
    assert html.escape(say(core.GALLERY["im2col"].about)) in own.text
    assert httpx.get(own.url, headers={"If-None-Match": own.headers["ETag"]}).status_code == 304


def test_figures_that_are_not_there_are_a_page_that_says_so(server: str) -> None:
    for name in ("no-such", "%3Cscript%3Ealert(1)%3C/script%3E", "a" * 5000, "%40sobel", "sobel%2Fx"):
        answer = httpx.get(f"{server}/gallery/{name}")
        assert answer.status_code == 404
        assert "<script>alert" not in answer.text
