"""The questions of a file: drawn when it is made, with what answers to them are judged by."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import Any

import core
from app.evaluation import Scenes
from app.messages import Speech
from app.models.offline import OfflineQuery
from app.models.questions import QuestionsQuery
from app.offline.asking import Asker
from app.routes.questions import asked_of, explained
from core.errors import SENTENCE, SceneError, is_whole
from core.questions import drawing
from core.questions.question import ANOTHER, READERS, RIGHT, Question, asks_named
from core.texts import Name

SETS = 8  # seeds that a file has questions of: after the last the first comes again


async def quiz_of(
    asker: Asker, scenes: Scenes, speaking: Speech, words: OfflineQuery, scene: core.Scene, layer: int, step: int
) -> dict[str, Any]:
    """All that a server would tell of the questions, and of any answer to them.

    Refuses  a kind of question that nobody knows; a layer that has none of it; a step without a number to ask for
    """
    sets = await scenes.run(sets_of, scenes, speaking, words, scene, layer, step)
    pictured = [drawn for drawn in (drawn for one in sets for drawn in one) if is_pictured(drawn)]
    for drawn in pictured:
        drawn["picture"] = 0
    pictures = [await picture_of(asker, scene, layer)] if pictured else []
    return {"seed": words.seed, "sets": sets, "says": says(speaking), "pictures": pictures}


def sets_of(
    scenes: Scenes, speaking: Speech, words: OfflineQuery, scene: core.Scene, layer: int, step: int
) -> list[list[dict[str, Any]]]:
    """As many questions as the page asks, of one seed after another; a seed that finds no question ends them."""
    fades = "fade" in words.asking
    own = {"layer": layer} | ({"ask": "value", "fade": words.fade} if fades else {"ask": words.ask})
    trace = scenes.trace(scene, layer)

    def of_seed(seed: int) -> list[dict[str, Any]]:
        asked = QuestionsQuery(scene=scene.line, seed=seed, count=1 if fades else words.count, **own)
        return drawn_of(trace, speaking, asked.model_copy(update={"step": step} if fades else {}))

    return seed_after_seed(words.seed, 1 if fades else SETS, of_seed)


def seed_after_seed(
    first: int, count: int, of_seed: Callable[[int], list[dict[str, Any]]]
) -> list[list[dict[str, Any]]]:
    """The questions of one seed after another; a seed that finds none ends them.

    Refuses  what the first seed refuses
    """
    sets: list[list[dict[str, Any]]] = []
    for seed in range(first, first + count):
        try:
            sets.append(of_seed(seed))
        except SceneError:
            if not sets:
                raise
            break
    return sets


def drawn_of(trace: core.Trace, speaking: Speech, asked: QuestionsQuery) -> list[dict[str, Any]]:
    kinds = asks_named(asked.ask)
    questions = drawing.questions(trace, kinds, asked.seed, asked.start, asked.count, asked.step)
    content = asked_of(trace, trace.scene.line, questions, asked.fade, speaking)
    return [
        {"told": {**content, "questions": [one]}, "key": speaking.told(key_of(question)), "picture": None}
        for one, question in zip(content["questions"], questions, strict=True)
    ]


def key_of(question: Question) -> dict[str, Any]:
    """What an answer is judged by, and what is told of it then."""
    return {
        "right": list(question.answer),
        "slips": [{"answer": list(slip.answer), "why": slip.why} for slip in question.slips],
        **explained(question),
    }


def says(speaking: Speech) -> dict[str, dict[str, str]]:
    """The sentences about answers, in every language, where the answer is not yet put in."""
    half = {gives: unread(speaking, gives) for gives in READERS}
    return {"right": speaking.everywhere(RIGHT), "another": speaking.everywhere(ANOTHER.template), **half}


def unread(speaking: Speech, gives: str) -> dict[str, str]:
    """What is told of an answer that cannot be read."""
    try:
        READERS[gives]("", 0)
    except SceneError as error:
        rule = error.rule
    return {code: half_filled(speech, rule) for code, speech in speaking.languages.items()}


def half_filled(speech: Speech, rule: str) -> str:
    field = Name("answer")
    said = speech(rule, field=field)
    return said if is_whole(speech.spoken(rule)) else speech(SENTENCE, field=field, rule=said)


def is_pictured(drawn: dict[str, Any]) -> bool:
    """Whether its input is too large for a table, as `static/questions/tables.js` has it."""
    shown = drawn["told"]["questions"][0]["shown"]
    return not shown.get("input") and bool(shown.get("window"))


async def picture_of(asker: Asker, scene: core.Scene, layer: int) -> str:
    found = await asker.get("/api/input", {"scene": scene.line, "layer": layer, "format": "png"})
    return f"data:image/png;base64,{b64encode(found.body).decode()}"
