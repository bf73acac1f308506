"""Training: batched layers with their backward passes, losses, and the descent that moves the weights.

Arrays are laid out (C, H, W, N), the batch last: then every copy of a window, every product and every sum runs along
whole batches, and a product of matrices gives the next layer's layout without turning anything. The mathematics is that
of `core.functional` and its gradients, one batch at a time; tests hold the two equal.

    chain -> layers -> losses -> descent
"""
