"""The lesson page over a real server."""

import html
import json
import re
from typing import Any

import httpx
import pytest

import core
from app.routes.lesson import parted


def shown(page: httpx.Response) -> list[dict[str, Any]]:
    found = re.search(r'<script type="application/json" id="lesson">(.*?)</script>', page.text)
    return json.loads(found[1]) if found else []


def test_figures_come_in_the_order_of_the_address_with_their_captions(server: str) -> None:
    for lang, title in (("en", "Stride 2"), ("ko", "스트라이드 2")):
        page = httpx.get(f"{server}/lesson", params={"figures": "stride-2,first-steps", "lang": lang})
        assert page.status_code == 200
        figures = shown(page)
        assert [figure["scene"] for figure in figures] == ["@stride-2", "@first-steps"]
        assert figures[0]["title"] == title
        assert all(figure["about"] for figure in figures)


def test_scene_lines_are_items_too_with_the_commas_in_their_brackets(server: str) -> None:
    line = "[[1,2],[3,4]] | conv2d [[1,1]] padding=(1,0)"
    page = httpx.get(f"{server}/lesson", params={"figures": f"@first-steps,{line},max-pool"})
    assert [figure["scene"] for figure in shown(page)] == ["@first-steps", line, "@max-pool"]


def test_a_name_that_is_none_is_told_with_the_nearest_and_the_others_are_shown(server: str) -> None:
    page = httpx.get(f"{server}/lesson", params={"figures": "max-pol,first-steps,<b>zebra</b>", "lang": "en"})
    assert page.status_code == 200
    assert [figure["id"] for figure in shown(page)] == ["first-steps"]
    text = html.unescape(page.text)
    assert "There is no figure “max-pol”. The nearest names: max-pool" in text
    assert "<b>zebra" not in page.text


def test_a_lesson_of_nothing_that_is_there_is_not_found_and_offers_the_chapters(server: str) -> None:
    for query, status in (({"figures": "zebra"}, 404), ({}, 200), ({"figures": ",,"}, 200), ({"at": "x"}, 200)):
        page = httpx.get(f"{server}/lesson", params=query)
        assert page.status_code == status
        assert page.text.count("/lesson?figures=") >= len(core.SECTIONS)


def test_a_chapter_is_a_lesson_of_all_its_figures(server: str) -> None:
    gallery = html.unescape(httpx.get(f"{server}/gallery", params={"lang": "ko"}).text)
    lists = re.findall(r'href="(/lesson\?[^"]*)"', gallery)
    found = [figure["id"] for address in lists for figure in shown(httpx.get(server + address))]
    assert sorted(found) == sorted(core.GALLERY)


@pytest.mark.parametrize(("at", "place"), [("1", "1"), ("99", "1"), ("-5", "0"), ("x", "0")])
def test_a_lesson_opens_at_the_nearest_place(server: str, at: str, place: str) -> None:
    page = httpx.get(f"{server}/lesson", params={"figures": "first-steps,stride-2", "at": at})
    assert f'data-place="{place}"' in page.text


def test_a_lesson_is_framed_by_anyone_and_is_bounded(server: str) -> None:
    page = httpx.get(f"{server}/lesson", params={"figures": ",".join(["first-steps"] * 500)})
    assert "frame-ancestors" not in page.headers["content-security-policy"]
    assert len(shown(page)) == 60


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a,b", ["a", "b"]),
        ("[1, 2] | relu, b", ["[1, 2] | relu", "b"]),
        ("]],a,[", ["]]", "a", "["]),
        (" , ,", []),
    ],
)
def test_items_are_parted_at_the_commas_between_them(text: str, parts: list[str]) -> None:
    assert parted(text) == parts
