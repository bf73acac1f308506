"""The code of what makes each cell of one other cell: functions, and moves."""

from __future__ import annotations

from core.operations.coding import TORCH
from core.snippets.snippet import Code, Snippet, StepLine, lines, loops
from core.vocabulary import Shape


def each_cell(shape: Shape, cell: str, *before: str) -> tuple[Snippet, StepLine]:
    """A loop over all output cells, and the line that is one of them; `cell` says what it is."""
    step = StepLine(f"y[{{k}}, {{r}}, {{c}}] = {cell}", ("k", "r", "c"))
    return lines(*before, f"y = np.zeros({shape})", *loops(dict(zip("krc", shape, strict=True)), step.looped)), step


def function(shape: Shape, cell: str, whole: str, torch: str, keras: str = "") -> Code:
    """f of each cell; a layer of Keras that looks at cells alone needs no other order of axes."""
    loop, step = each_cell(shape, cell)
    layer = lines(f"y = keras.ops.convert_to_numpy({keras})") if keras else None
    return Code(loop, lines(f"y = {whole}"), step, lines(f"y = {torch}", needs=(TORCH,)), layer)
