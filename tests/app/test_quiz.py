"""Pages that ask: what they hold, what they refuse, and that their words are forgiven as those of any page."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx
import pytest

import core


def page(server: str, path: str, **words: Any) -> httpx.Response:
    return httpx.get(f"{server}/{path}", params={"lang": "en", **words})


def plan(answer: httpx.Response) -> list[dict[str, Any]]:
    found = re.search(r'class="plan">(.*?)</script>', answer.text)
    assert found
    rows: list[dict[str, Any]] = json.loads(found[1])
    return rows


def test_a_set_is_drawn_by_its_seed_from_all_figures(server: str) -> None:
    one, again, other = (plan(page(server, "quiz", seed=seed)) for seed in (1, 1, 2))
    assert one == again
    assert one != other
    assert len(one) == len({row["scene"] for row in one}) == 10


def test_a_set_of_named_figures_holds_these_alone(server: str) -> None:
    for word in ("scenes", "figures"):
        rows = plan(page(server, "quiz", **{word: "first-steps, @max-pool,first-steps"}))
        assert {row["scene"] for row in rows} == {"@first-steps", "@max-pool"}
        assert {row["title"] for row in rows} == {"The first steps", "Max pooling"} or len(rows) == 2


def test_figures_without_such_a_question_are_passed_over(server: str) -> None:
    rows = plan(page(server, "quiz", scenes="first-steps,max-pool", ask="winner"))
    assert [row["scene"] for row in rows] == ["@max-pool"]


def test_a_set_may_be_of_one_scene(server: str) -> None:
    assert plan(page(server, "quiz", scene="[1 2; 3 4] | relu"))[0]["scene"] == "[1 2; 3 4] | relu"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"scenes": "first-step"}, "did you mean first-steps"),
        ({"scenes": "first-steps", "ask": "winner"}, "none of these figures"),
        ({"ask": "values"}, "did you mean value"),
        ({"scene": "cat 64 | sobell"}, "did you mean"),
        ({"scene": "[1 2] | relu", "layer": "9"}, "layer"),
        ({"scenes": "<script>alert(1)</script>"}, "figures"),
        ({"figures": "max-pooling"}, "did you mean max-pool? or"),  # not all 65 names
    ],
)
def test_what_cannot_be_asked_is_told_on_the_page(server: str, words: dict[str, str], sentence: str) -> None:
    answer = page(server, "quiz", **words)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "words", [{"seed": "x"}, {"count": "999"}, {"count": "-1"}, {"utm_source": "a"}, {"fade": "9"}]
)
def test_slips_that_do_no_harm_are_forgiven(server: str, words: dict[str, str]) -> None:
    assert page(server, "quiz", **words).status_code == 200
    assert page(server, "embed", scene="@first-steps", mode="predict", **words).status_code == 200


def test_other_modes_are_no_mode_and_an_element_walks(server: str) -> None:
    text = page(server, "embed", scene="@first-steps", mode="guess", fade="1").text
    assert 'class="opening"' in text
    assert "mode=" not in text


def test_a_figure_can_ask_instead_of_walking(server: str) -> None:
    text = page(server, "gallery/first-steps", mode="predict", ask="value", seed=4).text
    assert 'mode="predict"' in text
    assert 'class="opening"' not in text
    assert "test-yourself" not in text


def test_a_pasted_address_that_asks_becomes_a_frame_that_asks(server: str) -> None:
    for path in ("gallery/first-steps?", "embed?scene=@first-steps&"):
        told = httpx.get(f"{server}/oembed", params={"url": f"{server}/{path}mode=predict&seed=3&fade=2"}).json()
        assert all(word in told["html"] for word in ("mode=predict", "seed=3", "fade=2"))


def test_every_figure_offers_its_questions(server: str) -> None:
    silent = [name for name in core.GALLERY if "test-yourself" not in page(server, f"gallery/{name}").text]
    assert silent == []
