"""What the names of the scene line and of requests mean, in every language: fields of a refusal, words of a visitor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.pictures.samples import SAMPLES
from core.gallery import GALLERY
from core.hints import MOST, plain
from core.hints import names_for as named_in_english
from core.kernels import KERNELS
from core.operations import OPERATIONS
from core.texts import Text

FIELDS: Mapping[str, Text] = {
    **{setting.name: setting.title for operation in OPERATIONS.values() for setting in operation.parameters},
    "address": Text("Address"),
    "body": Text("Body"),
    "compact": Text("Compact"),
    "crop": Text("Region"),
    "detail": Text("Detail"),
    "every": Text("Interval"),
    "filter": Text("Filter"),
    "format": Text("Format"),
    "input": Text("Input"),
    "lang": Text("Language"),
    "layer": Text("Layer"),
    "layers": Text("Layers"),
    "maxheight": Text("Height"),
    "maxwidth": Text("Width"),
    "method": Text("Method"),
    "mode": Text("Mode"),
    "operation": Text("Operation"),
    "operations": Text("Operations"),
    "output": Text("Output"),
    "play": Text("Play"),
    "query": Text("Query"),
    "request": Text("Words of the request"),
    "scene": Text("Scene"),
    "size": Text("Longest side"),
    "source": Text("Source"),
    "start": Text("First step"),
    "step": Text("Step"),
    "steps": Text("Steps"),
    "stop": Text("End"),
    "theme": Text("Theme"),
    "url": Text("Address"),
}

# Words of a course that are no titles; core.hints knows what they are called here.
COURSE = (
    Text("filter"), Text("kernel"), Text("pooling"), Text("activation"), Text("edge"), Text("blur"),
    Text("fully connected"), Text("backpropagation"), Text("subsampling"),
)  # fmt: skip

TITLES: Mapping[str, Text] = {
    **{name: operation.title for name, operation in OPERATIONS.items()},
    **{name: kernel.title for name, kernel in KERNELS.items()},
    **{name: sample.title for name, sample in SAMPLES.items()},
    **{name: figure.title for name, figure in GALLERY.items()},
}
SHORTEST = 2  # letters of a word that is looked for in titles


class Titles:
    """Titles as one language says them, to look a visitor's word up in."""

    def __init__(self, titles: Mapping[str, str], course: Mapping[str, str]) -> None:
        self.titles = [(plain(title), name) for name, title in titles.items()]
        self.course = {plain(said): word for word, said in course.items()}

    def names_for(self, word: str, among: Iterable[str]) -> list[str]:
        """Names whose titles hold the word, the shortest titles first."""
        wanted, known = plain(word), set(among)
        if wanted in self.course:
            return named_in_english(self.course[wanted], known)
        if len(wanted) < SHORTEST or wanted.isascii():
            return []
        found = sorted((len(title), place) for place, (title, _) in enumerate(self.titles) if wanted in title)
        return [name for name in (self.titles[place][1] for _, place in found) if name in known][:MOST]
