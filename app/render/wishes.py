"""From the words of a request to what is drawn: which frames, how wide; more work than is done gets a sentence."""

from __future__ import annotations

import math
from dataclasses import replace

from app.errors import TOO_LARGE, Refusal
from app.models.rendering import NARROWEST, USUAL_WIDTH, WIDEST, FigureQuery, FilmQuery, MovingQuery
from app.render.choosing import chosen, listed
from app.render.description import HEIGHT, WIDTH
from app.render.files import Wanted
from app.render.formats import FORMATS, STILLS
from app.render.sheet import MOST_PANELS, across, spread
from core.errors import SceneError

MOST_FRAMES, USUAL_FRAMES = 400, 200
MOST_PIXELS = 250_000_000  # of all frames: so many take a few seconds
VIEWS = ("numbers",)


def wanted(words: FigureQuery, form: str, line: str, layer: int, count: int, lang: str) -> Wanted:
    """The file of a layer of so many steps.

    Refuses  steps that are not there, and more work than is done
    """
    check_views(words.view)
    steps, every = steps_of(words, form, count)
    width = width_of(words, across(len(steps)) if words.strip else 1)
    alone = len(steps) == 1 and form == "png"  # a picture of one step is a plain one
    still = words.still or words.strip or alone or not FORMATS[form].moving
    if not still:
        check_pixels(len(steps), width)
    told = 1 if still else every
    shown = steps if words.strip or not still else steps[-1:]
    made = Wanted(
        line, layer, form, shown, told, lang, words.theme, words.caption, width, still, strip=words.strip
    )
    if isinstance(words, FilmQuery):
        made = replace(made, fps=words.fps, hold=words.hold)
    return replace(made, loop=words.loop) if isinstance(words, MovingQuery) else made


def check_views(view: str) -> None:
    for name in view.split("+"):
        if name not in VIEWS:
            rule = "files show {views} only; other views are in the player"
            raise SceneError("view", view, rule, views="+".join(VIEWS))


def steps_of(words: FigureQuery, form: str, count: int) -> tuple[list[int], int]:
    if not words.strip:
        spans, every = chosen(words.steps, count, USUAL_FRAMES, words.every)
        frames = sum(map(len, spans))
        if words.still or not FORMATS[form].moving:
            return [spans[-1][-1]], every
        if frames > MOST_FRAMES:
            rule = "so many frames are more than {most}: every={every} would fit"
            fitting = every * math.ceil((frames - 1) / (MOST_FRAMES - 1))
            raise Refusal(TOO_LARGE, rule, field="every", value=frames, most=MOST_FRAMES, every=fitting)
        return listed(spans), every
    if form not in STILLS:
        raise SceneError("strip", form, "a strip stands still: it is drawn as {formats}", formats=", ".join(STILLS))
    if not words.steps and words.every is None:
        return spread(count), 1
    spans, every = chosen(words.steps, count, 10**15, words.every)
    panels = sum(map(len, spans))
    if panels > MOST_PANELS:
        rule = "at most {most} steps stand on a strip: choose some, such as steps=0-3,last"
        raise Refusal(TOO_LARGE, rule, field="steps", value=panels, most=MOST_PANELS)
    return listed(spans), every


def width_of(words: FigureQuery, columns: int) -> int:
    usual = min(USUAL_WIDTH * columns, WIDEST // words.scale)
    width = (words.width or usual) * words.scale
    if width > WIDEST:
        most = WIDEST // (words.width or usual)
        rule = "a figure is at most {most} pixels across: at this width scale={scale} would fit"
        raise Refusal(TOO_LARGE, rule, field="scale", value=width, most=WIDEST, scale=most)
    return width


def check_pixels(frames: int, width: int) -> None:
    ratio = HEIGHT / WIDTH
    pixels = round(frames * width * width * ratio)
    if pixels > MOST_PIXELS:
        rule = (
            "so many pixels in all frames are more than {most}: "
            "at this width {frames} frames fit, at these frames a width of {width}"
        )
        fits = math.floor(MOST_PIXELS / (width * width * ratio))
        narrower = max(NARROWEST, math.floor(math.sqrt(MOST_PIXELS / (frames * ratio))))
        raise Refusal(TOO_LARGE, rule, field="width", value=pixels, most=MOST_PIXELS, frames=fits, width=narrower)
