"""Whole feature maps, exact and fast: the names, arguments and defaults of torch.nn.functional, on NumPy alone.

Begin with `convolution.py` and `plain.py`, the definition; every faster way stands beside it and is tested by it.
"""

from core.algorithms.planner import Plan
from core.algorithms.plans import plan
from core.algorithms.threads import get_num_threads, set_num_threads
from core.functional.activations import (
    cross_entropy,
    cross_entropy_backward,
    elu,
    elu_backward,
    leaky_relu,
    leaky_relu_backward,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    softmax,
    softmax_backward,
    tanh,
    tanh_backward,
)
from core.functional.adaptive import (
    adaptive_avg_pool2d,
    adaptive_max_pool2d,
    channel_avg_pool,
    channel_max_pool,
    global_avg_pool2d,
    global_max_pool2d,
    maxout,
)
from core.functional.backward import (
    avg_pool2d_backward,
    conv2d_backward,
    conv_transpose2d_backward,
    max_pool2d_backward,
)
from core.functional.convolution import conv1d, conv2d
from core.functional.edges import gradient_direction, gradient_length, gradient_magnitude
from core.functional.linear import flatten, linear, linear_backward, nchw, nhwc
from core.functional.padding import pad
from core.functional.pooling import avg_pool2d, lp_pool2d, max_pool2d
from core.functional.sizes import output_shape
from core.functional.transposed import conv_transpose2d
from core.functional.unfold import fold, unfold

__all__ = [
    "Plan",
    "adaptive_avg_pool2d",
    "adaptive_max_pool2d",
    "avg_pool2d",
    "avg_pool2d_backward",
    "channel_avg_pool",
    "channel_max_pool",
    "conv1d",
    "conv2d",
    "conv2d_backward",
    "conv_transpose2d",
    "conv_transpose2d_backward",
    "cross_entropy",
    "cross_entropy_backward",
    "elu",
    "elu_backward",
    "flatten",
    "fold",
    "get_num_threads",
    "global_avg_pool2d",
    "global_max_pool2d",
    "gradient_direction",
    "gradient_length",
    "gradient_magnitude",
    "leaky_relu",
    "leaky_relu_backward",
    "linear",
    "linear_backward",
    "lp_pool2d",
    "max_pool2d",
    "max_pool2d_backward",
    "maxout",
    "nchw",
    "nhwc",
    "output_shape",
    "pad",
    "plan",
    "relu",
    "relu_backward",
    "set_num_threads",
    "sigmoid",
    "sigmoid_backward",
    "softmax",
    "softmax_backward",
    "tanh",
    "tanh_backward",
    "unfold",
]
