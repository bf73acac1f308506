"""The page of a figure: the scene's answers with the player's scripts, or beside a player that many figures share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePath
from typing import Any

from starlette.requests import Request

from app.assets import BESIDE, COURSE, LATE, QUESTIONS, VIEWS
from app.models.offline import OfflineQuery
from app.models.pages import linked
from app.offline.asking import Asker
from app.offline.beside import second_of
from app.offline.player import opener, packed, player_in
from app.offline.questions import quiz_of
from app.offline.record import THINNED, Recorder
from app.routes.pages import course_of, opening_place, planes_in, view_of
from app.routes.rendering import render
from app.state import speech, state_of
from core.errors import SceneError
from core.texts import Text

ABSENT = Text("This file does not hold that: only a server tells it.")
ALONE = Text("This figure needs {file} beside it, which is not there or may not be read from here.")
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types kernelwalk"
)

OF_COURSES = {COURSE: ("stops", "start", "stop"), BESIDE: ("compare", "by")}  # as static/element/attributes.js has it


@dataclass(frozen=True, slots=True)
class Recorded:
    """A scene as a file has it."""

    carried: dict[str, Any]  # all that a server would answer
    opening: dict[str, Any]
    view: str
    course: dict[str, str | int]

    @property
    def wanted(self) -> set[str]:
        """What its player comes to want beyond the first script."""
        parts = {script: not self.course.keys().isdisjoint(words) for script, words in OF_COURSES.items()}
        parts[VIEWS] = linked(self.view)
        return wanted_by(self.carried) | {script for script, is_wanted in parts.items() if is_wanted}


def wanted_by(carried: dict[str, Any]) -> set[str]:
    """What layers and questions make a player want."""
    layers = filter(None, (layer for scene in carried["scenes"] for layer in scene["layers"]))
    kinds = {layer["opening"]["start"]["kind"] for layer in layers}
    parts = {LATE: kinds != {"gather"}, QUESTIONS: "quiz" in carried}
    return {script for script, is_wanted in parts.items() if is_wanted}


async def offline_page(request: Request, words: OfflineQuery) -> bytes:
    """The file that a scene becomes, which needs nothing.

    Refuses  what `/api/opening` refuses; maps of more numbers than a file holds
    """
    found = await recorded(request, words)
    return await whole_page(request, found.carried, found.wanted, facts_of(words, found))


async def whole_page(request: Request, carried: dict[str, Any], wanted: set[str], facts: dict[str, Any]) -> bytes:
    """With a player of its own."""
    shared = state_of(request)
    whole = {"policy": POLICY, "opener": opener(shared.assets, wanted), "beside": ""}
    return await written(request, carried | player_in(shared, wanted), facts | whole)


async def page_beside(request: Request, words: OfflineQuery, player: str) -> bytes:
    """The same without a player of its own: it is shown by the file of that name beside it.

    Its policy lets no other script run: a nonce goes for a file from a disk, where no origin does.
    """
    nonce, found = PurePath(player).stem, await recorded(request, words)
    policy = POLICY.replace("script-src 'unsafe-inline'", f"script-src 'nonce-{nonce}'")
    alone = speech(request)(ALONE, file=player)
    facts = facts_of(words, found) | {"policy": policy, "nonce": nonce, "beside": player, "alone": alone}
    return await written(request, found.carried, facts)


def facts_of(words: OfflineQuery, found: Recorded) -> dict[str, Any]:
    own = {"plan": None, "asking": words.asking, "view": found.view, "course": found.course, "opening": found.opening}
    return words.model_dump() | own


async def written(request: Request, carried: dict[str, Any], facts: dict[str, Any]) -> bytes:
    shared = state_of(request)
    told = {
        "style": "".join(shared.assets.files[f"styles/{name}.css"].body.decode() for name in ("embed", "refusal")),
        "packed": await shared.scenes.run(packed, carried | {"absent": speech(request)(ABSENT)}),
    }
    return render(request, "offline.html", **facts | told)


async def recorded(request: Request, words: OfflineQuery) -> Recorded:
    """All that a server would answer to the scene's player, and what it opens with."""
    scenes, speaking = state_of(request).scenes, speech(request)
    if words.ask and words.mode != "predict":
        raise SceneError("ask", words.ask, "belongs to questions: write {example} beside it", example="mode=predict")
    view = "" if words.asking else view_of(words, words.scene)
    found = await scenes.reading(words.scene)
    layer, step = opening_place(words, words.scene)
    layer = found.layer_index(layer)
    course = {} if words.asking else course_of(words, words.scene, speaking)
    both = {found.line: found}
    if "compare" in course:
        second, place = await second_of(str(course["compare"]), found, layer, scenes)
        both.setdefault(second.line, second)
        course["compare"] = f"{second.line} layer={place}"  # as the file has it
    asker = Asker(request.app, speaking.code)
    recorders = [Recorder(asker, scenes, scene, len(both) - 1) for scene in both.values()]
    layers = [await recorder.layers() for recorder in recorders]
    for one in (one["opening"] for one in chain(*layers)):
        if one["start"]["every"] > 1:
            one["warnings"].append(speaking(THINNED, every=one["start"]["every"]))
    opening = layers[0][layer]["opening"]
    steps = opening["start"]["steps"]
    if not -steps <= step < steps:
        rule = "the layer has {count} {count|step/steps}, counted from 0"
        raise SceneError("step", step, rule, count=steps)
    await recorders[0].views(set(re.split("[ ,+]+", view)), layer, steps)
    opening = {**opening, "step": step % steps, **planes_in(words.scene, layer, speaking)}
    carried: dict[str, Any] = {
        "scenes": [{"line": line, "layers": told} for line, told in zip(both, layers, strict=True)],
        "answers": recorders[0].answers,
    }
    if words.asking:
        carried["quiz"] = await quiz_of(asker, scenes, speaking, words, found, layer, opening["step"])
    return Recorded(carried, opening, view, course)
