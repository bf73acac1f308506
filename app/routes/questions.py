"""Questions about a layer, without their answers, and what becomes of an answer. Nothing is kept of either."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

import core
from app.evaluation import Scenes
from app.http.requests import while_wanted
from app.http.responses import json_answer
from app.messages import Speech
from app.models.questions import AnswerBody, Answered, Questions, QuestionsQuery
from app.models.requests import NoWords
from app.routes.answers import Shared, kept
from app.routes.routing import reads, router, takes
from app.routes.told import answers, posted
from app.state import speech
from core.questions import drawing, values
from core.questions.question import Question, asks_named, judged, written

routes = router("questions")


@reads(routes, "/api/questions", summary="Questions about a layer", responses=answers(Questions, 400, 404, 422))
async def questions(request: Request, words: Annotated[QuestionsQuery, Query()], shared: Shared) -> Response:
    """Questions drawn by a seed: the same words, the same questions. Their answers are not told."""
    found = await shared.scenes.reading(words.scene)
    asks = asks_named(words.ask)

    async def make() -> Response:
        work = shared.scenes.run(told, shared.scenes, found, words, asks, speech(request))
        return json_answer(request, await while_wanted(request, work))

    parts = (words.layer, asks, words.seed, words.start, words.count, words.step, words.fade)
    return await kept(request, (found.line, *parts), make)


def told(
    scenes: Scenes, found: core.Scene, words: QuestionsQuery, asks: tuple[Any, ...], speaking: Speech
) -> dict[str, Any]:
    trace = scenes.trace(found, words.layer)
    drawn = drawing.questions(trace, asks, words.seed, words.start, words.count, words.step)
    return asked_of(trace, found.line, drawn, words.fade, speaking)


def asked_of(trace: core.Trace, line: str, drawn: list[Question], fade: int, speaking: Speech) -> dict[str, Any]:
    """Questions of a layer as they travel."""
    content: dict[str, Any] = speaking.told(
        {
            "line": line,
            "layer": trace.index,
            "can_ask": list(drawing.askable(trace)),
            "questions": [as_json(question, fade) for question in drawn],
        }
    )
    return content


def as_json(question: Question, fade: int) -> dict[str, Any]:
    """A question as it travels: without answer, slips and explanation."""
    names = ("ask", "seed", "index", "step", "prompt", "gives", "tolerance")
    shown = values.faded(question, fade) if question.ask == "value" else question.shown
    return {
        **{name: getattr(question, name) for name in names},
        "choices": list(question.choices),
        "shown": dict(shown),
    }


def explained(question: Question) -> dict[str, Any]:
    """What is told of a question once it was answered."""
    return {
        "answer": written(question.answer, question.gives),
        "explanation": list(question.explanation),
        "shown": dict(question.revealed),
    }


@takes(routes, "/api/answers", summary="Check an answer", responses=posted(Answered))
async def posted_answers(
    request: Request, _: Annotated[NoWords, Query()], words: AnswerBody, shared: Shared
) -> Response:
    """Whether an answer is right, what a wrong one would have been right for, and the arithmetic."""
    found = await shared.scenes.reading(words.scene)

    def check() -> dict[str, Any]:
        trace = shared.scenes.trace(found, words.layer)
        question = drawing.question(trace, words.ask, words.seed, words.index, words.step)
        verdict = judged(question, words.answer)
        content: dict[str, Any] = speech(request).told(
            {"right": verdict.right, "sentence": verdict.sentence, **explained(question)}
        )
        return content

    return json_answer(request, await while_wanted(request, shared.scenes.run(check)))
