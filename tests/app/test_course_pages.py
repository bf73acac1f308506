"""What pages hand on to a player that goes from stop to stop."""

import html

import pytest

import core
from core.gallery import GalleryScene
from tests.app.test_pages import attributes, fetched


@pytest.mark.parametrize("path", ["/", "/embed", "/gallery/first-steps"])
def test_pages_hand_stops_and_bounds_to_their_player(server: str, path: str) -> None:
    words = {"scene": "@first-steps", "stops": '0:a "note" & more,last', "start": "2", "stop": "-1"}
    page = attributes(fetched(server, path, **words))
    assert html.unescape(page["stops"]) == words["stops"]
    assert (page["start"], page["stop"], page["step"]) == ("2", "-1", "2")


@pytest.mark.parametrize("wrong", [{"start": "x"}, {"stop": "1.5"}, {"stops": "x" * 5000}], ids=str)
def test_bounds_and_stops_that_cannot_be_read_are_as_if_not_said(server: str, wrong: dict[str, str]) -> None:
    plain = fetched(server, "/embed", scene="[1 2] | relu")
    forgiven = fetched(server, "/embed", scene="[1 2] | relu", **wrong)
    assert (forgiven.status_code, attributes(forgiven)) == (200, attributes(plain))


@pytest.mark.parametrize("figure", core.GALLERY.values(), ids=lambda figure: figure.id)
def test_a_figure_goes_from_stop_to_stop_in_the_language_of_its_page(server: str, figure: GalleryScene) -> None:
    page = attributes(fetched(server, "/embed", scene=f"@{figure.id}", lang="ko"))
    for place, note in figure.stops or (("last", ""),):
        assert place in page["stops"]
        assert not note or note not in page["stops"]


def test_another_layer_of_a_figure_has_no_stops_of_it(server: str) -> None:
    ask = {"scene": "@receptive-field", "layer": "0"}
    assert core.GALLERY["receptive-field"].layer != 0
    assert "stops" not in attributes(fetched(server, "/embed", **ask))


@pytest.mark.parametrize("path", ["/", "/embed", "/gallery/first-steps"])
def test_pages_hand_the_second_scene_to_their_player(server: str, path: str) -> None:
    words = {"scene": "@first-steps", "compare": "cat 64 | sobel-x", "by": "time"}
    page = attributes(fetched(server, path, **words))
    assert (page["compare"], page["by"]) == ("cat 64 | sobel-x", "time")
    assert "by" not in attributes(fetched(server, path, **(words | {"by": "zebra"})))
