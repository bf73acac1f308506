"""Questions about several figures as one file: of each the layer that is asked about, and its steps to watch."""

from __future__ import annotations

import math
from typing import Any

from starlette.requests import Request

import core
from app.errors import TOO_LARGE, Refusal
from app.evaluation import Scenes
from app.messages import Speech
from app.models.pages import QuizWords
from app.models.questions import QuestionsQuery
from app.models.quiz import QuizFileQuery
from app.offline.asking import Asker
from app.offline.page import wanted_by, whole_page
from app.offline.questions import SETS, drawn_of, is_pictured, picture_of, says, seed_after_seed
from app.offline.record import MOST_CELLS, MOST_NUMBERS, MOST_STEPS, Recorder
from app.routes.quiz import drawn, told_plan
from app.state import speech, state_of
from core.questions.question import asks_named

LARGE = "the maps of these figures hold {cells:,} numbers, a file at most {most:,}: take fewer figures"

Places = list[tuple[core.Scene, int]]


async def quiz_page(request: Request, words: QuizFileQuery) -> bytes:
    """The file.

    Refuses  what `/quiz` refuses; maps of more numbers than a file holds
    """
    scenes, speaking = state_of(request).scenes, speech(request)
    named = QuizWords(figures=words.figures, ask=words.ask, seed=words.seed, count=words.count)
    rows = await scenes.run(drawn, scenes, named, asks_named(words.ask))
    places = [(scenes.read(scene), layer) for scene, layer, _ in rows]
    places = [(scene, scene.layer_index(layer)) for scene, layer in places]
    await scenes.run(check_cells, scenes, places)
    asker = Asker(request.app, speaking.code)
    sets = await scenes.run(sets_of, scenes, speaking, words, places)
    carried = {
        "scenes": await recorded(asker, scenes, places),
        "answers": {},
        "quiz": {
            "seed": words.seed,
            "sets": sets,
            "says": says(speaking),
            "pictures": await pictures_of(asker, places, sets),
        },
    }
    plan = told_plan(rows, speaking)
    asking = {"mode": "predict", "ask": words.ask, "seed": words.seed, "count": words.count}
    facts = {"opening": None, "plan": plan, "asking": asking, "theme": words.theme}
    return await whole_page(request, carried, wanted_by(carried), facts)


def check_cells(scenes: Scenes, places: Places) -> None:
    """Refuses  maps of more numbers than a file holds"""
    layers = [scenes.layers(scene, scenes.input_shape(scene.source))[layer] for scene, layer in places]
    cells = sum(math.prod(layer.input_shape) + math.prod(layer.output_shape) for layer in layers)
    if cells > MOST_CELLS:
        raise Refusal(TOO_LARGE, LARGE, field="figures", cells=cells, most=MOST_CELLS)


def sets_of(scenes: Scenes, speaking: Speech, words: QuizFileQuery, places: Places) -> list[list[dict[str, Any]]]:
    """Of one seed after another the questions of the figures in turn, as `static/questions/plan.js` has them."""
    traces = [scenes.trace(scene, layer) for scene, layer in places]

    def of_seed(seed: int) -> list[dict[str, Any]]:
        return [question_of(traces, place, speaking, words.ask, seed) for place in range(words.count)]

    return seed_after_seed(words.seed, SETS, of_seed)


def question_of(traces: list[core.Trace], place: int, speaking: Speech, ask: str, seed: int) -> dict[str, Any]:
    trace = traces[place % len(traces)]
    asked = QuestionsQuery(scene=trace.scene.line, layer=trace.index, ask=ask, seed=seed, start=place, count=1)
    return drawn_of(trace, speaking, asked)[0]


async def pictures_of(asker: Asker, places: Places, sets: list[list[dict[str, Any]]]) -> list[str]:
    """Of the figures whose inputs are too large for a table; each question is told which is its own."""
    pictures: list[str] = []
    for place, (scene, layer) in enumerate(places):
        pictured = [found for one in sets for found in one[place :: len(places)] if is_pictured(found)]
        for found in pictured:
            found["picture"] = len(pictures)
        pictures += [await picture_of(asker, scene, layer)] if pictured else []
    return pictures


async def recorded(asker: Asker, scenes: Scenes, places: Places) -> list[dict[str, Any]]:
    """Each scene once, with nothing where one of its layers is not asked about."""
    told: dict[str, dict[str, Any]] = {}
    for scene, layer in places:
        own = told.setdefault(scene.line, {"line": scene.line, "layers": [None] * len(scene.layers)})
        recorder = Recorder(asker, scenes, scene)
        own["layers"][layer] = await recorder.layer(layer, MOST_NUMBERS // len(places), MOST_STEPS // len(places))
    return list(told.values())
