"""Pages: the lab, the gallery, the player alone for other people's pages."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar

import orjson
from fastapi import APIRouter
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response

import core
from app.errors import ABSENT, Refusal
from app.evaluation import Scenes
from app.figures import around, keras_layer, lab_words
from app.http.requests import while_wanted
from app.messages import Speech
from app.models.pages import AskWords, EmbedWords, PageWords, SceneWords, linked
from app.routes.errors import mistake, status_of
from app.routes.rendering import FOUND, page
from app.routes.routing import reads
from app.state import speech, state_of
from app.wire.opening import DEFAULT_SCENE, opening_text
from core.errors import SceneError
from core.gallery.figure import GalleryScene
from core.questions.drawing import can_ask

W = TypeVar("W", bound=PageWords)

OF_VIEWS = ("scene", "sizes", "relations")  # beside its line; what only views show
OF_EACH = ("arguments", "formula", "parameters", "multiply_adds", "connections", "receptive_field")  # and of a layer
FORMULA = ("general", "indexed", "letters", "here")  # and of its rule, beside the numbers of a step

routes = APIRouter(include_in_schema=False)


@reads(routes, "/")
async def lab(request: Request) -> Response:
    """The lab, already walking."""
    words, slip = words_of(request, SceneWords)
    facts, status = await scene_facts(request, words, words.scene or DEFAULT_SCENE, slip)
    walking = "step" not in request.query_params or words.play
    return await page(request, "lab.html", facts | {"walking": walking}, status)


@reads(routes, "/embed")
async def embed(request: Request) -> Response:
    """The player alone, for an iframe."""
    words, slip = words_of(request, EmbedWords)
    facts, status = await scene_facts(request, words, words.scene, slip)
    if facts["opening"]:
        facts["opening"] = for_the_stage(facts["opening"], facts["linked"])
    return await page(request, "embed.html", facts | {"asking": words.asking}, status)


@reads(routes, "/gallery")
async def gallery(request: Request) -> Response:
    """The figures of the curriculum, each live."""
    words, _ = words_of(request, PageWords)
    figures = [
        (title, [row for row in core.GALLERY.values() if row.section == section])
        for section, title in core.SECTIONS.items()
    ]
    return await page(request, "gallery.html", {"sections": figures, "theme": words.theme})


@reads(routes, "/gallery/{id}")
async def figure(request: Request) -> Response:
    """One figure of the curriculum: live, with its caption and the line that embeds it."""
    name = str(request.path_params["id"])
    words, slip = words_of(request, AskWords)
    facts, status = await scene_facts(request, words, f"@{name}", slip)
    facts |= {"asking": words.asking, **await told_beside(request, f"@{name}")}
    facts["in_lab"] = lab_words(facts) if facts["opening"] else {}
    row = core.GALLERY.get(name)
    return await page(
        request, "figure.html", facts | around(name) | {"row": row, "name": name}, status if row else ABSENT
    )


def for_the_stage(opening: dict[str, Any], viewed: bool) -> dict[str, Any]:
    """What an embed's first step is drawn from: no limits, where nothing can be set, and where no view stands below, no
    counts or settings, and of a rule the numbers alone. An element that is told to show one asks for the whole."""
    unseen = ("limits",) if viewed else ("limits", *OF_EACH)
    layers = [{name: fact for name, fact in layer.items() if name not in unseen} for layer in opening["layers"]]
    shown = opening | {"layers": layers}
    if viewed:
        return shown
    rule = {name: part for name, part in opening["rule"].items() if name not in FORMULA} if opening["rule"] else None
    return {name: fact for name, fact in shown.items() if name not in OF_VIEWS} | {"rule": rule}


async def told_beside(request: Request, scene: str) -> dict[str, Any]:
    """Whether a figure has questions, and its layer as Keras writes it."""
    shared = state_of(request)

    def look() -> dict[str, Any]:
        layer, _ = core.place_of(scene)
        trace = shared.scenes.trace(shared.scenes.read(scene), layer)
        return {"asks": can_ask(trace), "keras": keras_layer(trace)}

    try:
        return await shared.scenes.run(look)
    except (SceneError, Refusal):
        return {"asks": False, "keras": ""}


def words_of(request: Request, model: type[W]) -> tuple[W, SceneError | Refusal | None]:
    """The words of a page, and what is wrong with the first that cannot be read; the others still count."""
    given = dict(request.query_params)
    try:
        return model.model_validate(given), None
    except ValidationError as error:
        found = error.errors()
        wrong = {str(one["loc"][0]) for one in found}
        others = {name: word for name, word in given.items() if name not in wrong}
        return model.model_validate(others), mistake({**found[0], "loc": ("query", *found[0]["loc"])})


async def scene_facts(
    request: Request, words: SceneWords, scene: str, slip: SceneError | Refusal | None
) -> tuple[dict[str, Any], int]:
    """What a page says about its scene; a refusal is told on the page, with its status."""
    shared, speaking = state_of(request), speech(request)
    facts: dict[str, Any] = {
        **words.model_dump(),
        "view": view_of(words, scene),
        "linked": linked(view_of(words, scene)),
        "scene": scene,
        "opening": None,
        "error": None,
        "fix": None,
        "fits": False,
    }
    facts["course"] = course_of(words, scene, speaking)
    try:
        if slip is not None:
            raise slip
        found = await shared.scenes.reading(scene)
        layer, step = opening_place(words, scene)
        work = shared.scenes.run(nearest_opening, shared.scenes, found, layer, step, speaking)
        facts["opening"] = {**await while_wanted(request, work), **planes_in(scene, layer, speaking)}
        return facts, FOUND
    except (SceneError, Refusal) as error:
        fix = error.fix if isinstance(error, SceneError) else None
        told = {"error": error.detail(speaking), "fix": fix, "fits": error.field == "input"}
        return facts | told, status_of(error)


class Placed(Protocol):
    """Words that say where a scene opens and what stands around it."""

    @property
    def layer(self) -> int | None: ...
    @property
    def step(self) -> int | None: ...
    @property
    def start(self) -> int | None: ...
    @property
    def stop(self) -> int | None: ...
    @property
    def stops(self) -> str: ...
    @property
    def view(self) -> str: ...
    @property
    def compare(self) -> str: ...
    @property
    def by(self) -> str | None: ...


def opening_place(words: Placed, scene: str) -> tuple[int, int]:
    """Where an address opens: as it says; what it leaves out is the figure's own, and of another layer the first."""
    layer, step = core.place_of(scene)
    if words.layer is not None and words.layer != layer:
        layer, step = words.layer, 0
    first = step if words.start is None else max(step, words.start)
    return layer, first if words.step is None else words.step


