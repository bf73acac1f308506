"""The code of a layer: lines of Python that compute its map in NumPy, PyTorch and Keras."""
