"""How many numbers does the layer learn? Weights and biases, with what is forgotten or counted twice."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator

from core.operations.weights import Weight
from core.questions.question import Question, Slip, distinct
from core.questions.showing import settings_of
from core.texts import Text
from core.trace import Trace

PROMPTS = {  # by whether there is a bias
    True: Text(
        "{kernels} {kernels|kernel/kernels} of {rows} × {cols} on an input of {channels} {channels|channel/channels},"
        " with bias: how many parameters does the layer learn?"
    ),
    False: Text(
        "{kernels} {kernels|kernel/kernels} of {rows} × {cols} on an input of {channels} {channels|channel/channels},"
        " without bias: how many parameters does the layer learn?"
    ),
}
DENSE_PROMPTS = {
    True: Text("{kernels} outputs, each from {channels} inputs, with bias: how many parameters does the layer learn?"),
    False: Text(
        "{kernels} outputs, each from {channels} inputs, without bias: how many parameters does the layer learn?"
    ),
}
WINDOW_PROMPT = Text(
    "{operation} on an input of {channels} {channels|channel/channels}: how many parameters does the layer learn?"
)
NONE = Text("Nothing is learned here: 0 parameters.")
COUNT = Text(
    "{kernels} {kernels|kernel/kernels} × {channels} {channels|channel/channels} × {rows} × {cols} = {weights} weights"
)
SHARED = Text("One kernel of {rows} × {cols} = {weights} weights, which all channels share")
BIASES = Text("+ {biases} {biases|bias/biases} = {count}")

NO_BIAS = Text("{count} leaves out the biases: there is one for each kernel.")
A_BIAS = Text("{count} counts a bias for each kernel: this layer has none.")
ONE_BIAS = Text("{count} counts one bias for all kernels: each kernel has its own.")
NO_CHANNELS = Text("{count} leaves out the channels: a kernel has weights for every channel of its input.")
ALL_CHANNELS = Text("{count} lets each kernel see all channels: in groups it sees those of its own group.")
ONE_KERNEL = Text("{count} counts one kernel: there are {kernels}.")
EACH_CHANNEL = Text("{count} counts the kernel once for each channel: all channels share one.")
MULTIPLIED = Text("{count} counts the kernel anew at each place of the output: the weights are shared.")
DENSE = Text("{count} is what a fully connected layer of the same sizes would learn.")
WINDOW = Text("{count} counts the cells of the window: they are compared or averaged, not weighted.")
STEPS = Text("{count} is the number of cells in the output: parameters do not depend on it.")
MULTIPLICATIONS = Text("{count} is the number of multiplications, not of parameters.")

MOST = 10**9


def can_ask(trace: Trace) -> bool:
    return trace.layer.parameter_count() > 0 or hasattr(trace.layer, "slides")


def question(trace: Trace, seed: int, index: int, chance: random.Random) -> Question | None:
    answer = (float(trace.layer.parameter_count()),)
    weight = getattr(trace.layer, "weight", None)
    known = weight if isinstance(weight, Weight) and answer[0] else None
    found = [*(of_weight(trace, known) if known else of_window(trace)), *of_sizes(trace)]
    shown = settings_of(trace) | ({"weight_shape": list(known.shape), "biases": known.bias.count} if known else {})
    return Question(
        "parameters",
        seed,
        index,
        prompt_of(trace, known),
        "number",
        answer,
        explained(known, int(answer[0])),
        distinct(found, answer),
        shown=shown,
        revealed=shown,
    )


def prompt_of(trace: Trace, weight: Weight | None) -> Text:
    channels = trace.input_shape[0]
    if weight is None:
        return Text(WINDOW_PROMPT.template, operation=trace.operation.title, channels=channels)
    kernels, _, rows, cols = weight.shape
    prompts = DENSE_PROMPTS if trace.input_shape[1:] == (1, 1) else PROMPTS
    kernels = 1 if weight.depthwise else kernels
    facts = {"kernels": kernels, "rows": rows, "cols": cols, "channels": channels}
    return Text(prompts[bool(weight.bias.count)].template, **facts)


def explained(weight: Weight | None, count: int) -> tuple[Text, ...]:
    if weight is None:
        return (NONE,) if not count else (Text("{count} parameters in all.", count=count),)
    kernels, channels, rows, cols = weight.shape
    weights = count - weight.bias.count
    template = SHARED if weight.depthwise else COUNT
    facts = {"kernels": kernels, "channels": channels, "rows": rows, "cols": cols, "weights": weights}
    biases = (Text(BIASES.template, biases=weight.bias.count, count=count),) if weight.bias.count else ()
    return (Text(template.template, **facts), *biases)


def of_weight(trace: Trace, weight: Weight) -> Iterator[Slip]:
    kernels, channels, rows, cols = weight.shape
    count = trace.layer.parameter_count()
    biases = weight.bias.count
    weights, one = count - biases, rows * cols
    if biases:
        yield slip(weights, NO_BIAS)
        yield slip(weights + 1, ONE_BIAS)
    else:
        yield slip(weights + kernels, A_BIAS)
    if weight.depthwise:
        yield slip(trace.input_shape[0] * one + biases, EACH_CHANNEL)
    else:
        yield slip(kernels * one + biases, NO_CHANNELS)
        yield slip(channels * one + min(biases, 1), ONE_KERNEL, kernels=kernels)
        yield slip(one + min(biases, 1), ONE_KERNEL, kernels=kernels)
        yield slip(kernels * trace.input_shape[0] * one + biases, ALL_CHANNELS)
    yield slip(weights * math.prod(trace.output_shape[1:]) + biases, MULTIPLIED)


def of_window(trace: Trace) -> Iterator[Slip]:
    slides = getattr(trace.layer, "slides", ())
    cells = math.prod(slide.kernel_size for slide in slides)
    yield slip(cells, WINDOW)
    yield slip(cells * trace.input_shape[0], WINDOW)


def of_sizes(trace: Trace) -> Iterator[Slip]:
    """Counts that have nothing to do with sharing a kernel."""
    inputs, outputs = math.prod(trace.input_shape), math.prod(trace.output_shape)
    yield slip(inputs * outputs, DENSE)
    yield slip(inputs * outputs + outputs, DENSE)
    yield slip(outputs, STEPS)
    yield slip(trace.layer.multiply_adds(), MULTIPLICATIONS)


def slip(count: int, why: Text, **facts: object) -> Slip:
    return Slip((float(count),), Text(why.template, count=f"{count:,}", **facts))
