"""POST /api/matrix: the browser asks the one reader of matrices, and gets numbers, a question, or a place."""

from typing import Any

import httpx
import pytest


def ask(server: str, text: Any, **words: Any) -> httpx.Response:
    return httpx.post(f"{server}/api/matrix", json={"text": text, **words})


def test_a_matrix_comes_back_with_what_was_understood(server: str) -> None:
    assert ask(server, "0,5;1,5\n2,5;3,5").json() == {
        "values": [[0.5, 1.5], [2.5, 3.5]],
        "shape": [2, 2],
        "line": "[0.5 1.5; 2.5 3.5]",
        "understood": {
            "sentence": "2 x 2, decimal commas, semicolons between numbers",
            "notes": ["decimal commas", "semicolons between numbers"],
        },
    }


def test_what_was_understood_is_said_in_the_language_of_the_request(server: str) -> None:
    korean = ask(server, "0,5\t1,5", lang="ko").json()
    assert korean["understood"]["sentence"] == "1 x 2, 쉼표는 소수점"


def test_deep_matrices_keep_their_depth(server: str) -> None:
    cube = [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]
    assert ask(server, str(cube)).json()["values"] == cube


def test_an_ambiguous_matrix_is_a_question_with_every_answer(server: str) -> None:
    answer = ask(server, "1,250\t980", field="weight")
    assert answer.status_code == 422
    question = answer.json()
    assert question["detail"].startswith("weight is '1,250\\t980': may mean [1.25 980] / [1250 980]")
    assert [reading["values"] for reading in question["readings"]] == [[[1.25, 980]], [[1250, 980]]]
    assert [reading["understood"]["notes"] for reading in question["readings"]] == [
        ["decimal commas"],
        ["commas part thousands"],
    ]
    assert ask(server, "1,250\t980", commas="thousands").json()["values"] == [[1250, 980]]


def test_one_number_in_a_cell_may_have_a_decimal_comma(server: str) -> None:
    assert ask(server, "-0,5", cell=True).json()["values"] == [[-0.5]]
    assert ask(server, "1,250", cell=True).json()["readings"][1]["line"] == "[1250]"


@pytest.mark.parametrize(
    ("text", "field", "rule"),
    [
        ("1\t\t-1", "weight", "row 1, column 2 is empty"),
        ("1 2\n3", "weight", "every row must be as long as the first"),
        ("1 x", "weight", "row 1, column 2 must be a finite number"),
        ("", "text", "must be given"),
    ],
)
def test_a_refusal_names_field_value_and_rule(server: str, text: str, field: str, rule: str) -> None:
    answer = ask(server, text, field="weight")
    problem = answer.json()
    assert (answer.status_code, problem["field"]) == (422, field)
    assert problem["rule"].startswith(rule)
    assert set(problem) == {"detail", "field", "value", "rule"}


@pytest.mark.parametrize(
    "words",
    [
        {"text": 5},
        {"text": ["1 2"]},
        {"text": "1 2", "field": "<b>"},
        {"text": "1 2", "field": "x" * 40},
        {"text": "1 2", "commas": "points"},
        {"text": "1 2", "cell": "perhaps"},
        {"text": "1 2", "colour": "red"},
    ],
)
def test_words_that_do_not_fit_are_refused(server: str, words: dict[str, Any]) -> None:
    answer = httpx.post(f"{server}/api/matrix", json=words)
    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_a_text_of_a_million_separators_is_refused_at_once(server: str) -> None:
    for text in ("[" * 900_000, ",\t" * 250_000, "1 " * 450_000, "\\begin{matrix}" * 60_000):
        answer = httpx.post(f"{server}/api/matrix", json={"text": text}, timeout=30)
        assert answer.status_code == 422
        assert len(answer.content) < 1000
