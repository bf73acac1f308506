"""The names that imports have in the wheel."""

import pytest

from tools.wheel import renamed


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("import core", "from kernelwalk import core"),
        ("from core import trace", "from kernelwalk.core import trace"),
        ("from core.scene import Scene as S", "from kernelwalk.core.scene import Scene as S"),
        ("from app.wire.stream import steps", "from kernelwalk.app.wire.stream import steps"),
        ("from tools.train.data import read", "from kernelwalk.train.data import read"),
        ("from corelib import core", "from corelib import core"),
        ("from kernelwalk.walking import walk", "from kernelwalk.walking import walk"),
        ("import numpy, core_of_earth", "import numpy, core_of_earth"),
        ('text = "import core"', 'text = "import core"'),
        ('"""Says\nimport core\n"""', '"""Says\nimport core\n"""'),
        ("def late():\n    from core import trace", "def late():\n    from kernelwalk.core import trace"),
        ("from core import (\n    a,\n    b,\n)", "from kernelwalk.core import (\n    a,\n    b,\n)"),
    ],
)
def test_imports_of_ours_begin_with_the_one_name(line: str, said: str) -> None:
    assert renamed(line) == said


@pytest.mark.parametrize("line", ["import core.scene", "import core, numpy", "import core.scene as scene"])
def test_imports_that_would_bind_another_name_stop_the_build(line: str) -> None:
    with pytest.raises(ValueError, match="line 1"):
        renamed(line)
