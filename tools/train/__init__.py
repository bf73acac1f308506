"""`python -m tools.train NAME --data FILE`: trains a network with the project's own gradients, and measures it.

data -> pictures -> recipes -> training -> measuring -> writing
"""

import os

# One thread and one kind of BLAS kernel, so that sums are added in one order and a seed gives the same weights again.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_CORETYPE", "Haswell")
