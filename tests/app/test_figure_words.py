"""What a figure brings of its own: its views, its neighbour, its stops and notes; an address says better."""

import html
import re

import httpx
import pytest

import core
from app.messages import Messages
from core.gallery.figure import GalleryScene

FIGURES = pytest.mark.parametrize("figure", core.GALLERY.values(), ids=lambda figure: figure.id)


def attribute(page: str, name: str) -> str:
    """What the page's player is told by this word."""
    tag = re.search(r"<kernel-walk [^>]*>", page)
    assert tag
    found = re.search(rf' {name}="([^"]*)"', tag[0])
    return html.unescape(found[1]) if found else ""


@FIGURES
def test_a_figure_brings_its_views_and_its_neighbour_to_its_page_and_to_frames(
    server: str, figure: GalleryScene
) -> None:
    for page in (
        httpx.get(f"{server}/gallery/{figure.id}").text,
        httpx.get(f"{server}/embed", params={"scene": f"@{figure.id}"}).text,
    ):
        assert attribute(page, "view") == figure.views
        assert attribute(page, "compare") == figure.compare


def test_an_address_says_better_what_stands_under_the_stage(server: str) -> None:
    assert attribute(httpx.get(f"{server}/gallery/size-formula?view=code").text, "view") == "code"
    assert attribute(httpx.get(f"{server}/embed?scene=@size-formula&view=code").text, "view") == "code"


def test_another_layer_of_a_figure_has_none_of_its_words(server: str) -> None:
    page = httpx.get(f"{server}/embed?scene=@receptive-field&layer=0").text
    assert attribute(page, "view") == ""


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_notes_stand_on_the_page_of_their_figure(server: str, lang: str) -> None:
    say = Messages().languages[lang]
    noted = [figure for figure in core.GALLERY.values() if figure.notes]
    assert noted
    for figure in noted:
        page = re.sub("</?span[^>]*>", "", httpx.get(f"{server}/gallery/{figure.id}?lang={lang}").text)
        for note in figure.notes:
            assert say(note) in html.unescape(page)


def test_the_table_of_figures_tells_all_of_it(server: str) -> None:
    for row in httpx.get(f"{server}/api/gallery").json():
        figure = core.GALLERY[row["id"]]
        assert (row["views"], row["compare"]) == (figure.views, figure.compare)
        assert [note["en"] for note in row["notes"]] == [str(note) for note in figure.notes]
        assert [place for place, _ in row["stops"]] == [place for place, _ in figure.stops]


def test_a_figure_shows_the_line_of_keras_that_makes_its_layer(server: str) -> None:
    assert "MaxPooling2D((2, 2)" in httpx.get(f"{server}/gallery/max-pool").text
    assert "keras" not in httpx.get(f"{server}/gallery/roberts").text