def own_figure(words: Placed, scene: str) -> GalleryScene | None:
    """The figure whose page or frame this is; another of its layers has words of its own."""
    row = core.figure_of(scene)
    return row if row and words.layer in (None, row.layer) else None


def view_of(words: Placed, scene: str) -> str:
    """What stands under the stage: what the address says, else what the figure says."""
    row = own_figure(words, scene)
    return words.view or (row.views if row else "")


def course_of(words: Placed, scene: str, speaking: Speech) -> dict[str, str | int]:
    """The words that the page hands on to its player; a figure's layer has stops of its own."""
    row = own_figure(words, scene)
    own = row and words.start is None and words.stop is None
    stops = words.stops or (stops_of(row, speaking) if row and own else "")
    said = {
        "stops": stops,
        "start": words.start,
        "stop": words.stop,
        "compare": words.compare or (row.compare if row else ""),
        "by": words.by,
    }
    return {name: word for name, word in said.items() if word not in (None, "")}


def stops_of(row: GalleryScene, speaking: Speech) -> str:
    """A figure that has none goes to its end without a pause, as quickly as one that has."""
    return ",".join(f"{place}:{speaking(note)}" for place, note in row.stops) or "last"


def planes_in(scene: str, layer: int, speaking: Speech) -> dict[str, Any]:
    """A figure's names for its planes."""
    names = core.planes_of(scene, layer)
    return {"planes": speaking.told(names)} if names else {}


def nearest_opening(scenes: Scenes, found: core.Scene, layer: int, step: int, speaking: Speech) -> dict[str, Any]:
    """An address may be older than its scene: one that names a step too many opens at the last."""
    steps = len(scenes.trace(found, layer))
    place = max(-steps, min(step, steps - 1))
    told: dict[str, Any] = orjson.loads(opening_text(scenes, found, layer, place, speaking, inlined=True))
    return told
