"""The page of a figure: the player's scripts, the scene's answers, and nothing that is fetched."""

from __future__ import annotations

import gzip
import re
from base64 import b64encode
from typing import Any

import orjson
from starlette.requests import Request

from app.assets import COURSE, EFFECTS, ENTRY, KEYBOARD, LATE, PARTICLES, VIEWS, Assets
from app.evaluation import Scenes
from app.http.responses import json_text
from app.messages import ENGLISH, Messages, Speech
from app.models.offline import OfflineQuery
from app.models.pages import linked
from app.offline.asking import Asker
from app.offline.record import THINNED, Recorder
from app.routes.pages import course_of, opening_place, planes_in, view_of
from app.routes.rendering import render
from app.state import speech, state_of
from core.errors import SceneError
from core.texts import Text

HOST = "https://kernelwalk.invalid"  # as static/offline/open.js has it
ABSENT = Text("This file does not hold that: only a server tells it.")
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types kernelwalk"
)
TIGHT = 9
IMPORTING = re.compile(r"(?<![\w$.])import\(")
BESIDE = ("compare", "by")  # a file holds one scene


async def offline_page(request: Request, words: OfflineQuery) -> bytes:
    """The file that a scene becomes.

    Refuses  what `/api/opening` refuses; maps of more numbers than a file holds
    """
    shared, speaking = state_of(request), speech(request)
    view = view_of(words, words.scene)
    carried, opening = await answers_of(request, words, shared.scenes, speaking, set(re.split("[ ,+]+", view)))
    course = {name: word for name, word in course_of(words, words.scene, speaking).items() if name not in BESIDE}
    carried |= {
        "scripts": scripts(shared.assets, carried["layers"], bool(course), linked(view)),
        "words": words_of(shared.assets, shared.messages, linked(view)),
        "absent": speaking(ABSENT),
    }
    facts = {
        "view": view,
        "course": course,
        "opening": opening,
        "policy": POLICY,
        "style": "".join(shared.assets.files[f"styles/{name}.css"].body.decode() for name in ("embed", "refusal")),
        "opener": shared.assets.files["offline/open.js"].body.decode(),
        "packed": await shared.scenes.run(packed, carried),
    }
    return render(request, "offline.html", **words.model_dump() | facts)


async def answers_of(
    request: Request, words: OfflineQuery, scenes: Scenes, speaking: Speech, views: set[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """All that a server would answer to the scene's player, and what it opens with."""
    found = await scenes.reading(words.scene)
    layer, step = opening_place(words, words.scene)
    layer = found.layer_index(layer)
    recorder = Recorder(Asker(request.app, speaking.code), scenes, found)
    layers = await recorder.layers()
    for one in (one["opening"] for one in layers if one["opening"]["start"]["every"] > 1):
        one["warnings"].append(speaking(THINNED, every=one["start"]["every"]))
    opening = layers[layer]["opening"]
    steps = opening["start"]["steps"]
    if not -steps <= step < steps:
        rule = "the layer has {count} {count|step/steps}, counted from 0"
        raise SceneError("step", step, rule, count=steps)
    await recorder.views(views, layer, steps)
    opening = {**opening, "step": step % steps, **planes_in(words.scene, layer, speaking)}
    return {"line": found.line, "layers": layers, "answers": recorder.answers}, opening


def packed(carried: dict[str, Any]) -> str:
    """As the page carries it: JSON, gzip, base64. The same scene is the same text."""
    return b64encode(gzip.compress(json_text(carried), TIGHT, mtime=0)).decode()


def scripts(assets: Assets, layers: list[dict[str, Any]], course: bool, views: bool) -> dict[str, str]:
    """The scripts that this scene can come to want, as they are where nothing is fetched."""
    late = any(one["opening"]["start"]["kind"] != "gather" for one in layers)
    wanted = {ENTRY: True, EFFECTS: True, KEYBOARD: True, PARTICLES: True, LATE: late, COURSE: course, VIEWS: views}
    return {path: offline(path, assets.files[path].body.decode()) for path, is_wanted in wanted.items() if is_wanted}


def offline(path: str, text: str) -> str:
    """A script that finds others in its own file; the linker lets `import(` stand nowhere but before an address."""
    return IMPORTING.sub("kernelwalkBring(", text.replace("import.meta.url", f'"{HOST}/static/{path}"'))


def words_of(assets: Assets, messages: Messages, views: bool) -> dict[str, Any]:
    """All languages: the page around may change to another."""
    parts = ("element", "views") if views else ("element",)
    files = [f"{part}/{code}" for code in messages.languages if code != ENGLISH for part in parts]
    return {name: orjson.loads(assets.files[f"words/{name}.json"].body) for name in files}
