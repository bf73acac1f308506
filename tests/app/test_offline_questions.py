"""A file that asks: what it holds of its questions, and that it judges answers as the server does."""

from __future__ import annotations

import json
import random
import re
import subprocess
from typing import Any

import httpx
import pytest

from app.offline.questions import SETS
from core.questions.reading import read_number
from tests.app.test_figure_twins import NODE
from tests.app.test_offline import carried, page
from tests.running import ROOT

FIRST = "@first-steps"
ASKED = (
    *((FIRST, kind) for kind in ("value", "size", "parameters", "kernel", "window")),
    *(("@max-pool", "winner"), ("[1.5 2; 3 4.25] | conv2d [1 0; 0 1] divisor=7", "value")),
)
WRITTEN = (
    *(
        "10",
        "１０",
        "-3,5",
        "−12",
        " 7 ",
        "1,250",
        "1.250,5",
        "1/3",
        "4/0",
        "1e999/3",
        "1e2",
        "+5",
        ".5",
        "5.",
        "1_000",
    ),
    *("3 x 4", "3×4", "(3, 4)", "5", "3 4", "[2;3]", "2:3", "3 * 4", "-1 -2", "2、3", "3х3", "1, 1", "2 2", "0, 0"),
    *("a", "B", " c ", "ｄ", "E", "1", "4", "12", "가", "A.", " ", "ten", "열", "it's", 'say "x"', "a\\b"),
    *('it\'s "both"', "x" * 100, "9" * 31, "{value}", "{given|은/는}", "--3", "1e", "∞", "nan", "½", "¹", "3\t4"),
    *("１２", "٢", "١٢", "-٣٫٥", "۱٬۲۵۰", "१०", "１０/３", "៣ × ៤", "𞥕", "௧௨", "٢, ٣", "二"),
)
JUDGE = """
import { AskingAnswers } from "./static/offline/asking-answers.js";
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { carried, asked } = JSON.parse(Buffer.concat(chunks).toString());
const answers = new AskingAnswers(carried);
const told = asked.map(async ({ body, lang }) => {
  const address = new URL(`https://kernelwalk.invalid/api/answers?lang=${lang}`);
  const answer = answers.respond("POST", address, JSON.stringify(body));
  return [answer.status, await answer.json()];
});
console.log(JSON.stringify(await Promise.all(told)));
"""


def judged(content: dict[str, Any], asked: list[dict[str, Any]]) -> list[Any]:
    """What a file says to answers."""
    given = json.dumps({"carried": content, "asked": asked})
    done = subprocess.run(
        [str(NODE), "--input-type=module", "-e", JUDGE],
        cwd=ROOT,
        input=given,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)  # type: ignore[no-any-return]


@pytest.mark.parametrize(("scene", "kind"), ASKED)
def test_an_answer_is_judged_as_the_server_judges_it(server: str, scene: str, kind: str) -> None:
    content = carried(page(server, scene, mode="predict", ask=kind, seed=3, count=2).text)
    place = {"scene": scene, "ask": kind, "seed": 3}
    keys = [drawn["key"] for drawn in content["quiz"]["sets"][0]]
    slips = [
        (index, slip["answer"]) for index, key in enumerate(keys) for slip in [{"answer": key["right"]}, *key["slips"]]
    ]
    own = [(index, text) for index, answer in slips for text in spelt(answer)]
    asked = [
        {"body": {**place, "index": index, "answer": text}, "lang": lang}
        for index, text in [*own, *((0, text) for text in WRITTEN)]
        for lang in ("en", "ko")
    ]
    with httpx.Client(base_url=server) as client:
        told = [client.post("/api/answers", params={"lang": one["lang"]}, json=one["body"]) for one in asked]
    for one, theirs, (status, said) in zip(asked, told, judged(content, asked), strict=True):
        assert status == theirs.status_code, one
        assert said == (theirs.json() if status == 200 else {"detail": theirs.json()["detail"]}), one


def spelt(answer: list[float]) -> list[str]:
    """An answer as somebody writes it, and some that are nearly that."""
    near = [[part * (1 + share) for part in answer] for share in (0, 1e-10, 1e-8, 1e-3, random.Random(1).random())]
    return [",".join(f"{part:.12g}" for part in one) for one in near]


def test_it_holds_the_questions_that_the_server_asks(server: str) -> None:
    words = {"mode": "predict", "ask": "value,size", "seed": 5, "count": 3}
    quiz = carried(page(server, FIRST, **words).text)["quiz"]
    assert (quiz["seed"], len(quiz["sets"])) == (5, SETS)
    for seed, drawn in enumerate(quiz["sets"], 5):
        query = {"scene": FIRST, "ask": "value,size", "seed": seed, "count": 3}
        told = httpx.get(f"{server}/api/questions", params=query).json()  # type: ignore[arg-type]
        assert [one["told"]["questions"][0] for one in drawn] == told["questions"]


