"""Walks a convolution kernel over a picture, step by step, with the arithmetic in view.

>>> import kernelwalk
>>> len(kernelwalk.core.trace("[1 2 3; 4 5 6; 7 8 9] | conv2d [1 0; 0 1]"))
4
"""

import core

__all__ = ["core"]
