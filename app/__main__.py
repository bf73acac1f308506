"""Serves Kernelwalk: `python -m app`, with settings from KERNELWALK_ variables."""

import gc
import sys


def main() -> int:
    gc.disable()  # what a start makes stays: to look for garbage in it again and again took a sixth of its time
    from app.served import main as serve

    return serve()


if __name__ == "__main__":
    sys.exit(main())
