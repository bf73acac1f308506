"""A walk as a widget of a notebook: its step is one number that Python and the player share.

Needs anywidget, `pip install kernelwalk[jupyter]`. Without it a notebook shows the player as well, but Python cannot
lead it, nor see where it is.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Any, Protocol

import anywidget
import traitlets

from core.errors import SceneError
from core.texts import Text
from kernelwalk.notebook import HEIGHT, MOST_BYTES, WIDTH, WITH_VIEWS

TOO_LARGE = Text("the player of this scene has {size} bytes, more than a notebook should hold ({most})")

# The player in a frame that trusts nobody; what it says goes to Python a few times a second at most, so that a fast
# walk does not fill the way there.
SCRIPT = """
const PAUSE = 80;
export default { render({ model, el }) {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.allow = "fullscreen";
  frame.title = model.get("title");
  frame.style.cssText = "display: block; width: 100%; border: 0";
  frame.style.maxWidth = `${model.get("width")}px`;
  frame.style.height = `${model.get("height")}px`;
  frame.srcdoc = model.get("page");
  const say = (command, value) => frame.contentWindow?.postMessage({ type: "kernelwalk", command, value }, "*");
  let shown = model.get("step"), ready = false, waiting = 0;
  const tell = () => {
    waiting = 0;
    if (model.get("step") === shown) return;
    model.set("step", shown);
    model.save_changes();
  };
  const hear = ({ source, data }) => {
    if (source !== frame.contentWindow || data?.type !== "kernelwalk") return;
    if (data.event === "height" && data.height > 0) frame.style.height = `${Math.min(4000, data.height)}px`;
    if (data.event === "ready") {
      ready = true;
      if (model.get("step") !== shown) say("seek", model.get("step"));
      if (model.get("playing")) say("play");
    }
    if (data.event === "step" && Number.isInteger(data.detail?.index)) {
      shown = data.detail.index;
      waiting ||= setTimeout(tell, PAUSE);
    }
    if (data.event === "play" || data.event === "pause" || data.event === "end") {
      model.set("playing", data.event === "play");
      model.save_changes();
    }
  };
  const seek = () => { if (ready && model.get("step") !== shown) say("seek", shown = model.get("step")); };
  const play = () => { if (ready) say(model.get("playing") ? "play" : "pause"); };
  addEventListener("message", hear);
  model.on("change:step", seek);
  model.on("change:playing", play);
  el.append(frame);
  return () => {
    clearTimeout(waiting);
    removeEventListener("message", hear);
    model.off("change:step", seek);
    model.off("change:playing", play);
  };
} };
"""


class Walked(Protocol):
    """What is asked of a walk."""

    view: str
    opens_at: int

    def index_of(self, index: int) -> int: ...

    def render(self, format: str, **words: object) -> bytes: ...  # noqa: A002


class Widget(anywidget.AnyWidget):
    """The player of a walk; `step` and `playing` may be read, set and observed."""

    _esm = SCRIPT
    page = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    width = traitlets.Int(WIDTH).tag(sync=True)
    height = traitlets.Int(HEIGHT).tag(sync=True)
    step = traitlets.Int(0).tag(sync=True)
    playing = traitlets.Bool(False).tag(sync=True)

    def __init__(self, walk: Walked, width: int = WIDTH, **words: object) -> None:
        page = walk.render("html", **words)
        if len(page) > MOST_BYTES:
            raise SceneError("scene", repr(walk), TOO_LARGE, size=len(page), most=MOST_BYTES)
        self.walk = walk
        height = WITH_VIEWS if words.get("view", walk.view) else HEIGHT
        super().__init__(page=page.decode(), title=repr(walk), width=width, height=height, step=walk.opens_at)

    def __repr__(self) -> str:
        return f"Widget({self.walk!r})"

    def _repr_mimebundle_(self, **words: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """With the step it opens at as a picture, for pages that know no widgets."""
        told, more = super()._repr_mimebundle_(**words) or ({}, {})
        still = self.walk.render("png", steps=str(self.walk.opens_at), still=True)
        return {**told, "image/png": b64encode(still).decode()}, more

    @traitlets.validate("step")
    def _counted(self, proposal: Any) -> int:
        """From the end where it is negative; one that is not there is refused (SceneError)."""
        return self.walk.index_of(proposal["value"])
