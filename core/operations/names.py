"""What the page calls the arrays of operations whose input is no picture or whose output is no feature map."""

from __future__ import annotations

from core.vocabulary import Text

SIGNALS = {"input": Text("Signal"), "output": Text("Signal")}
GRADIENT_OF_INPUT = {"input": Text("Gradient of the map"), "output": Text("Gradient of the input")}
GRADIENT_OF_WEIGHT = {
    "input": Text("Input of the forward pass"),
    "kernel": Text("gradient of the map"),
    "output": Text("Gradient of the weight"),
}
GRADIENT_OF_BIAS = {"input": Text("Gradient of the map"), "output": Text("Gradient of the bias")}
DENSE = {
    "input": Text("Vector"),
    "output": Text("Vector"),
    "window": Text("inputs"),
    "kernel": Text("weights"),
}
TO_VECTOR = {"output": Text("Vector")}
TO_PADDED = {"output": Text("Padded input")}
TO_COLUMNS = {"output": Text("Matrix of windows")}
FROM_COLUMNS = {"input": Text("Matrix of windows"), "window": Text("column")}
TO_SHARES = {"output": Text("Probabilities")}