def test_a_file_that_walks_holds_nothing_of_questions(server: str) -> None:
    walks, asks = (carried(page(server, FIRST, **words).text) for words in ({}, {"mode": "predict"}))
    assert {"questions/card.js", "questions/ko"}.isdisjoint({*walks["scripts"], *walks["words"]})
    assert "quiz" not in walks
    assert asks["scripts"].keys() - walks["scripts"].keys() == {"questions/card.js"}
    assert "/api/answers" not in page(server, FIRST).text
    assert "/api/answers" in page(server, FIRST, mode="predict").text


def test_the_answers_do_not_stand_in_the_page_as_text(server: str) -> None:
    text = page(server, "[1 2 3; 4 5 6; 7 8 9] | conv2d [31041 0; 0 57013]", mode="predict").text
    assert not any(number in text for number in ("316106", "404160", "580268", "668322"))
    assert 'class="opening"' not in text


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"mode": "predict", "ask": "colour"}, "ask"),
        ({"mode": "predict", "ask": "winner"}, "ask"),
        ({"mode": "guess"}, "mode"),
        ({"mode": "predict", "count": 51}, "count"),
        ({"mode": "predict", "seed": -1}, "seed"),
        ({"fade": 5}, "fade"),
        ({"fade": 2, "step": 99}, "step"),
        ({"ask": "value"}, "ask"),  # of a figure that walks
    ],
)
def test_questions_that_cannot_be_asked_are_refused(server: str, words: dict[str, object], field: str) -> None:
    told = page(server, FIRST, **words)
    assert (told.status_code, told.json()["field"]) == (422, field)


def test_digits_of_every_script_mean_the_same_in_a_file_and_on_a_server() -> None:
    digits = "".join(sign for sign in map(chr, range(0x30, 0x110000)) if sign.isdecimal())
    script = f"""
import {{ verdict }} from "./static/offline/judging.js";
const question = {{ gives: "number", choices: [], tolerance: 0 }};
const says = {{ right: {{ en: "" }}, another: {{ en: "" }} }};
const is = (sign, right) => verdict(question, {{ right: [right], slips: [] }}, sign, says)?.right;
const value = (sign) => [...Array(10).keys()].find((right) => is(sign, right));
console.log([...{json.dumps(digits)}].map(value).join(""));
"""
    told = subprocess.run([NODE, "--input-type=module", "-e", script], cwd=ROOT, capture_output=True, text=True)
    assert told.stdout.strip() == "".join(f"{read_number(sign)[0][0]:.0f}" for sign in digits)


def test_a_set_of_several_figures_holds_what_the_server_asks_of_each(server: str) -> None:
    words = {"figures": "first-steps,max-pool,stride-2", "seed": 5, "count": 5}
    text = httpx.get(f"{server}/quiz.html", params=words, timeout=60).text  # type: ignore[arg-type]
    content = carried(text)
    plan = json.loads(re.search(r'class="plan">(.*?)</script>', text, re.DOTALL)[1])  # type: ignore[index]
    assert [row["scene"] for row in plan] == [row["scene"] for row in plan_of(server, words)]
    assert len(content["quiz"]["sets"]) == SETS
    for seed, drawn in enumerate(content["quiz"]["sets"], 5):
        for place, one in enumerate(drawn):
            row = plan[place % len(plan)]
            query = {"scene": row["scene"], "layer": row["layer"], "seed": seed, "start": place}
            told = httpx.get(f"{server}/api/questions", params=query).json()
            assert one["told"] == told
            (scene,) = (scene for scene in content["scenes"] if scene["line"] == told["line"])
            assert scene["layers"][told["layer"]]["count"] > 0


def plan_of(server: str, words: dict[str, Any]) -> Any:
    """What the page that a server asks on goes through."""
    text = httpx.get(f"{server}/quiz", params=words).text
    return json.loads(re.search(r'class="plan">(.*?)</script>', text, re.DOTALL)[1])  # type: ignore[index]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"figures": "first-step"}, "did you mean first-steps?"),
        ({"figures": "digit-pixels", "ask": "winner"}, "none of these figures has a question of this kind"),
        ({"figures": "max-pool", "count": 51}, "must be at most 50"),
        ({}, "figures"),
        ({"figures": ","}, "figures"),
        ({"figures": "max-pool", "utm_source": "x"}, "choose one of"),
    ],
)
def test_a_set_that_cannot_be_a_file_is_refused(server: str, words: dict[str, Any], said: str) -> None:
    told = httpx.get(f"{server}/quiz.html", params=words)
    assert told.status_code in (413, 422)
    assert said in told.json()["detail"]
