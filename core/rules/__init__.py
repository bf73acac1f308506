"""The rule of a layer as a small tree of mathematics, and how it is filled with the numbers of a step."""
