"""One matrix in every notation that people write, print and paste."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np

Rows = list[list[Any]]
Write = Callable[[Rows], str]


def by(cells: str, rows: str, around: str = "{}") -> Write:
    """Cells and rows joined by these."""
    return lambda matrix: around.format(rows.join(cells.join(map(repr, row)) for row in matrix))


def lists(opening: str, closing: str) -> Write:
    """Rows in brackets in brackets."""
    return lambda matrix: opening + ", ".join(opening + ", ".join(map(repr, row)) + closing for row in matrix) + closing


def markdown(matrix: Rows) -> str:
    first, *others = ["| " + " | ".join(map(repr, row)) + " |" for row in matrix]
    return "\n".join([first, "|" + "---|" * len(matrix[0]), *others])


def latex(kind: str) -> Write:
    return by(" & ", r" \\ ", rf"\begin{{{{{kind}}}}} {{}} \end{{{{{kind}}}}}")


def printed(matrix: Rows) -> str:
    with np.printoptions(threshold=10**6, floatmode="unique"):
        return str(np.array(matrix, float))


def represented(matrix: Rows) -> str:
    with np.printoptions(threshold=10**6, floatmode="unique"):
        return repr(np.array(matrix, float))


def with_minus(matrix: Rows) -> str:
    return by(" ", "; ", "[{}]")(matrix).replace("-", "\u2212")


def full_width(matrix: Rows) -> str:
    """As an input method for Korean, Japanese or Chinese types it."""
    line = by(" ", ";", "[{}]")(matrix)
    return "".join("\u3000" if sign == " " else chr(ord(sign) + 0xFEE0) for sign in line)


def quoted(matrix: Rows) -> str:
    return "\n".join(",".join(f'"{number!r}"' for number in row) for row in matrix)


NOTATIONS: dict[str, Write] = {
    "scene line": by(" ", "; ", "[{}]"),
    "scene line with commas": by(", ", "; ", "[{}]"),
    "scene line, tight": by(" ", ";", "[{}]"),
    "rows on lines in brackets": by(" ", "\n", "[{}]"),
    "MATLAB, broken lines": by(" ", "; ...\n", "[{}]"),
    "rows in brackets, semicolons between": by(" ", "]; [", "[[{}]]"),
    "JSON": json.dumps,
    "Python lists on lines": lambda matrix: "[\n" + "".join(f"    {row},\n" for row in matrix) + "]",
    "Python tuples": lists("(", ")"),
    "Mathematica": lists("{", "}"),
    "rows in brackets alone": lambda matrix: "\n".join(str(row) for row in matrix) + "\n",
    "NumPy, printed": printed,
    "NumPy, array()": represented,
    "np.array with a type": lambda matrix: f"K = np.array({matrix}, dtype=np.float64)",
    "torch": lambda matrix: f"tensor({matrix}, device='cuda:0', dtype=torch.float64, requires_grad=True)",
    "torch, a parameter": lambda matrix: f"Parameter containing:\ntensor({matrix}, requires_grad=True)",
    "TensorFlow": lambda matrix: f"<tf.Tensor: shape=(9, 9), dtype=float32, numpy=\n{represented(matrix)}>",
    "C": lambda matrix: f"static float kernel[3][3] = {lists('{', '}')(matrix)};",
    "LaTeX bmatrix": latex("bmatrix"),
    "LaTeX pmatrix": latex("pmatrix"),
    "LaTeX array": by(" & ", "\\\\\n", r"\left[\begin{{array}}{{rrrr}} {} \end{{array}}\right]"),
    "a spreadsheet": by("\t", "\n"),
    "a spreadsheet on Windows": by("\t", "\r\n", "{}\r\n"),
    "CSV with spaces": by(", ", "\n"),
    "CSV in quotes": quoted,
    "columns": by("   ", "\n"),
    "Markdown": markdown,
    "bars": lambda matrix: "\n".join("| " + " | ".join(map(repr, row)) + " |" for row in matrix),
    "the minus of typesetters": with_minus,
    "full-width": full_width,
}
