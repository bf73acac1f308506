"""Kernelwalk's core: convolutions and their relatives, whole or step by step, on NumPy alone.

The flow:          scene -> layers -> trace -> steps
The import order:  hints <- texts <- errors <- integers, arguments, limits <- geometry, reach, costs <- coverage,
                   matrices <- values <- kernels <- rules, snippets <- networks, columns <- vocabulary <- bands
                   <- functional <- operations <- literals <- drawn <- source <- scene <- gallery
                   <- trace, programs, places, fields, sizes <- anatomy <- rows <- relations, backward
                   <- telling <- questions; never back.

>>> import core
>>> trace = core.trace("[1 2 3; 4 5 6; 7 8 9] | conv2d [1 0; 0 1]")
>>> len(trace), trace[0]["output"]
(4, 6)
"""

from core.anatomy import classes_in, known_networks
from core.errors import SceneError
from core.fields import fields_of
from core.functional import *  # noqa: F403  # the names of torch.nn.functional
from core.gallery import GALLERY, SECTIONS, figure_of, parse, place_of, planes_of, scene_from_json
from core.kernels import KERNELS, Kernel, kernel_named
from core.known import known_kernels, known_operations
from core.limits import Limits
from core.networks.chains import NETWORKS, network_named
from core.networks.sets import weight_sets, weights_named
from core.operations import OPERATIONS, operation_named
from core.places import point_of, step_near
from core.programs import programs
from core.rows import rows
from core.scene import Scene
from core.source import Source
from core.telling import told
from core.trace import Trace, describe, trace, warnings
from core.vocabulary import Batch, Layer, Operation, Parameter

__all__ = [
    "GALLERY",
    "KERNELS",
    "NETWORKS",
    "OPERATIONS",
    "SECTIONS",
    "Batch",
    "Kernel",
    "Layer",
    "Limits",
    "Operation",
    "Parameter",
    "Scene",
    "SceneError",
    "Source",
    "Trace",
    "classes_in",
    "describe",
    "fields_of",
    "figure_of",
    "kernel_named",
    "known_kernels",
    "known_networks",
    "known_operations",
    "network_named",
    "operation_named",
    "parse",
    "place_of",
    "planes_of",
    "point_of",
    "programs",
    "rows",
    "scene_from_json",
    "step_near",
    "told",
    "trace",
    "warnings",
    "weight_sets",
    "weights_named",
]
