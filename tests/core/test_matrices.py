"""Matrices are read as they are meant, or refused or asked about: nothing is guessed, nothing is dropped."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import SceneError
from core.matrices import MOST_WEIGHTS, SeveralReadings, read, regular, spell_matrix
from tests.core.matrices import NOTATIONS
from tests.core.scenes import matrices

SOBEL = ((1, 0, -1), (2, 0, -2), (1, 0, -1))
HALVES = ((0.5, 1.5), (2.5, 3.5))
TWO = ((1, 2), (3, 4))
CUBE = (((1, 2), (3, 4)), ((5, 6), (7, 8)))

# --- every notation says the same


@pytest.mark.parametrize("notation", NOTATIONS)
@given(matrix=matrices(2))
def test_a_matrix_reads_back_from_every_notation(notation: str, matrix: Any) -> None:
    text = NOTATIONS[notation]([list(row) for row in matrix])
    assert read(text).rows.values == matrix


@given(st.one_of(matrices(2), matrices(3), matrices(4)))
def test_the_spelling_of_the_scene_line_reads_back(matrix: Any) -> None:
    found = read(spell_matrix(matrix))
    assert (found.values, found.line) == (matrix, spell_matrix(matrix))


@given(st.one_of(matrices(2), matrices(3), matrices(4)))
def test_nested_lists_of_any_depth_read_back_from_json_and_python(matrix: Any) -> None:
    nested = json.loads(json.dumps(matrix))
    assert read(json.dumps(nested)).values == read(f"torch.tensor({nested})").values == matrix
    assert regular("weight", nested) == matrix


def meanings(text: str) -> list[Any]:
    """All that a text may mean."""
    try:
        return [read(text).values]
    except SeveralReadings as asked:
        return [reading.values for reading in asked.readings]


@pytest.mark.parametrize("cells", ["\t", ";", " & "])
@given(matrix=matrices(2))
def test_decimal_commas_say_what_decimal_points_say(cells: str, matrix: Any) -> None:
    rows = [[repr(float(number)).replace(".", ",") for number in row] for row in (*matrix, *matrix)]
    text = "\n".join(cells.join(row) for row in rows)
    if "&" in cells:
        text = "\\begin{matrix}" + text.replace("\n", r"\\") + "\\end{matrix}"
    assert (*matrix, *matrix) in meanings(text)


UNDERSTOOD: dict[str, tuple[Any, str]] = {
    "[0,5 1,5; 2,5 3,5]": (HALVES, "2 x 2, decimal commas"),
    "0,5;1,5\n2,5;3,5": (HALVES, "2 x 2, decimal commas, semicolons between numbers"),
    "0,5\t1,5\n2,5\t3,5": (HALVES, "2 x 2, decimal commas"),
    '"0,5","1,5"\n"2,5","3,5"': (HALVES, "2 x 2, decimal commas"),
    r"\begin{pmatrix}0{,}5 & 1{,}5\\2{,}5 & 3{,}5\end{pmatrix}": (HALVES, "2 x 2, decimal commas"),
    "0,5\n1\n1,5": (((0.5,), (1,), (1.5,)), "3 x 1, decimal commas"),
    "1;0;-1\n2;0;-2\n1;0;-1": (SOBEL, "3 x 3, semicolons between numbers"),
    "1\t0\t\u22121\n2\t0\t\u22122\n1\t0\t\u22121": (SOBEL, "3 x 3"),
    "[1,0,-1;2,0,-2;1,0,-1]": (SOBEL, "3 x 3"),
    "[1,2;3,4]": (TWO, "2 x 2"),
    "[1,2; 3,4]": (TWO, "2 x 2"),
    "[[1 2]; [3 4]]": (TWO, "2 x 2"),
    "[1, 2], [3, 4]": (TWO, "2 x 2"),
    "[1 2\n 3 4]": (TWO, "2 x 2"),
    "[1 2; 3 4;]": (TWO, "2 x 2"),
    "1 2\n\n3 4\n": (TWO, "2 x 2"),
    "(1 2; 3 4)": (TWO, "2 x 2"),
    "np.matrix('1 2; 3 4')": (TWO, "2 x 2"),
    "mat(1, 2; 3, 4)": (TWO, "2 x 2"),
    "K =\n\n     1     2\n     3     4\n": (TWO, "2 x 2"),
    "|1 2|\n|3 4|": (TWO, "2 x 2"),
    "⎡1  2⎤\n⎢    ⎥\n⎣3  4⎦": (TWO, "2 x 2"),
    "\u30101 2\uff1b3 4\u3011": (TWO, "2 x 2"),
    r"\pmatrix{1 & 2 \cr 3 & 4}": (TWO, "2 x 2"),
    "$$\\begin{bmatrix}\n1 & 2 \\\\[4pt]\n3 & 4 \\\\\n\\end{bmatrix}$$": (TWO, "2 x 2"),
    "| a | b |\n|:--|--:|\n| 1 | 2 |\n| 3 | 4 |": (TWO, "2 x 2, header left out"),
    "+---+---+\n| 1 | 2 |\n| 3 | 4 |\n+---+---+": (TWO, "2 x 2"),
    "[1 2 ...\n 3 4]": (((1, 2, 3, 4),), "1 x 4"),
    "array([1, 2,\n       3, 4])": (((1, 2, 3, 4),), "1 x 4"),
    "[[[1 2]\n  [3 4]]\n\n [[5 6]\n  [7 8]]]": (CUBE, "2 x 2 x 2"),
    "[1/9 -1/3; ½ 4/2]": (((1 / 9, -1 / 3), (0.5, 2)), "2 x 2"),
    r"\begin{matrix}\frac{1}{9} & \frac12\end{matrix}": (((1 / 9, 0.5),), "1 x 2"),
    "[+1 1e-3; .5 2.]": (((1, 0.001), (0.5, 2.0)), "2 x 2"),
    "1,250,000\t3": (((1250000, 3),), "1 x 2, commas part thousands"),
    "1.250,5\t3": (((1250.5, 3),), "1 x 2, decimal commas"),
    "1.250,50;2,0\n3,5;4,0": (((1250.5, 2.0), (3.5, 4.0)), "2 x 2, decimal commas, semicolons between numbers"),
    "-1.250.000,5 2": (((-1250000.5, 2),), "1 x 2, decimal commas"),
    "[0.250,5 1.250,5]": (((0.25, 5, 1.25, 5),), "1 x 4"),
    "[1.125,2.5; 2.125,3.5]": (((1.125, 2.5), (2.125, 3.5)), "2 x 2"),
}


@pytest.mark.parametrize("text", UNDERSTOOD)
def test_a_matrix_is_understood_as_it_is_meant_and_says_how(text: str) -> None:
    found = read(text).rows
    assert (found.values, found.sentence) == UNDERSTOOD[text]


# --- what may mean more than one thing is asked

ASKED: dict[str, list[str]] = {
    "1,250\t980": ["[1.25 980]", "[1250 980]"],
    "[1,2 3; 4,5 6]": ["[1 2 3; 4 5 6]", "[1.2 3; 4.5 6]"],
    "[0,5, 1,5; 2,5, 3,5]": ["[0 5 1 5; 2 5 3 5]", "[0.5 1.5; 2.5 3.5]"],
    "[[1, 2,3], [4, 5,6]]": ["[1 2 3; 4 5 6]", "[1 2.3; 4 5.6]"],
    "1,2\n3,4": ["[1 2; 3 4]", "[1.2; 3.4]"],
    "1;0;-1": ["[1; 0; -1]", "[1 0 -1]"],
    "0,5;1,5": ["[0 5; 1 5]", "[0.5; 1.5]", "[0.5 1.5]"],
    "[1;0\n2;0]": ["[1; 0; 2; 0]", "[1 0; 2 0]"],
    "[1, 2,\n 3, 4]": ["[1 2; 3 4]", "[1 2 3 4]"],
    "1,0,-1 2,0,-2 1,0,-1": ["[1 0 -1; 2 0 -2; 1 0 -1]", "[1 0 -1 2 0 -2 1 0 -1]"],
    '"1,250"\t3': ["[1.25 3]", "[1250 3]"],
    "0,5 1.5": ["[0 5 1.5]", "[0.5 1.5]"],
    "[0,5 1.5; 2,5 3.5]": ["[0 5 1.5; 2 5 3.5]", "[0.5 1.5; 2.5 3.5]"],
    "{-0,5, .5}": ["[0 5 0.5]", "[-0.5 0.5]"],
    "1,250 2.5": ["[1 250 2.5]", "[1250 2.5]", "[1.25 2.5]"],
    "[1.250,50 2,0]": ["[1.25 50 2 0]", "[1250.5 2.0]"],
}


@pytest.mark.parametrize("text", ASKED)
def test_what_may_mean_more_than_one_thing_is_asked_with_every_meaning(text: str) -> None:
    with pytest.raises(SeveralReadings) as asked:
        read(text, "weight")
    assert [reading.line for reading in asked.value.readings] == ASKED[text]
    assert all(way in str(asked.value) for way in ASKED[text])


@pytest.mark.parametrize(
    ("text", "commas", "semicolons", "line"),
    [
        ("1,250\t980", "decimal", None, "[1.25 980]"),
        ("1,250\t980", "thousands", None, "[1250 980]"),
        ("1,2\n3,4", "cells", None, "[1 2; 3 4]"),
        ("1;0;-1", None, "rows", "[1; 0; -1]"),
        ("1;0;-1", None, "cells", "[1 0 -1]"),
        ("0,5 1.5", "decimal", None, "[0.5 1.5]"),
        ("0,5\t1.5", "decimal", None, "[0.5 1.5]"),
    ],
)
def test_whoever_knows_what_is_meant_can_say_so(text: str, commas: Any, semicolons: Any, line: str) -> None:
    assert read(text, commas=commas, semicolons=semicolons).line == line


DECIMAL = st.tuples(st.decimals("-99", "99", places=1), st.booleans())


@pytest.mark.parametrize("between", [" ", ", ", "\t", ";", "\n"])
@given(st.lists(DECIMAL, min_size=2, max_size=5))
def test_decimals_written_partly_with_commas_are_never_read_as_other_numbers_unasked(between: str, row: Any) -> None:
    text = between.join(str(number).replace(".", "," if with_comma else ".") for number, with_comma in row)
    numbers = tuple(float(number) for number, _ in row)
    try:
        assert numbers in [tuple(chain.from_iterable(values)) for values in meanings(text)]
    except SceneError:
        assert {with_comma for _, with_comma in row} == {True, False}


# --- what is no matrix is refused with its place, counted from 1

REFUSED = {
    "": "must not be empty",
    " \n ": "must not be empty",
    "[]": "must not be empty",
    "[[]]": "must not be empty",
    "1\t\t-1\n2\t\t-2": "row 1, column 2 is empty",
    "1\t0\n2\t": "row 2, column 2 is empty",
    "[1,,-1; 2,,-2]": "row 1, column 2 is empty",
    "[1, ,2]": "row 1, column 2 is empty",
    "[,1]": "row 1, column 1 is empty",
    "1;;-1\n2;;-2": "row 1, column 2 is empty",
    "[1;;2]": "row 2, column 1 is empty",
    "| 1 | |\n|---|---|\n| 2 | 3 |": "row 1, column 2 is empty",
    r"\begin{matrix}1 & \\ 3 & 4\end{matrix}": "row 1, column 2 is empty",
    "[[1,,2],[3,4,5]]": "row 1, column 2 is empty",
    "[[[1,2],[3,]],[[,6],[7,8]]]": "every row must be as long as the first: channel 1, row 2 has 1 number",
    "[[[1,2],[3,4]],[[,6],[7,8]]]": "channel 2, row 1, column 1 is empty",
    "[1 2; 3]": "'3': every row must be as long as the first: row 2 has 1 number, the first has 2",
    "[[[1,2],[3,4]],[[5,6]]]": "every channel must have as many rows as the first: channel 2 has 1, the first has 2",
    "[[[[1]]],[[[1]],[[2]]]]": "every kernel must have as many channels as the first: kernel 2 has 2",
    "1 2\n3 x": "'x': row 2, column 2 must be a finite number",
    "[1 nan]": "'nan': row 1, column 2 must be a finite number",
    "[1 inf; -Infinity 2]": "'inf': row 1, column 2 must be a finite number",
    "[1 1e999]": "row 1, column 2 must be a finite number",
    "[1 2e15]": "row 1, column 2 must lie between -1e15 and 1e15",
    "[1 1/0]": "'1/0': row 1, column 2 must be a finite number",
    "[1 2_000]": "'2_000': row 1, column 2",
    "[1 ٣]": "row 1, column 2",
    "1 - 2": "'-': row 1, column 2",
    "[1 2 3 ... 7 8 9]": "stands for numbers that are left out",
    "[1 2 3 ...\n 7 8 9]": "stands for numbers that are left out",
    "[[1 2 3]\n ...\n [7 8 9]]": "must hold numbers or rows of numbers",
    "1.5\t2,5": "'2,5': row 1, column 2",
    "1,5;2.5": "row 2 has 1 number, the first has 2",
    "[1,5 2.5; 1 2]": "row 2 has 2 numbers, the first has 3",
    "1.25,5\t3": "'1.25,5': row 1, column 1",
    "1 2\t3": "'1 2': row 1, column 1",
    "1\u00a0250\t3": "may be one number or two",
    "1 2\n3 4\n\n5 6\n7 8": "an empty line between rows may part channels",
    "[[1 2; 3 4], [5 6; 7 8]]": "matrices side by side may be channels or one wide matrix",
    "[[1 2\n3 4]]": "a line ends inside a row",
    "[[1,2],3]": "'3': must hold numbers or rows of numbers, not both",
    "[1,[2,3]]": "must hold numbers or rows of numbers, not both",
    "[1 2; 3 4]'": "has something after its closing bracket",
    "1/9 [1 1; 1 1]": "'1/9': stands before or after the matrix",
    r"\frac{1}{9}\begin{matrix}1\end{matrix}": "stands before or after the matrix",
    r"\begin{bmatrix}1 & 2": "must hold one whole matrix",
    r"\begin{bmatrix}1\end{bmatrix}\begin{bmatrix}1\end{bmatrix}": "must hold one whole matrix",
    r"\begin{matrix}\alpha & 1\end{matrix}": "row 1, column 1 must be a finite number",
    "matrix(c(1,2,3,4), nrow=2)": "has something after its closing bracket",
    "     [,1] [,2]\n[1,]    1    3": "has something after its closing bracket",
    "| a | 1 |\n|---|---|\n| 1 | 2 |": "'a': row 1, column 1",
    "[1 2)": "its brackets do not match",
    "[[1 2]": "its brackets do not match",
    "[[[[[1]]]]]": "has more than four dimensions",
    "[" * 50_000: "has more than four dimensions",
    "1 " * (MOST_WEIGHTS + 1): f"holds more than {MOST_WEIGHTS} numbers",
    "1" * 2_000_000: "is longer than",
    "(,)": "row 1, column 1 is empty",
    "(\x1f,)": "row 1, column 1 is empty",
    "[1 " + "9" * 300_000 + "]": "is longer than any number needed here",
    "[1 " + "9" * 300_000 + "x]": "row 1, column 2 must be a finite number",
    "1" * 300_000 + "/" + "2" * 300_000: "row 1, column 1 must be a finite number",
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: repr(text[:40]))
def test_what_is_no_matrix_is_refused_with_the_place(text: str) -> None:
    with pytest.raises(SceneError) as refusal:
        read(text, "weight")
    assert REFUSED[text] in str(refusal.value)
    assert str(refusal.value).startswith("weight is ")
    assert len(str(refusal.value)) < 400


@pytest.mark.parametrize(
    ("nested", "told"),
    [
        ([[1, 2], [3]], "row 2 has 1 number, the first has 2"),
        ([[1, float("nan")]], "row 1, column 2 must be a finite number"),
        ([[[1]], [[True]]], "channel 2, row 1, column 1 must be a finite number"),
        ([[1, 10**16]], "row 1, column 2 must lie between"),
        ([[1], 2], "must hold numbers or rows of numbers, not both"),
    ],
)
def test_nested_lists_are_refused_with_the_place(nested: object, told: str) -> None:
    with pytest.raises(SceneError, match=told):
        regular("weight", nested)


@given(st.text(alphabet="01,5.;-+eE \t\n[](){}|&\\'\"/\u2212abegimnrtxy=_", max_size=40))
def test_whatever_is_read_is_read_again_from_its_own_line(text: str) -> None:
    try:
        found = read(text).rows
    except SceneError:
        return
    assert read(found.line).values == found.values


@given(st.text(alphabet="0123456789,;. \t\n", max_size=30))
def test_whatever_is_understood_holds_every_digit_that_was_written(text: str) -> None:
    try:
        found = read(text)
    except SceneError:
        return
    cells = re.findall(r"[0-9.]*[0-9]", found.line)
    written = Counter(sign for sign in re.sub(r"\b0+(?=[0-9])", "", text) if sign in "123456789")
    assert Counter(sign for cell in cells for sign in cell if sign in "123456789") == written
