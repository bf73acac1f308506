"""Figures for the tests of files: scenes of every kind of step, and what a file says."""

from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from app.evaluation import Scenes
from app.messages import Messages
from app.pictures.store import LocalStore
from app.render.description import Figure
from app.settings import Settings

TINY = "[1 2 3 4 5; 2 1 0 1 2; 3 0 1 1 0; 1 4 1 1 2; 2 1 1 0 0] | conv2d [1 0 1; 1 0 1; 0 1 0]"
KINDS = {
    "convolution": "cat 32 | sobel-x padding=same | relu",
    "channels": "cat 24 rgb | conv2d out=5 kernel_size=3 seed=1",
    "deep": "cat 24 rgb | conv2d out=8 kernel_size=5 seed=1 | conv2d out=6 kernel_size=5 seed=2",
    "pooling": "cat 16 | max_pool2d 2",
    "gradient": "cat 16 | sobel",
    "transposed": "[1 2; 3 4] | conv_transpose2d [1 0; 0 1] stride=2",
    "activation": "[-1 2; 3 -4] | tanh",
    "softmax": "[1 2 3] | softmax",
    "padding": "[1 2; 3 4] | pad 1",
    "columns": "[1 2 3; 4 5 6; 7 8 9] | unfold 2",
    "connected": "[1 2; 3 4] | flatten | linear out=3 seed=1",
    "signal": "[1 2 3 4] | conv1d [1 2]",
}
MESSAGES = Messages()


@cache
def scenes() -> Scenes:
    return Scenes(Settings(), LocalStore(Path("nowhere"), 0))


def figure_of(line: str, lang: str = "en", layer: int = 0, **look: Any) -> Figure:
    return Figure(scenes().trace(scenes().read(line), layer), MESSAGES.languages[lang], **look)


def texts_of(file: bytes) -> list[str]:
    return ["".join(node.itertext()) for node in ElementTree.fromstring(file).iter() if node.tag.endswith("}text")]
