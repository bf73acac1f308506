"""Shapes on paper: another painter reads the SVG and paints what Pillow did; places follow from sides alone."""

from __future__ import annotations

import base64
import re
from io import BytesIO
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from app.render import raster, svg
from app.render.choosing import CORNER, LAST, STRONGEST, chosen, listed
from app.render.digits import lettering_of
from app.render.grids import SIGN, Grids, Part
from app.render.look import triple
from app.render.palette import MOST, Palette
from app.render.planes import FINEST, Box, Planes, seen, thinned
from app.render.shapes import Hatch, Picture, Rect, Shape, Words
from app.render.sheet import Sheet
from core.errors import SceneError
from tests.app.drawings import KINDS, figure_of, texts_of

SIZE = (48, 40)
colours = st.integers(0, 2**24 - 1).map("#{:06x}".format)
corners = {"x": st.integers(0, 30), "y": st.integers(0, 24)}
rects = st.builds(Rect, **corners, width=st.integers(1, 18), height=st.integers(1, 16), fill=colours)


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    """Cells that are whole pixels."""
    rows, columns, tall, wide = (draw(st.integers(1, most)) for most in (8, 8, 2, 2))
    pixels = draw(arrays.arrays(np.uint8, (rows, columns, 3)))
    if draw(st.booleans()):
        pixels = np.repeat(pixels[..., :1], 3, axis=2)
    return Picture(draw(corners["x"]), draw(corners["y"]), columns * wide, rows * tall, pixels)


def painted(file: bytes) -> Any:
    """The pixels of an SVG of rectangles, paths of cells and pictures, all of whole pixels."""
    whole = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    for node in ElementTree.fromstring(file).iter():
        told, kind = node.attrib, node.tag.rpartition("}")[2]
        if kind == "path":
            found = re.fullmatch(r"M(\d+) (\d+)h(\d+)v(\d+)h-\3z", told["d"])
            assert found
            x, y, width, height = map(int, found.groups())
        elif kind in ("rect", "image"):
            x, y, width, height = (int(told[name]) for name in ("x", "y", "width", "height"))
        else:
            continue
        if kind == "image":
            data = base64.b64decode(next(value for name, value in told.items() if "href" in name).partition(",")[2])
            cells = np.asarray(Image.open(BytesIO(data)).convert("RGB"))
            cells = cells.repeat(height // len(cells), axis=0).repeat(width // cells.shape[1], axis=1)
        else:
            cells = np.broadcast_to(np.array(triple(told["fill"]), np.uint8), (height, width, 3))
        room = whole[y : y + height, x : x + width]
        room[...] = cells[: room.shape[0], : room.shape[1]]
    return whole


@given(st.lists(st.one_of(rects, pictures()), max_size=6))
def test_both_painters_lay_the_same_colours_in_the_same_order(shapes: list[Shape]) -> None:
    sheet = Sheet(SIZE, shapes, "some shapes")
    told = np.asarray(Image.open(BytesIO(raster.still(sheet, SIZE[0]))).convert("RGB"))
    assert np.array_equal(painted(svg.still(sheet, SIZE[0])), told)


@given(st.lists(rects, max_size=6), st.integers(2, 4))
def test_twice_as_wide_is_each_pixel_twice(shapes: list[Shape], times: int) -> None:
    sheet = Sheet(SIZE, shapes, "some shapes")
    once, more = (np.asarray(Image.open(BytesIO(raster.still(sheet, SIZE[0] * n)))) for n in (1, times))
    assert np.array_equal(once.repeat(times, axis=0).repeat(times, axis=1), more)


@given(st.text(st.characters(codec="utf-8"), max_size=20), colours)
@example("\ufffe<&>\0 \uffff", "#123456")
def test_any_words_are_a_well_formed_file_that_says_them(text: str, colour: str) -> None:
    file = svg.still(Sheet(SIZE, [Words(1, 9, ((text, colour), (text, colour)), 9)], text), 48)
    sayable = "".join(letter for letter in text if letter >= " " and letter not in "\ufffe\uffff")
    assert texts_of(file) == [2 * sayable]
    assert ElementTree.fromstring(file)[0].text == (sayable or None)


@given(st.lists(st.tuples(colours, colours), min_size=1, max_size=5))
def test_a_hatch_is_defined_once_and_found_wherever_it_is_used(looks: list[tuple[str, str]]) -> None:
    tree = ElementTree.fromstring(svg.still(Sheet(SIZE, [Hatch(0, 0, 9, 9, *look) for look in looks * 2], "h"), 48))
    defined = [node.attrib["id"] for node in tree.iter() if node.tag.endswith("}pattern")]
    used = [node.attrib["fill"] for node in tree if node.tag.endswith("}rect")]
    assert len(defined) == len(set(defined)) == len(set(looks))
    assert used == [f"url(#{name})" for name in [defined[list(dict.fromkeys(looks)).index(look)] for look in looks * 2]]


boxes = st.builds(Box, st.integers(0, 40), st.integers(0, 40), st.integers(120, 700), st.integers(90, 330))
sides = st.integers(1, 40)


@given(
    boxes,
    sides,
    sides,
    st.integers(1, 3),
    st.tuples(st.tuples(*[st.integers(0, 3)] * 2), st.tuples(*[st.integers(0, 3)] * 2)),
)
def test_planes_lie_side_by_side_in_their_box(box: Box, rows: int, columns: int, count: int, border: Any) -> None:
    planes = Planes(box, (count, rows, columns), count, border, [4, 3, 2])
    right = box.x - 1e-9
    for place in range(count):
        whole = planes.block(
            place, [-border[0][0], rows + border[0][1] - 1], [-border[1][0], columns + border[1][1] - 1]
        )
        assert (whole.x, whole.y) == pytest.approx(planes.corner(place))
        assert whole.x >= right
        assert box.y - 1e-9 <= whole.y
        assert whole.y + whole.height <= box.y + box.height + 1e-9
        right = whole.x + whole.width
        inner = planes.block(place, range(rows), range(columns))
        assert (inner.width, inner.height) == pytest.approx((columns * planes.cell, rows * planes.cell))
    assert right <= box.x + box.width + 1e-9
    assert planes.corner(0)[0] - box.x == pytest.approx(box.x + box.width - right)


@given(
    boxes, st.integers(1, 9), st.integers(1, 9), st.integers(1, 3), st.booleans(), st.sampled_from(["", "and 3 more"])
)
def test_rows_of_grids_keep_apart_and_in_their_box(
    box: Box, rows: int, columns: int, count: int, multiplies: bool, more: str
) -> None:
    parts = [Part("window", rows, columns, "", "w")]
    if multiplies:
        parts += [Part("kernel", rows, columns, "x", "k"), Part("products", 1, columns, "=", "p")]
    grids = Grids(figure_of(KINDS["padding"]).model, box, parts, [str(row) for row in range(count)], more)
    taken = [
        (*grids.corner(row, place), part.columns * grids.cell, part.rows * grids.cell)
        for row in range(count)
        for place, part in enumerate(parts)
    ]
    for before, after in pairwise(taken):
        assert after[0] <= before[0] or after[0] - before[0] - before[2] == pytest.approx(SIGN)
    for left, top, width, height in taken:
        assert box.x - 1e-9 <= left <= left + width <= box.x + box.width + 1e-9
        assert box.y - 1e-9 <= top <= top + height <= box.y + box.height + 1e-9
    for place, (left, top, width, height) in enumerate(taken):
        for other in taken[place + 1 :]:
            assert left + width <= other[0] + 1e-9 or top + height <= other[1] + 1e-9 or other[0] < left
    assert lettering_of(grids.cell, [3]).size < grids.cell


@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 60), st.integers(1, 60), st.just(3))), sides, sides)
def test_a_picture_has_no_more_pixels_than_are_seen_and_each_is_a_mean(pixels: Any, width: int, height: int) -> None:
    few = seen(pixels, width, height)
    assert few.shape[0] == min(pixels.shape[0], FINEST * height)
    assert few.shape[1] == min(pixels.shape[1], FINEST * width)
    down, across = len(pixels) // len(few), pixels.shape[1] // few.shape[1]
    if few.shape[0] * down == pixels.shape[0] and few.shape[1] * across == pixels.shape[1]:
        means = pixels.reshape(len(few), down, few.shape[1], across, 3).mean(axis=(1, 3))
        assert np.abs(few - means).max() <= 1
    assert few.min() >= pixels.min()
    assert few.max() <= pixels.max()


