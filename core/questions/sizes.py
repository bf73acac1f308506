"""How large is the output? Height and width, with the slips of the size formula."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from core.geometry import Slide
from core.questions.question import Question, Slip, distinct
from core.questions.showing import settings_of
from core.texts import Text
from core.trace import Trace

PROMPT = Text(
    "An input of {input}, a window of {kernel}, stride {stride}, padding {padding}: what size is the output?"
    " Give height × width."
)
SPREAD = Text(
    "An input of {input}, a window of {kernel}, stride {stride}, padding {padding}, dilation {dilation}: what size is"
    " the output? Give height × width."
)
ROWS, COLUMNS = Text("Rows: {formula}"), Text("Columns: {formula}")
SWAPPED = Text("{size} has width and height in each other's place: height comes first.")
SHRINKS = Text("{size} is what a convolution makes of it: this layer makes the output larger, not smaller.")
SAME = Text("{size} is the size of the input: here the output has another.")

Sides = Callable[[int, Slide], int]


def fitted(room: int, slide: Slide) -> int:
    return room // slide.stride + 1


def room_of(size: int, slide: Slide) -> int:
    return size - slide.span + sum(slide.padding)


# What comes out of the formula when a part of it is forgotten.
SLIPS: tuple[tuple[Sides, Text], ...] = (
    (lambda size, slide: -(-room_of(size, slide) // slide.stride) + 1,
     Text("{size} rounds up: a window that does not fit whole is left out, so the division rounds down.")),
    (lambda size, slide: fitted(room_of(size, slide), slide),
     Text("{size} rounds down: with ceil_mode the division rounds up.")),
    (lambda size, slide: fitted(size - slide.span + slide.padding[0], slide),
     Text("{size} counts the padding once: it lies on both sides, so it is added twice.")),
    (lambda size, slide: fitted(size - slide.span, slide),
     Text("{size} forgets the padding.")),
    (lambda size, slide: room_of(size, slide) // slide.stride,
     Text("{size} forgets the + 1: the first window counts as well.")),
    (lambda size, slide: room_of(size, slide) + 1,
     Text("{size} forgets the stride: the window moves by more than one cell.")),
    (lambda size, slide: fitted(size - slide.kernel_size + sum(slide.padding), slide),
     Text("{size} forgets the dilation: the kernel spans more cells than it has.")),
    (lambda size, slide: -(-size // slide.stride),
     Text("{size} only divides by the stride: the kernel takes cells away at the edges as well.")),
    (lambda size, slide: size - slide.kernel_size,
     Text("{size} only takes the kernel away: divide by the stride, and add the first window.")),
)  # fmt: skip


def can_ask(trace: Trace) -> bool:
    return trace.layer.formula() is not None and hasattr(trace.layer, "slides")


def question(trace: Trace, seed: int, index: int, chance: random.Random) -> Question | None:
    formula = trace.layer.formula()
    if formula is None:
        return None
    _, rows, cols = trace.output_shape
    answer = (float(rows), float(cols))
    told = (
        Text(ROWS.template, formula=written(formula["rows"])),
        Text(COLUMNS.template, formula=written(formula["cols"])),
    )
    return Question(
        "size",
        seed,
        index,
        prompt_of(trace),
        "size",
        answer,
        told,
        distinct(slips(trace), answer),
        shown=settings_of(trace),
        revealed={**settings_of(trace), "size": [rows, cols]},
    )


def prompt_of(trace: Trace) -> Text:
    _, height, width = trace.input_shape
    rows, cols = trace.layer.slides  # type: ignore[attr-defined]
    facts = {
        "input": f"{height} × {width}",
        "kernel": f"{rows.kernel_size} × {cols.kernel_size}",
        "stride": both(rows.stride, cols.stride),
        "padding": both(ends(rows), ends(cols)),
        "dilation": both(rows.dilation, cols.dilation),
    }
    return Text((PROMPT if facts["dilation"] == "1" else SPREAD).template, **facts)


def both(rows: object, cols: object) -> str:
    """For rows and columns: one number where they are the same."""
    return str(rows) if rows == cols else f"{rows} × {cols}"


def ends(slide: Slide) -> str:
    """The padding of a side, once where both its ends have the same."""
    before, after = slide.padding
    return str(before) if before == after else f"{before} + {after}"


def written(formula: str) -> str:
    """The formula with the signs of mathematics."""
    return formula.replace(" * ", " × ").replace(" - ", " − ")


def slips(trace: Trace) -> Iterator[Slip]:
    _, height, width = trace.input_shape
    _, rows, cols = trace.output_shape
    slides: tuple[Slide, Slide] = trace.layer.slides  # type: ignore[attr-defined]
    sides = (height, slides[0]), (width, slides[1])
    yield slip((cols, rows), SWAPPED)
    if any(counted(*side) == (rows, cols)[axis] for axis, side in enumerate(sides)):
        for size_of, why in SLIPS:
            yield slip((size_of(*sides[0]), size_of(*sides[1])), why)
    else:
        yield slip((fitted(room_of(*sides[0]), slides[0]), fitted(room_of(*sides[1]), slides[1])), SHRINKS)
    yield slip((height, width), SAME)


def counted(size: int, slide: Slide) -> int:
    """Windows as a convolution or a pooling counts them."""
    return fitted(room_of(size, slide), slide)


def slip(size: tuple[int, int], why: Text) -> Slip:
    return Slip((float(size[0]), float(size[1])), Text(why.template, size=f"{size[0]} × {size[1]}"))
