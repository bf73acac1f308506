"""A small book of Sphinx with figures of Kernelwalk: sphinx-build -W . _build"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "Kernelwalk in Sphinx"
extensions = ["myst_parser", "kernelwalk_figures"]
exclude_patterns = ["_build"]
html_theme = "alabaster"
