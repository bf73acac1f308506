"""A figure of the course: its scene, where it opens, and what its page says of it."""

from __future__ import annotations

from dataclasses import dataclass

from core.texts import Text


@dataclass(frozen=True, slots=True)
class GalleryScene:
    """One figure: its permanent name, the part of the course it belongs to, its line, title and caption."""

    id: str
    section: str
    line: str
    title: Text
    about: Text  # two sentences
    layer: int = 0  # which layer it opens on, and at which step
    step: int = 0
    views: str = ""  # what stands under the stage, words joined by +
    compare: str = ""  # the scene beside it
    stops: tuple[tuple[str, Text], ...] = ()  # where playing pauses, as an address says it, and what is said there
    channels: tuple[Text, ...] = ()  # what the channels of the input are called, where they are more than channels
    maps: tuple[Text, ...] = ()  # and those of the output
    notes: tuple[Text, ...] = ()  # conventions that clash with others, and slips that slides are known for
