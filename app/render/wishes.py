"""From the words of a request to what is drawn: which frames, how wide; more work than is done gets a sentence."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from app.errors import TOO_LARGE, Refusal
from app.models.rendering import NARROWEST, USUAL_WIDTH, WIDEST, FigureQuery, FilmQuery, MovingQuery
from app.render.captions import check_letters, plain
from app.render.choosing import chosen, listed
from app.render.files import Wanted
from app.render.formats import FORMATS, STILLS
from app.render.layout import HEIGHT, PANES, WIDTH
from app.render.sheet import MOST_PANELS, across, spread
from core.errors import SceneError

MOST_FRAMES, USUAL_FRAMES = 400, 200
MOST_PIXELS = 250_000_000  # of all frames: so many take a few seconds
ALL_PANES = "numbers"
BETWEEN = re.compile("[ ,+]+")
ANY_NUMBER = 10**15  # of steps to choose from: as many as there may be


def wanted(words: FigureQuery, form: str, line: str, layer: int, count: int, lang: str) -> Wanted:
    """The file of a layer of so many steps.

    Refuses  steps that are not there, and more work than is done
    """
    panes = panes_of(words.view)
    caption = plain(words.caption)
    if FORMATS[form].lettered:
        check_letters(caption)
    walked = walked_of(words, count)
    steps, every = steps_of(words, form, count, walked)
    columns = across(len(steps), words.width) if words.strip else 1
    width = width_of(words, columns)
    alone = len(steps) == 1 and form == "png"  # a picture of one step is a plain one
    still = words.still or words.strip or alone or not FORMATS[form].moving
    if not still:
        check_pixels(len(steps), width)
    told = 1 if still else every
    shown = steps if words.strip or not still else steps[-1:]
    made = Wanted(
        line, layer, form, shown, told, lang, words.theme, caption, width, still,
        strip=words.strip, columns=columns, panes=panes,
    )  # fmt: skip
    if isinstance(words, FilmQuery):
        made = replace(made, fps=words.fps, hold=words.hold)
    return replace(made, loop=words.loop) if isinstance(words, MovingQuery) else made


def panes_of(view: str) -> list[str]:
    """The panes that are shown, in their order; what else a player can show is refused.

    >>> panes_of("output+input"), panes_of("numbers")
    (['input', 'output'], ['input', 'arithmetic', 'output'])
    """
    names = [name for name in BETWEEN.split(view) if name]
    for name in names:
        if name not in (ALL_PANES, *PANES):
            rule = "files show {panes}, or {all} for all three; other views are in the player, such as /render.html"
            raise SceneError("view", view, rule, panes=", ".join(PANES), all=ALL_PANES)
    return [pane for pane in PANES if pane in names or ALL_PANES in names or not names]


def walked_of(words: FigureQuery, count: int) -> range:
    """The steps that are walked, from the one it opens at.

    Refuses  a step that is not there or not walked; words that say the same as `steps`
    """
    said = [name for name in ("step", "start", "stop") if getattr(words, name) is not None]
    if said and words.steps:
        raise SceneError("steps", words.steps, "says which steps already: leave out {names}", names=", ".join(said))
    walked = range(count)[words.start : words.stop]
    if not walked:
        given = words.stop if words.start is None else words.start
        rule = "no step lies from start up to stop: the layer has {count} {count|step/steps}, counted from 0"
        raise SceneError("stop" if words.start is None else "start", given, rule, count=count)
    if words.step is None:
        return walked
    step = words.step + count if words.step < 0 else words.step
    if not 0 <= step < count:
        raise SceneError("step", words.step, "the layer has {count} {count|step/steps}, counted from 0", count=count)
    if step not in walked:
        rule = "is not among the steps that are walked, {first} to {last}"
        raise SceneError("step", words.step, rule, first=walked[0], last=walked[-1])
    return range(step, walked.stop)


def steps_of(words: FigureQuery, form: str, count: int, walked: range) -> tuple[list[int], int]:
    """The steps that are drawn, and one in how many of those that are walked they are."""
    text = words.steps or f"{walked[0]}-{walked[-1]}"
    if words.strip:
        return panels_of(words, form, text, count, walked), 1
    if words.still or not FORMATS[form].moving:
        shown = f"{walked[0]}" if words.step is not None else text
        return [chosen(shown, count, USUAL_FRAMES)[0][-1][-1]], 1
    spans, every = chosen(text, count, USUAL_FRAMES, words.every)
    frames = sum(map(len, spans))
    if frames > MOST_FRAMES:
        rule = "so many frames are more than {most}: every={every} would fit"
        fitting = every * math.ceil((frames - 1) / (MOST_FRAMES - 1))
        raise Refusal(TOO_LARGE, rule, field="every", value=frames, most=MOST_FRAMES, every=fitting)
    return listed(spans), every


def panels_of(words: FigureQuery, form: str, text: str, count: int, walked: range) -> list[int]:
    """The steps that stand side by side."""
    if form not in STILLS:
        raise SceneError("strip", form, "a strip stands still: it is drawn as {formats}", formats=", ".join(STILLS))
    if not words.steps and words.every is None:
        return [walked[place] for place in spread(len(walked))]
    spans, _ = chosen(text, count, ANY_NUMBER, words.every)
    panels = sum(map(len, spans))
    if panels > MOST_PANELS:
        rule = "at most {most} steps stand on a strip: choose some, such as steps=0-3,last"
        raise Refusal(TOO_LARGE, rule, field="steps", value=panels, most=MOST_PANELS)
    return listed(spans)


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
