"""Good input of every kind, from which bad input is made."""

from __future__ import annotations

import io
from typing import Any

import numpy as np

import core
from app.settings import by_variable
from tests.app.pictures import FORMATS, encoded, exif_of, gif_of_frames, linear_profile, png_of, scenery


def saved(numbers: np.ndarray[Any, Any]) -> bytes:
    written = io.BytesIO()
    np.save(written, numbers)
    return written.getvalue()


TWO = {"save_all": True, "append_images": [scenery(9, 7).rotate(180)]}
SMALL = scenery(9, 7)

PICTURES: list[bytes] = [
    *(encoded(SMALL, kind) for kind in FORMATS),
    *(encoded(SMALL, kind, exif=exif_of(6), icc_profile=linear_profile()) for kind in ("PNG", "JPEG", "WEBP", "TIFF")),
    *(encoded(SMALL, kind, **TWO) for kind in ("GIF", "WEBP", "PNG", "TIFF")),
    *(encoded(SMALL, "TIFF", compression=name) for name in ("tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg")),
    *(encoded(SMALL.convert(mode), "PNG") for mode in ("1", "P", "RGBA", "LA")),
    encoded(SMALL, "JPEG", progressive=True),
    encoded(SMALL.convert("CMYK"), "JPEG"),
    encoded(SMALL, "WEBP", lossless=True),
    encoded(SMALL.convert("P"), "BMP"),
    encoded(SMALL, "AVIF", exif=exif_of(6)),
    gif_of_frames(3),
    b"P5\n# shades\n3 2\n4095\n" + bytes(range(12)),
    b"P1 4 2 1010 0101",
    encoded(SMALL, "PPM"),
    png_of(2, 2, 0, b"\0\0\1\2\3" * 2, bits=16),
]

LINES: list[str] = [row.line for row in core.GALLERY.values()] + [
    "cat 64 | conv2d sobel-x stride=2 padding=same | relu | max_pool2d 2",
    "[1 2; 3 4] | conv_transpose2d [1 2; 3 4] stride=2 output_padding=1",
    "cat 8 rgb | conv2d [[[1 0; 0 1]]] bias=(1,2) groups=1 dilation=(1,2) padding=((0,1),(2,3))",
    "@first-steps",
    "cat 32 rgb crop=(40,120,96,96) | sobel",
    "image:0123456789abcdef0123456789abcdef 64 | sobel",
]
MATRICES: list[str] = [
    f"{matrix} | relu"
    for matrix in (
        "[1 2; 3 4]", "[1, 2; 3, 4]", "[[1, 2], [3, 4]]", "[[[1,2],[3,4]],[[5,6],[7,8]]]", "[-1.5 2e3; .5 0]",
        "[1 2 3]", "[1;2;3]", "[\n1 2\n3 4\n]", "[0,5 1,5; 2,5 3,5]", "[\u22121 2; 3 \u22124]", "[1\t2; 3\t4]",
    )
]  # fmt: skip
WRITTEN: list[str] = [
    "0,5;1,5\n2,5;3,5", "1\t0\t-1\n2\t0\t-2", "1,250\t980", "1;0;-1\n2;0;-2", "{{1,0},{0,1}}", "((1,2),(3,4))",
    "tensor([[1., 2.],\n        [3., 4.]], dtype=torch.float64, device='cuda:0')", "K = [1 2 ...\n 3 4];",
    "\\left[\\begin{array}{rr}1 & -2\\\\[2pt] \\frac{1}{9} & 0{,}5\\end{array}\\right]", '"0,5","1,5"\n"1","2"',
    "| a | b |\n|:--|--:|\n| 1 | 2 |", "[[1 2]\n [3 4]]", "\uff3b\uff11\u3000\uff12\uff3d", "1/9 2.\n+1 -.5",
    "<tf.Tensor: shape=(1, 2), dtype=int32, numpy=array([[1, 2]], dtype=int32)>", "1,0,-1 2,0,-2 1,0,-1",
]  # fmt: skip
ARRAYS: list[bytes] = [saved(numbers) for numbers in (
    np.arange(6).reshape(2, 3), np.eye(3, dtype="<f4"), np.asfortranarray(np.arange(24, dtype=">u2").reshape(2, 4, 3)),
    np.array([True, False]), np.zeros((2, 2, 2, 2), np.float16),
)]  # fmt: skip
JSON_SCENES: list[object] = [core.parse(line).as_json() for line in LINES]
WORDS: list[str] = [
    *core.OPERATIONS,
    *core.KERNELS,
    *sorted({f"{parameter.name}=" for kind in core.OPERATIONS.values() for parameter in kind.parameters}),
    *sorted({choice for kind in core.OPERATIONS.values() for setting in kind.parameters for choice in setting.choices}),
    "cat", "gray", "rgb", "crop=(0,0,9,9)", "image:", "@first-steps", "valid", "same", "full", "[1 2; 3 4]", "|",
]  # fmt: skip
VARIABLES: dict[str, str] = {name: str(entry.default) for name, entry in by_variable().items()}
