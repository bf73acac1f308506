"""The code of gradients: that of a convolution's weight, and those that filters of a picture find."""

from __future__ import annotations

from collections.abc import Sequence

from core.geometry import Pairs, Slide
from core.operations.coding import (
    TORCH,
    WINDOWS,
    is_padded,
    numbers,
    numpy_border,
    options,
    pairs,
    seen,
    torch_border,
    torch_numbers,
    windows_line,
)
from core.snippets.snippet import Code, StepLine, lines, loops, pair
from core.vocabulary import Array, Shape


def of_weight(
    input_shape: Shape,
    output_shape: Shape,
    slides: tuple[Slide, Slide],
    padding_mode: str,
    dy: Array,
    groups: int,
) -> Code:
    """dw, kernel after kernel; dy slides over the input as a kernel would, stride and dilation changing places."""
    padding: Pairs = (slides[0].padding, slides[1].padding)
    depth, per = input_shape[0] // groups, len(dy) // groups
    given = (numbers("dy", dy), *((numpy_border(padding, padding_mode),) if is_padded(padding) else ()))
    array = "padded" if is_padded(padding) else "x"
    first = "" if groups == 1 else f"m // {depth * per} * {depth} + "
    channel = f"{{{first}m - m // {depth} * {depth}}}"
    sums = f"({array}[{channel}, {seen(slides, 'ij')}] * dy[{{m // {depth}}}]).sum()"
    step = StepLine(f"y[{{m}}, {{i}}, {{j}}] = {sums}", ("m", "i", "j"))
    loop = (*given, f"y = np.zeros({output_shape})", *loops(dict(zip("mij", output_shape, strict=True)), step.looped))
    _, kH, kW = output_shape
    windows = windows_line(slides, array)
    grouped = (
        f"windows = windows[:, :{kH}, :{kW}].reshape({groups}, {depth}, {kH}, {kW}, *dy.shape[1:])",
        f"dy = dy.reshape({groups}, {per}, *dy.shape[1:])",
        f'y = np.einsum("gqijrc,gkrc->gkqij", windows, dy).reshape{output_shape}',
    )
    # forward: the slides with stride and dilation changed back
    motion = options(
        stride=pair(slides[0].dilation, slides[1].dilation), dilation=pairs(slides, "stride"), groups=groups
    )
    torch = (
        torch_numbers("dy", dy),
        *((torch_border(padding, padding_mode),) if is_padded(padding) else ()),
        f"w = torch.zeros(({len(dy)}, {depth}, {kH}, {kW}), dtype=torch.double, requires_grad=True)",
        f"F.conv2d(x, w{motion}).backward(dy)",
        f"y = w.grad.reshape{output_shape}  # kernel after kernel",
    )
    return Code(lines(*loop), lines(*given, windows, *grouped, needs=(WINDOWS,)), step, lines(*torch, needs=(TORCH,)))


def of_picture(
    output_shape: Shape,
    slides: tuple[Slide, Slide],
    border: tuple[str, object],
    pair_of_kernels: Array,
    shown: tuple[str, str],
) -> Code:
    """Two kernels at once; `shown` says what becomes of gx and gy, in NumPy and in PyTorch."""
    padding: Pairs = (slides[0].padding, slides[1].padding)
    mode, value = border
    kernels = [numbers(name, kernel) for name, kernel in zip(("wx", "wy"), pair_of_kernels, strict=True)]
    given = (*kernels, *((numpy_border(padding, mode, value),) if is_padded(padding) else ()))
    array = "padded" if is_padded(padding) else "x"
    sums = [f"({array}[{{k}}, {seen(slides)}] * {name}).sum()" for name in ("wx", "wy")]
    step = StepLine(f"y[{{k}}, {{r}}, {{c}}] = {put_sums(shown[0], sums)}", ("k", "r", "c"))
    counts = dict(zip("krc", output_shape, strict=True))
    loop = (*given, f"y = np.zeros({output_shape})", *loops(counts, step.looped))
    whole = (
        windows_line(slides, array),
        'gx = np.einsum("krcij,ij->krc", windows, wx)',
        'gy = np.einsum("krcij,ij->krc", windows, wy)',
        f"y = {shown[0]}",
    )
    channels = output_shape[0]
    motion = options(stride=pairs(slides, "stride"), groups=channels)
    torch = (
        *(torch_numbers(name, kernel) for name, kernel in zip(("wx", "wy"), pair_of_kernels, strict=True)),
        *((torch_border(padding, mode, value),) if is_padded(padding) else ()),
        *(f"g{axis} = F.conv2d(x, w{axis}.expand({channels}, 1, -1, -1){motion})" for axis in "xy"),
        f"y = {shown[1]}",
    )
    return Code(lines(*loop), lines(*given, *whole, needs=(WINDOWS,)), step, lines(*torch, needs=(TORCH,)))


def put_sums(text: str, sums: Sequence[str]) -> str:
    return text.replace("gx", sums[0]).replace("gy", sums[1])
