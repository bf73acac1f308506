"""The curriculum's scenes, one row each: a permanent name, a title and a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core import scene
from core.scene import Scene

FIVE = "[1 2 3 4 5; 2 1 0 1 2; 3 0 1 1 0; 1 4 1 1 2; 2 1 1 0 0]"
CROSS = "[1 0 1; 1 0 1; 0 1 0]"
FOUR = "[1 3 2 1; 4 6 5 0; 7 2 9 8; 1 0 3 4]"


@dataclass(frozen=True, slots=True)
class GalleryScene:
    id: str
    en: str
    ko: str
    line: str

    @property
    def title(self) -> dict[str, str]:
        return {"en": self.en, "ko": self.ko}


ROWS: tuple[GalleryScene, ...] = (
    GalleryScene("first-steps", "The first steps", "첫 스텝들", f"{FIVE} | conv2d {CROSS}"),
    GalleryScene("stride-2", "Stride 2", "스트라이드 2", f"{FIVE} | conv2d {CROSS} stride=2"),
    GalleryScene("zero-padding", "Zero padding", "제로 패딩", f"{FIVE} | conv2d {CROSS} padding=1"),
    GalleryScene("dilated", "Dilation 2", "팽창 2", f"{FIVE} | conv2d {CROSS} dilation=2"),
    GalleryScene("sobel", "Sobel gradient", "소벨 기울기", "cat 64 | sobel"),
    GalleryScene("max-pool", "Max pooling", "최대 풀링", f"{FOUR} | max_pool2d 2"),
    GalleryScene("avg-pool", "Average pooling", "평균 풀링", f"{FOUR} | avg_pool2d 2"),
    GalleryScene(
        "relu-map", "A feature map before and after ReLU", "ReLU 전과 후의 특성 맵", "cat 64 | conv2d sobel-x | relu"
    ),
)

GALLERY: Mapping[str, GalleryScene] = {row.id: row for row in ROWS}
LIBRARY: Mapping[str, str] = {row.id: row.line for row in ROWS}


def parse(line: str) -> Scene:
    """A scene from its line, where @id is a scene of the curriculum."""
    return scene.parse(line, LIBRARY)


def scene_from_json(value: object) -> Scene:
    """A scene from its JSON, where the source @id is a scene of the curriculum."""
    return scene.scene_from_json(value, LIBRARY)
