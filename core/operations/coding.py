"""What the code of many layers shares: borders, windows, weights."""

from __future__ import annotations

from collections.abc import Sequence

from core.geometry import Pairs, Slide
from core.networks.sets import is_name
from core.snippets.snippet import Lines, literal, pair
from core.vocabulary import Array

WINDOWS = "from numpy.lib.stride_tricks import sliding_window_view"
TORCH = "import torch.nn.functional as F"
MOST_WRITTEN = 1024  # trained numbers that a program writes out
COUNTING = ("stride", "dilation", "groups")
NUMPY_MODES = {"reflect": "reflect", "symmetric": "symmetric", "replicate": "edge", "circular": "wrap"}
TO_LAST, TO_FIRST = "x.transpose(1, 2, 0)[None]", "[0].transpose(2, 0, 1)"  # Keras has a batch and channels last


def is_padded(padding: Pairs) -> bool:
    return any(padding[0]) or any(padding[1])


def numpy_border(padding: Pairs, mode: str = "zeros", value: object = 0, into: str = "padded") -> str:
    """x with cells added around it."""
    (top, bottom), (left, right) = padding
    sides = f"((0, 0), ({top}, {bottom}), ({left}, {right}))"
    kind = f', mode="{NUMPY_MODES[mode]}"' if mode in NUMPY_MODES else f", constant_values={value}" if value else ""
    return f"{into} = np.pad(x, {sides}{kind})"


def torch_border(padding: Pairs, mode: str = "zeros", value: object = 0) -> str:
    """The same in PyTorch, which has no symmetric mode."""
    (top, bottom), (left, right) = padding
    if mode == "symmetric":
        border = numpy_border(padding, mode).partition(" = ")[2].replace("np.pad(x", "np.pad(x.numpy()")
        return f"x = torch.from_numpy({border})"
    sides = f"({left}, {right}, {top}, {bottom})"
    if mode in NUMPY_MODES:
        return f'x = F.pad(x[None], {sides}, mode="{mode}")[0]'
    return f"x = F.pad(x, {sides}{f', value={value}' if value else ''})"


def spanned(letter: str, slide: Slide) -> str:
    """The lines under a window, counted in the padded input, with {holes} for the place."""
    start = letter if slide.stride == 1 else f"{letter} * {slide.stride}"
    step = f":{slide.dilation}" if slide.dilation > 1 and slide.kernel_size > 1 else ""
    return f"{{{start}}}:{{{start} + {slide.span}}}{step}"


def seen(slides: Sequence[Slide], letters: str = "rc") -> str:
    return ", ".join(spanned(letter, slide) for letter, slide in zip(letters, slides, strict=True))


def windows_line(slides: Sequence[Slide], array: str) -> str:
    """All windows of an array at once: (C, oH, oW, kH, kW)."""
    rows, cols = slides
    spans = f"({rows.span}, {cols.span})"
    strides, dilations = (rows.stride, cols.stride), (rows.dilation, cols.dilation)
    taken = f"::{rows.stride}, ::{cols.stride}" if max(strides) > 1 or max(dilations) > 1 else ""
    holes = f", ::{rows.dilation}, ::{cols.dilation}" if max(dilations) > 1 else ""
    cut = f"[:, {taken}{holes}]" if taken else ""
    return f"windows = sliding_window_view({array}, {spans}, axis=(1, 2)){cut}  # (C, oH, oW, kH, kW)"


def numbers(name: str, values: Array, note: str = "") -> str:
    """An array by its numbers."""
    return f"{name} = np.array({literal(values)}, dtype=float){f'  # {note}' if note else ''}"


def torch_numbers(name: str, values: Array, note: str = "") -> str:
    return f"{name} = torch.tensor({literal(values)}, dtype=torch.double){f'  # {note}' if note else ''}"


def trained_numbers(name: str, word: object, values: Array, note: str = "") -> tuple[str, str]:
    """The same in NumPy and in PyTorch; very many trained numbers come from the file that a server gives."""
    if not is_name(word) or values.size <= MOST_WRITTEN:
        return numbers(name, values, note), torch_numbers(name, values, note)
    load = f'np.load("{word}.npy")'
    source = f"  # /api/weights?name={word}&format=npy"
    return f"{name} = {load}{source}", f"{name} = torch.from_numpy({load}){source}"


def options(**given: object) -> str:
    """Keywords that say something, after what comes before them; what counts steps says nothing where it is 1."""
    kept = {name: value for name, value in given.items() if value is not None and value is not False}
    return "".join(f", {name}={value}" for name, value in kept.items() if name not in COUNTING or str(value) != "1")


def pairs(slides: Sequence[Slide], name: str) -> str:
    return pair(getattr(slides[0], name), getattr(slides[1], name))


def keras_layer(call: str, weights: Lines = ()) -> Lines:
    """A layer of Keras, its weights set, and its answer with channels first again."""
    return (
        f"layer = keras.layers.{call}",
        *(("layer.build((None, *x.shape[1:], x.shape[0]))", *weights) if weights else ()),
        f"y = keras.ops.convert_to_numpy(layer({TO_LAST})){TO_FIRST}  # Keras has channels last",
    )
