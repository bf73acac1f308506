"""A set of questions as a page, which other pages may frame."""

from __future__ import annotations

import random
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

import core
from app.errors import Refusal
from app.evaluation import Scenes
from app.http.requests import while_wanted
from app.messages import Speech
from app.models.pages import QuizWords
from app.routes.errors import status_of
from app.routes.pages import words_of
from app.routes.rendering import page
from app.routes.routing import reads
from app.state import speech, state_of
from core.errors import SceneError, unknown
from core.questions.drawing import can_ask
from core.questions.question import Ask, asks_named

MOST_FIGURES = 60
NO_QUESTION = "none of these figures has a question of this kind"

Plan = list[tuple[str, int, str]]  # a scene, its layer, its title

routes = APIRouter(include_in_schema=False)


@reads(routes, "/quiz")
async def quiz(request: Request) -> Response:
    """Questions drawn by a seed from figures, or from one scene."""
    words, slip = words_of(request, QuizWords)
    facts: dict[str, Any] = {**words.model_dump(), "plan": None, "error": None}
    shared, speaking = state_of(request), speech(request)
    try:
        if slip is not None:
            raise slip
        work = shared.scenes.run(drawn, shared.scenes, words, asks_named(words.ask))
        plan = await while_wanted(request, work)
        drawn_facts = {"plan": told_plan(plan, speaking), "file": address_of_file(words, plan, speaking.code)}
        return await page(request, "quiz.html", facts | drawn_facts)
    except (SceneError, Refusal) as error:
        return await page(request, "quiz.html", facts | {"error": error.detail(speaking)}, status_of(error))


def told_plan(plan: Plan, speaking: Speech) -> list[dict[str, Any]]:
    """The scenes that are asked about, as the page's script takes them."""
    return [{"scene": scene, "layer": layer, "title": speaking(title)} for scene, layer, title in plan]


def address_of_file(words: QuizWords, plan: Plan, lang: str) -> str:
    """Where the same questions are one file; of figures that nobody named those that were drawn."""
    said: dict[str, object] = {"seed": words.seed, "count": words.count, "ask": words.ask, "lang": lang}
    said["theme"] = words.theme or ""
    if words.scene:
        path, layer = "render.html", plan[0][1]
        own: dict[str, object] = {"scene": words.scene, "layer": layer, "mode": "predict"}
    else:
        path = "quiz.html"
        own = {"figures": words.scenes or words.figures or ",".join(scene[1:] for scene, _, _ in plan)}
    return f"{path}?{urlencode({name: word for name, word in (own | said).items() if word != ''})}"


def drawn(scenes: Scenes, words: QuizWords, asks: tuple[Ask, ...]) -> Plan:
    """The scenes that are asked about, in the order of the seed; those without such a question are passed over."""
    if words.scene:
        layer = core.place_of(words.scene)[0] if words.layer is None else words.layer
        scene = scenes.read(words.scene)
        scenes.trace(scene, layer)
        return [(words.scene, layer, scene.line)]
    names = [name.strip().removeprefix("@") for name in (words.scenes or words.figures).split(",") if name.strip()]
    for name in names[:MOST_FIGURES]:
        if name not in core.GALLERY:
            raise unknown("figures", name, core.GALLERY, "/api/gallery")
    rows = [core.GALLERY[name] for name in dict.fromkeys(names[:MOST_FIGURES])] or list(core.GALLERY.values())
    random.Random(words.seed).shuffle(rows)
    found: Plan = []
    for row in rows:
        if len(found) < words.count and can_ask(scenes.trace(scenes.read(row.line), row.layer), asks):
            found.append((f"@{row.id}", row.layer, row.title))
    if not found:
        raise SceneError("ask", words.ask, NO_QUESTION)
    return found