@given(st.integers(1, 3000), st.integers(1, 3000), sides, sides)
def test_what_is_thinned_still_has_a_number_for_each_pixel(rows: int, columns: int, width: int, height: int) -> None:
    few = thinned(np.broadcast_to(np.uint8(0), (rows, columns)), width, height)
    for left, was, side in ((few.shape[0], rows, height), (few.shape[1], columns, width)):
        assert min(was, 2 * FINEST * side) <= left <= was
        assert left <= 4 * FINEST * side


@pytest.mark.parametrize("line", [KINDS["convolution"], KINDS["channels"], KINDS["activation"]])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_colour_of_a_palette_is_its_own_nearest_and_the_roles_are_there(line: str, theme: str) -> None:
    figure = figure_of(line, theme=theme)
    palette = Palette(figure)
    known = [tuple(colour) for colour in palette.colours.tolist()]
    assert len(known) == len(set(known)) <= MOST
    assert {triple(colour) for colour in figure.roles.values()} <= set(known)
    entries = np.asarray(palette.entries(Image.fromarray(palette.colours[None])))
    assert np.abs(palette.colours[entries[0]].astype(int) - palette.colours).max() <= 8  # Pillow looks in small boxes
    assert palette.bytes()[: 3 * len(known)] == palette.colours.tobytes()
    assert len(palette.bytes()) == 3 * 2**palette.bits > 3 * palette.clear >= 3 * len(known)
    assert palette.bits == 8 or len(known) > 2 ** (palette.bits - 1) - 1


NAMED = {CORNER: 0, STRONGEST: -1}
ends = st.one_of(st.integers(0, 30).map(str), st.just(LAST))
pieces = st.one_of(ends, st.tuples(ends, ends).map("-".join), st.sampled_from([CORNER, STRONGEST]))


@given(st.lists(pieces, min_size=1, max_size=5), st.integers(1, 30), st.integers(2, 40))
def test_steps_are_those_that_are_named_thinned_evenly_with_their_last(told: list[str], count: int, most: int) -> None:
    meant: list[int] = []
    for piece in told:
        first, _, last = ("", "", piece) if piece in NAMED else piece.rpartition("-")
        low, high = (
            NAMED[end] if end in NAMED else count - 1 if end == LAST else int(end) for end in (first or last, last)
        )
        if low > high or high >= count:
            with pytest.raises(SceneError, match="steps is"):
                chosen(",".join(told), count, most)
            return
        meant += range(low, high + 1)
    assert listed(chosen(",".join(told), count, 10**6)[0]) == meant
    spans, every = chosen(",".join(told), count, most)
    assert listed(spans)[-1] == meant[-1]
    assert set(listed(spans)) <= set(meant)
    assert every == 1 if len(meant) <= most else every > 1
    assert len(listed(spans)) <= most or len(told) > 1
