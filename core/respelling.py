"""What an operation that cannot be read was meant to say: calls of other libraries, slips, other names, factors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from core import literals
from core.errors import SLIP, SceneError, nearest
from core.geometry import PADDING_WORDS
from core.hints import names_for, plain
from core.kernels import KERNELS
from core.operations import OPERATIONS
from core.values import SIZE
from core.vocabulary import Operation

CALL = re.compile(r"(?:[A-Za-z_]\w*\.)*([A-Za-z_]\w*)\((.*)\)", re.DOTALL)
VARIABLE = re.compile(r"[A-Za-z_][\w.]*")
OF_KERAS = re.compile(r".*[0-9]D(?:Transpose)?|Dense")
ARROW = re.compile(r"[-=]?>|[→⇒▶]")
AROUND_EQUALS = re.compile(r"[ \t\n]?=[ \t\n]?")
WHOLE = re.compile(r"[1-9][0-9]{0,8}")
SIDES = re.compile(r"[x×X*]")
FACTOR = re.compile(r"\(?1/([1-9][0-9]{0,8})\)?\*?")
LONGEST = 2000  # characters: what somebody wrote by hand
NAMES = (*OPERATIONS, *KERNELS)

CONVOLUTION = ("", "out", "kernel_size", "stride", "padding", "dilation", "groups")
WINDOW = ("kernel_size", "stride", "padding")
WINDOWED = ("max_pool2d", "avg_pool2d", "max_pool1d", "avg_pool1d")
# What the arguments of PyTorch's modules mean by their place; "" for what a scene knows by itself.
BY_PLACE: Mapping[str, tuple[str, ...]] = {
    "conv2d": CONVOLUTION,
    "conv1d": CONVOLUTION,
    "linear": ("", "out"),
    **dict.fromkeys(WINDOWED, WINDOW),
}
# What settings of PyTorch and Keras are called here; "" for what a scene knows by itself.
KEYS: Mapping[str, str] = {
    "axis": "dim",
    "kernel": "weight",
    "alpha": "negative_slope",
    "dilation_rate": "dilation",
    "filters": "out",
    "in_channels": "",
    "in_features": "",
    "inplace": "",
    "input_shape": "",
    "name": "",
    "return_indices": "",
    "out_channels": "out",
    "out_features": "out",
    "pad": "padding",
    "pool_size": "kernel_size",
    "rate": "p",
    "strides": "stride",
    "units": "out",
}
SWITCHES = ("bias", "use_bias")  # whether there is one: said nothing of, since a scene's is none or drawn


def respelled(part: str) -> list[str]:
    """The operations that a part of a line was meant to be, where that is clear; else none.

    >>> respelled("nn.Conv2d(1, 8, kernel_size=3, padding=1)"), respelled("avgpool 2 strides=1")
    (['conv2d out=8 kernel_size=3 padding=1'], ['avg_pool2d 2 stride=1'])
    >>> respelled("conv2d 1/9 [1 1; 1 1]"), respelled("relu max_pool2d 2")
    (['conv2d [1 1; 1 1] divisor=9'], ['relu', 'max_pool2d 2'])
    """
    if not 0 < len(part) <= LONGEST:
        return []
    try:
        if called := CALL.fullmatch(part):
            return uncalled(called[1], literals.split(called[2], ","))
        name, *rest = (word.rstrip(",") or "," for word in literals.words(AROUND_EQUALS.sub("=", part)))
        return apart(*named(name, rest))
    except (SceneError, ValueError):
        return []


def divided(parts: list[str]) -> list[str]:
    """The parts of a line whose signs between them are arrows, doubled, or missing behind the input.

    >>> divided(["cat 64 → sobel → relu"]), divided(["cat 64 sobel", "", "relu"])
    (['cat 64', 'sobel', 'relu'], ['cat 64', 'sobel', 'relu'])
    """
    if sum(map(len, parts)) > LONGEST:
        return parts
    pieces = [piece.strip() for part in parts for piece in ([part] if "[" in part else ARROW.split(part))]
    first, *rest = [*filter(None, pieces)] or parts
    words = first.split()
    known = [place for place, word in enumerate(words) if place and word.lower() in NAMES]
    if "[" in first or not known:
        return [first, *rest]
    return [" ".join(words[: known[0]]).rstrip(","), " ".join(words[known[0] :]), *rest]


def uncalled(written: str, arguments: list[str]) -> list[str]:
    """The words of a call; a variable in its first place is the picture."""
    name = operation_meant(written)
    if name is None:
        return []
    given = [argument.strip() for argument in arguments if argument.strip()]
    if given and VARIABLE.fullmatch(given[0]) and kernel_meant(given[0]) not in KERNELS:
        del given[0]
    places = BY_PLACE.get(name, tuple(parameter.name for parameter in operation_of(name).places()))
    if OF_KERAS.fullmatch(written) and places[:1] == ("",):
        places = places[1:]
    words, after = [name], []
    for place, argument in enumerate(given):
        key, equals, value = literals.keyword(AROUND_EQUALS.sub("=", argument, count=1))
        if not equals:
            if place >= len(places):
                return []  # of a call that has more to say than a scene
            key, value = "weight" if place == 0 and kernel_meant(key) in KERNELS else places[place], key
        value = value.strip("'\"")
        if key == "activation":
            after.append(value)
        elif value != "None" and not (key in SWITCHES and value in literals.BOOLEANS):
            words += [f"{known}={value}" for known in [key_meant(name, key)] if known]
    return [" ".join(words), *after]


def named(name: str, rest: list[str]) -> tuple[str, list[str]]:
    """An operation by the name it has here, which others write in up to three words, and its settings by theirs."""
    for count in range(min(2, len(rest)), 0, -1):
        said = names_alike("".join([name, *rest[:count]]))
        if len(said) == 1:
            return said[0], settled(said[0], rest[count:])
    found = operation_meant(name)
    if found is None:
        raise ValueError(name)
    return found, settled(found, rest)


def settled(name: str, words: list[str]) -> list[str]:
    """Settings by the names they have here; a factor beside a kernel is its divisor."""
    settings: list[str] = []
    known = [parameter.name for parameter in operation_of(name).parameters]
    divisor = ""
    for word in paired(words, known):
        key, equals, value = literals.keyword(word)
        if equals:
            settings.append(f"{key_meant(name, key)}={value}")
        elif name == "conv2d" and (found := FACTOR.fullmatch(word)):
            divisor = found[1]
        elif name == "conv2d" and word.startswith("[") and WHOLE.fullmatch(word.rpartition("]/")[2]):
            kernel, _, divisor = word.rpartition("/")
            settings.append(kernel)
        elif SIZE.fullmatch(word):
            settings.append(f"({','.join(SIDES.split(word))})")
        elif word != "*":
            settings.append(kernel_meant(word) if name == "conv2d" else word)
    if name in WINDOWED and len(settings) == 2 and WHOLE.fullmatch(settings[1]):
        settings[1] = f"stride={settings[1]}"
    return [*settings, f"divisor={divisor}"] if divisor else settings


def paired(words: list[str], known: list[str]) -> list[str]:
    """Settings whose equals sign is missing, or a colon, and a kind of padding without its name.

    >>> paired(["sobel-x", "stride", "2", "padding:1"], ["stride", "padding"]), paired(["same"], ["padding"])
    (['sobel-x', 'stride=2', 'padding=1'], ['padding=same'])
    """
    found: list[str] = []
    for word in words:
        if found and found[-1] in known:
            found[-1] = f"{found[-1]}={word}"
        elif word.partition(":")[0] in known:
            found.append(word.replace(":", "=", 1))
        elif word.lower() in PADDING_WORDS and "padding" in known:
            found.append(f"padding={word}")
        else:
            found.append(word)
    return found


def kernel_meant(word: str) -> str:
    """A kernel by the name it has here.

    >>> kernel_meant("Sobel_X"), kernel_meant("[1 2; 3 4]")
    ('sobel-x', '[1 2; 3 4]')
    """
    return next(iter(alike(word, KERNELS)), word)


def apart(name: str, words: list[str]) -> list[str]:
    """Operations between which a | is missing."""
    parts = [[name]]
    for word in words:
        if word.lower() in OPERATIONS:
            parts.append([])
        parts[-1].append(word)
    return list(map(" ".join, parts))


@lru_cache(512)
def operation_meant(word: str) -> str | None:
    """The operation that a word is clearly meant for.

    >>> operation_meant("MaxPooling2D"), operation_meant("sobell"), operation_meant("blur"), operation_meant("zap")
    ('max_pool2d', 'sobel', None, None)
    """
    said = names_alike(word)
    if said:
        return said[0] if len(said) == 1 else None
    near, _ = nearest(word, list(NAMES))
    begun = [name for name in NAMES if plain(name).startswith(plain(word))]
    clear = all(plain(name).startswith(plain(near[0])) for name in begun)  # laplacian is -4 or -8
    return near[0] if clear and is_slip(word, near[0]) else None


def is_slip(word: str, name: str) -> bool:
    """Whether a word differs from a name by a slip of the pen, behind its first letters."""
    one, other = plain(word), plain(name)
    return one[:2] == other[:2] and SequenceMatcher(None, one, other).ratio() >= SLIP


def names_alike(word: str) -> list[str]:
    """The names that a word is but for its dashes, or that stand for it here.

    >>> names_alike("Sobel_X"), names_alike("max pooling")
    (['sobel-x'], ['max_pool2d'])
    """
    return alike(word, NAMES) or names_for(word, NAMES)


def alike(word: str, among: Iterable[str]) -> list[str]:
    return [name for name in among if plain(name) == plain(word)]


def key_meant(name: str, key: str) -> str:
    """The setting of an operation that a word is meant for; "" where a scene needs none."""
    known = [parameter.name for parameter in operation_of(name).parameters]
    if key in known or not key:
        return key
    if key in KEYS:
        return KEYS[key]
    near, _ = nearest(key, known)
    if not near or not is_slip(key, near[0]):
        raise ValueError(key)
    return near[0]


def operation_of(name: str) -> type[Operation]:
    """What a name of a line stands for: a kernel's name for the convolution with it."""
    return OPERATIONS["conv2d" if name in KERNELS else name]
