"""What the command `kernelwalk` can do, one module a word."""
