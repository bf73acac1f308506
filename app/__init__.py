"""The web around the core: pages, pictures, streams."""

import os

# Before NumPy is first imported: the core divides large pictures itself, and two kinds of threads would get in each
# other's way.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
