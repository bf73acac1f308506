"""A walk as SVG that moves by CSS alone: inside an <img>, and where scripts are not let in.

What stays is there once for all steps that share it; each step is a group that is seen while it is its turn.
Where less motion is wanted, the last step stands still.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.render.description import Figure
from app.render.sheet import title_of
from app.render.svg import Svg

LAST_STAYS = "@keyframes z{0%,100%{visibility:visible}}.z{animation-name:z!important;animation-fill-mode:forwards}"


def animated(figure: Figure, steps: Sequence[int], width: int, seconds: Sequence[float], loop: bool) -> bytes:
    """Each step stays for so many seconds."""
    svg, total = Svg(), sum(seconds)
    groups: list[str] = []
    runs: list[tuple[Any, float, float, str]] = []  # what stays, from when, until when
    begun = 0.0
    for step, stay in zip(figure.walked(steps), seconds, strict=True):
        key = figure.key(step)
        if runs and runs[-1][0] == key:
            runs[-1] = (key, runs[-1][1], begun + stay, runs[-1][3])
        else:
            runs.append((key, begun, begun + stay, svg.drawn(figure.still(step))))
        last = len(groups) == len(steps) - 1
        groups.append(group(svg.drawn(figure.moving(step)), "b" if last and stay != seconds[0] else "a", begun, last))
        begun += stay
    rules = [turn("a", seconds[0], total), turn("b", seconds[-1], total)]
    stays = []
    for place, (_, start, stop, body) in enumerate(runs):
        last = place == len(runs) - 1
        if len(runs) == 1:
            stays.append(body)
            continue
        rules.append(turn(f"s{place}", stop - start, total))
        stays.append(group(body, f"s{place}", start, last))
    times = "infinite" if loop else "1"
    ends = "" if loop else LAST_STAYS
    style = (
        f".f{{visibility:hidden;animation:a {total:.2f}s step-end {times}}}{''.join(rules)}{ends}"
        "@media(prefers-reduced-motion:reduce){.f{animation:none!important}.z{visibility:visible}}"
    )
    return svg.document(figure.size, width, title_of(figure), "".join([*stays, *groups]), style)


def group(body: str, name: str, begun: float, last: bool) -> str:
    kind = f"f {name}" if name != "a" else "f"
    return f'<g class="{kind}{" z" if last else ""}" style="animation-delay:{begun:.2f}s">{body}</g>'


def turn(name: str, stay: float, total: float) -> str:
    """Seen for so long at the beginning of each round, which begins with the delay of the group."""
    share = f"{100 * stay / total:.4f}"
    frames = f"@keyframes {name}{{0%{{visibility:visible}}{share}%{{visibility:hidden}}}}"
    return frames if name == "a" else f"{frames}.{name}{{animation-name:{name}!important}}"
