"""Questions and answers over a real server: no answer before it is asked for, and a 4xx for whatever is no question."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

import core
from app.models.questions import Answered, Questions
from core.questions.question import ASKS
from tests.app.serving import got
from tests.app.test_api import get
from tests.app.test_api_refusals import refused


def asked(server: str, **words: Any) -> dict[str, Any]:
    return got(server, "questions", Questions, **words)


def answered(server: str, lang: str = "en", **body: Any) -> httpx.Response:
    return httpx.post(f"{server}/api/answers", json=body, params={"lang": lang})


def checked(server: str, **body: Any) -> dict[str, Any]:
    answer = answered(server, **body)
    assert answer.status_code == 200, answer.text
    Answered.model_validate_json(answer.content)
    told: dict[str, Any] = answer.json()
    return told


@pytest.mark.parametrize("ask", ASKS)
def test_questions_come_without_their_answers(server: str, ask: str) -> None:
    scene = "@max-pool" if ask == "winner" else "@first-steps"
    told = asked(server, scene=scene, ask=ask, seed=3)
    [question] = told["questions"]
    assert question["ask"] == ask
    assert not {"answer", "slips", "explanation", "right", "revealed"} & set(question)
    assert set(question["prompt"]) == {"en", "ko"}
    assert not {"sums", "output", "size"} & set(question["shown"]) or ask == "window"
    assert get(server, "questions", scene=scene, ask=ask, seed=3).json() == told


def test_an_answer_is_judged_with_its_reason_and_its_arithmetic(server: str) -> None:
    name = {"scene": "@first-steps", "ask": "value", "seed": 0, "index": 0, "step": 3}
    right, wrong = checked(server, **name, answer="１０"), checked(server, **name, answer="4")
    assert (right["right"], wrong["right"]) == (True, False)
    assert "another window" in wrong["sentence"]["en"]
    assert right["answer"] == wrong["answer"] == "10"
    assert right["explanation"][0]["en"].endswith("= 10")
    assert right["shown"]["map"][0][1][0] == 10
    assert right["shown"]["sums"] == [10]


def test_ten_questions_may_be_asked_at_once_or_one_by_one(server: str) -> None:
    words = {"scene": "@max-pool", "seed": 7}
    together = asked(server, **words, count=5)["questions"]
    alone = [asked(server, **words, start=place, count=1)["questions"][0] for place in range(5)]
    assert together == alone


def test_every_question_that_is_asked_can_be_answered(server: str) -> None:
    for question in asked(server, scene="@max-pool", seed=1, count=8)["questions"]:
        name = {word: question[word] for word in ("ask", "seed", "index")}
        text = {"number": "1", "size": "2x2", "cell": "1,1", "choice": "A"}[question["gives"]]
        first = checked(server, scene="@max-pool", **name, answer=text)
        assert checked(server, scene="@max-pool", **name, answer=first["answer"])["right"]


def test_fading_leaves_out_of_the_answer_what_it_hides(server: str) -> None:
    words = {"scene": "@first-steps", "ask": "value", "step": 3}
    shown = [asked(server, **words, fade=fade)["questions"][0]["shown"] for fade in (1, 2, 3, 4)]
    assert [[name for name in ("window", "products", "sums") if name in told] for told in shown] == [
        ["window", "products", "sums"], ["window", "products"], ["window"], []
    ]  # fmt: skip
    assert "10" not in json.dumps(shown[1]["map"])


def test_a_large_layer_is_asked_about_as_quickly_as_a_small_one(server: str) -> None:
    told = asked(server, scene="cat | conv2d out=64 kernel_size=3 padding=same", ask="value,size,parameters", count=6)
    assert {question["ask"] for question in told["questions"]} == {"value", "size", "parameters"}
    assert "input" not in told or told["input"] is None


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"scene": "@first-steps", "ask": "values"}, "did you mean value?"),
        ({"scene": "@first-steps", "ask": "winner"}, "those that can: value, size"),
        ({"scene": "@first-steps", "ask": "value", "step": 9}, "counted from 0"),
        ({"scene": "@first-steps", "count": 51}, "at most 50"),
        ({"scene": "@first-steps", "count": 0}, "at least 1"),
        ({"scene": "@first-steps", "seed": -1}, "at least 0"),
        ({"scene": "@first-steps", "seed": "x"}, "whole number"),
        ({"scene": "@first-steps", "start": 10**9}, "at most 1000000"),
        ({"scene": "@first-steps", "fade": 5}, "at most 4"),
        ({"scene": "cat 64 | sobel-x", "ask": "value", "fade": 4}, "too large to find the window in"),
        ({"scene": "@first-steps", "layer": 3}, "layer"),
        ({"scene": "@nothing"}, "nothing"),
        ({"scene": ""}, "must be given"),
        ({"scene": "@first-steps", "answer": "1"}, "request is 'answer'"),
    ],
)
def test_what_is_no_question_is_refused(server: str, words: dict[str, Any], sentence: str) -> None:
    assert sentence in refused(get(server, "questions", **words), 422)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"answer": "ten"}, "must be a number, such as 10 or -3.5"),
        ({"answer": 10}, "answer"),
        ({"answer": "1" * 101}, "at most 100 letters"),
        ({"answer": None}, "must be given"),
        ({"ask": "winner"}, "those that can"),
        ({"ask": "all"}, "choose one of value"),
        ({"index": -1}, "at least 0"),
        ({"index": 10**9}, "at most"),
        ({"step": 99}, "counted from 0"),
        ({"scene": {"input": {"source": "cat"}}}, "needs an operation"),
        ({"more": 1}, "request is 'more'"),
    ],
)
def test_what_is_no_answer_is_refused(server: str, change: dict[str, Any], sentence: str) -> None:
    body = {"scene": "@first-steps", "ask": "value", "seed": 0, "index": 0, "answer": "1", **change}
    assert sentence in refused(answered(server, **body), 422)


def test_refusals_and_questions_speak_korean(server: str) -> None:
    body = {"scene": "@first-steps", "ask": "value", "seed": 0, "index": 0, "answer": "열"}
    assert "숫자" in answered(server, "ko", **body).json()["detail"]
    told = checked(server, **{**body, "answer": "987"})
    assert told["sentence"]["ko"] != told["sentence"]["en"]


def test_every_figure_of_the_gallery_asks_something(server: str) -> None:
    silent = []
    for row in core.GALLERY.values():
        answer = get(server, "questions", scene=f"@{row.id}", layer=row.layer, count=2)
        assert answer.status_code in (200, 422), (row.id, answer.text)
        if answer.status_code == 422:
            silent.append(row.id)
    assert len(silent) <= 6, silent
