"""A walk in a notebook: the player in a frame of its own, a still for where no script runs, and a line of text."""

from __future__ import annotations

from base64 import b64encode
from functools import cached_property
from html import escape
from typing import Any, Protocol

from app.messages import Speech
from core.integers import whole
from core.texts import Text

WIDTH, HEIGHT = 700, 440
WITH_VIEWS = 860
NARROWEST, WIDEST = 320, 3840
MOST_BYTES = 2_000_000  # of a player inside a notebook: beyond that it is a file of its own
MEGABYTE = 1_000_000

TITLE = Text("A walk over {scene}")
TOO_LARGE = Text(
    "The player of this scene is {size} MB, more than a notebook should hold ({most} MB): "
    "walk.save(\"figure.html\") keeps it as a file of its own."
)

# Beside the frame: it takes the height that its player tells, and the player the paper of the page around it.
SCRIPT = """(()=>{const figure=document.currentScript?.previousElementSibling,frame=figure?.querySelector("iframe");
if(!frame)return;const still=figure.querySelector("img");
const paper=()=>{for(let node=figure;node;node=node.parentElement){
const parts=getComputedStyle(node).backgroundColor.match(/[\\d.]+/g);
if(parts&&(parts.length<4||+parts[3]>0.5)){const [r,g,b]=parts.map(Number);return .3*r+.59*g+.11*b<128?"dark":"light"}}
return matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light"};
addEventListener("message",({source,data})=>{
if(source!==frame.contentWindow||data?.type!=="kernelwalk")return;
if(data.event==="height"&&data.height>0)figure.style.height=`${Math.min(4000,data.height)}px`;
if(data.event!=="ready")return;if(still)still.style.visibility="hidden";
if(!figure.dataset.theme)source.postMessage({type:"kernelwalk",command:"theme",value:paper()},"*")})})()"""


class Walked(Protocol):
    """What is asked of a walk."""

    view: str
    theme: str | None
    opens_at: int
    speech: Speech

    @property
    def line(self) -> str: ...

    def render(self, format: str, **words: object) -> bytes: ...  # noqa: A002


class Shown:
    """What a notebook is given of a walk; each part is made once."""

    def __init__(self, walk: Walked, width: int = WIDTH, **words: object) -> None:
        self.walk = walk
        self.width = whole("width", width, NARROWEST, WIDEST)
        self.words = words

    @cached_property
    def page(self) -> bytes:
        """The player with its steps."""
        return self.walk.render("html", **self.words)

    @cached_property
    def still(self) -> bytes:
        """The step it opens at."""
        return self.walk.render("png", steps=str(self.walk.opens_at), still=True, theme=self.walk.theme or "light")

    @property
    def fits(self) -> bool:
        return len(self.page) <= MOST_BYTES

    @cached_property
    def html(self) -> str:
        """The frame over its still, so that what takes frames out leaves the picture."""
        said = self.walk.speech(TITLE, scene=self.walk.line)
        title = escape(said if len(said) <= WIDTH else f"{said[:WIDTH]}...")
        picture = f"data:image/png;base64,{b64encode(self.still).decode()}"
        still = f'<img src="{picture}" alt="{title}" style="display:block;width:100%;max-width:{WIDTH}px">'
        style = f"position:relative;max-width:{self.width}px;overflow:hidden"
        if not self.fits:
            sizes = {"size": f"{len(self.page) / MEGABYTE:.1f}", "most": f"{MOST_BYTES / MEGABYTE:g}"}
            return f'<div style="{style}">{still}<p>{escape(self.walk.speech(TOO_LARGE, **sizes))}</p></div>'
        theme = f' data-theme="{self.walk.theme}"' if self.walk.theme else ""
        frame = (
            f'<iframe srcdoc="{escape(self.page.decode())}" sandbox="allow-scripts" allow="fullscreen" title="{title}"'
            ' frameborder="0" style="position:absolute;inset:0;width:100%;height:100%;border:0"></iframe>'
        )
        figure = f'<div{theme} style="{style};height:{self.height}px">{still}{frame}</div>'
        return f"{figure}<script>{SCRIPT}</script>"

    @property
    def height(self) -> int:
        """Until the player has told its own, or where nobody listens to it."""
        return WITH_VIEWS if self.words.get("view", self.walk.view) else HEIGHT

    def bundle(self) -> dict[str, Any]:
        """What Jupyter chooses from."""
        size = len(self.html) / 1000
        return {
            "text/html": self.html,
            "image/png": b64encode(self.still).decode(),
            "text/plain": f"{self.walk!r}, {size:.0f} kB in this notebook",
        }

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return self.bundle()

    def _repr_html_(self) -> str:
        return self.html

    def _mime_(self) -> tuple[str, str]:
        return "text/html", self.html

    def __repr__(self) -> str:
        return repr(self.walk)


def shown(walk: Walked, **words: Any) -> Shown:
    """The parts of a walk for a notebook."""
    return Shown(walk, **words)
