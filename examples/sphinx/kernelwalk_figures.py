"""A directive for Sphinx, MyST and Jupyter Book: put this file beside conf.py and add its name to `extensions`.

    .. kernelwalk:: cat 64 | sobel-x
       :format: html
       :caption: Sobel on a cat

In a page it is the player (`html`), a picture (`svg`, `gif`, `png`, ...) or a server's frame (`iframe`, with
`kernelwalk_server` in conf.py); in a PDF, a book or plain text the finished step. Other options are the words of
/render.* (docs/exports.md). `kernelwalk_format` in conf.py says what is drawn where no `:format:` stands. All players
of a book share one script in its `_images`; with `kernelwalk_single = True` each is a file that needs nothing else.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective, SphinxTranslator

from kernelwalk import SceneError
from kernelwalk.figures import Figures

PRINTED = {"still": "1"}  # where nothing moves
SHARED = ("caption", "layer", "steps", "step", "theme", "lang", "width")  # words that a still has too


class KernelwalkFigure(nodes.General, nodes.Element):
    """A scene line with its options."""


class Options(dict[str, Any]):
    """Any name may be an option: which ones there are, Kernelwalk knows."""

    def __bool__(self) -> bool:
        return True

    def __getitem__(self, name: str) -> Any:
        return str

    def __contains__(self, name: object) -> bool:
        return True


class Kernelwalk(SphinxDirective):
    required_arguments, final_argument_whitespace = 1, True
    option_spec = Options()

    def run(self) -> list[nodes.Node]:
        made = KernelwalkFigure(
            "", line=self.arguments[0], told={name: value or "" for name, value in self.options.items()}
        )
        self.set_source_info(made)
        return [made]


def shown(page: SphinxTranslator, node: KernelwalkFigure, told: dict[str, str], folder: Path, address: str) -> str:
    config = page.builder.config
    form, server, shares = config.kernelwalk_format, config.kernelwalk_server, not config.kernelwalk_single
    figures = Figures(folder, form, server, address=f"{address}/{{}}".format, shares=shares)
    try:
        return figures.shown(node["line"], told)
    except SceneError as error:
        raise ExtensionError(f"{node.source}:{node.line}: {error}") from None


def printed(node: KernelwalkFigure, form: str) -> dict[str, str]:
    return {"format": form, **{name: word for name, word in node["told"].items() if name in SHARED}, **PRINTED}


def html(page: SphinxTranslator, node: KernelwalkFigure) -> None:
    builder = page.builder
    told = node["told"] if builder.name != "epub" else printed(node, "png")
    folder = Path(builder.outdir) / builder.imagedir
    page.body.append(f'<div class="kernelwalk">{shown(page, node, told, folder, builder.imgpath)}</div>\n')
    raise nodes.SkipNode


def latex(page: SphinxTranslator, node: KernelwalkFigure) -> None:
    figures = Figures(Path(page.builder.outdir))
    told = printed(node, "pdf")
    form = told.pop("format")
    try:
        name = figures.file(form, node["line"], told)
    except SceneError as error:
        raise ExtensionError(f"{node.source}:{node.line}: {error}") from None
    page.body.append(f"\n\n\\noindent\\sphinxincludegraphics[width=\\linewidth]{{{name}}}\n\n")
    raise nodes.SkipNode


def plain(page: SphinxTranslator, node: KernelwalkFigure) -> None:
    page.add_text(f"[{node['line']}]")
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_config_value("kernelwalk_format", "html", "html", str)
    app.add_config_value("kernelwalk_server", "", "html", str)
    app.add_config_value("kernelwalk_single", False, "html", bool)
    app.add_node(KernelwalkFigure, html=(html, None), latex=(latex, None), text=(plain, None))
    app.add_directive("kernelwalk", Kernelwalk)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
