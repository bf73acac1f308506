"""A hook for MkDocs: put this file beside mkdocs.yml and name it under `hooks:`.

A figure is a block, ```kernelwalk format=html, with a scene line in it, or a comment, as `kernelwalk build` reads them
(docs/command-line.md). `extra: {kernelwalk: {format: svg, server: https://...}}` in mkdocs.yml says what is drawn where
a figure does not say it. Drawn figures are kept in .kernelwalk/ and drawn anew only when they change. All players of a
site share one script beside them; with `single: true` there each is a file that needs nothing.
"""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from kernelwalk import SceneError
from kernelwalk.documents import DocumentError, Figure, built
from kernelwalk.figures import Figures

FOLDER = "kernelwalk"


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    kept = Path(config.config_file_path).parent / ".kernelwalk"
    told = config.extra.get("kernelwalk", {})

    def address(name: str) -> str:
        place = f"{FOLDER}/{name}"
        if files.get_file_from_path(place) is None:
            files.append(File.generated(config, place, abs_src_path=str(kept / name)))
        return files.get_file_from_path(place).url_relative_to(page.file)

    form, server, shares = told.get("format", "html"), told.get("server", ""), not told.get("single", False)
    figures = Figures(kept, form, server, address=address, shares=shares)

    def show(figure: Figure) -> str:
        try:
            shown = figures.figure(figure, as_html=True)
        except SceneError as error:
            raise PluginError(f"{page.file.src_uri}:{figure.number}: {error}") from None
        for name in figures.wanted:  # the player that they share, too
            address(name)
        return shown

    try:
        return built(markdown, show)
    except DocumentError as error:
        raise PluginError(f"{page.file.src_uri}:{error.number}: {error}") from None
