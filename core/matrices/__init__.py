"""Matrices as people write, print and paste them: one reader for scene line, cells, paste and files.

The flow:  text -> characters -> notations -> brackets -> conventions -> numbers -> Reading

>>> read("[1 0 -1; 2 0 -2]").values
((1, 0, -1), (2, 0, -2))
>>> read("0,5;1,5\\n2,5;3,5").sentence
'2 x 2, decimal commas, semicolons between numbers'
"""

from core.matrices.nested import regular
from core.matrices.numbers import LARGEST_NUMBER, MOST_WEIGHTS
from core.matrices.reader import is_written, read, read_cell
from core.matrices.reading import Reading, SeveralReadings
from core.matrices.spelling import spell_matrix

__all__ = [
    "LARGEST_NUMBER",
    "MOST_WEIGHTS",
    "Reading",
    "SeveralReadings",
    "is_written",
    "read",
    "read_cell",
    "regular",
    "spell_matrix",
]
