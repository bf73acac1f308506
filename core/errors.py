"""The one way the core says no: which field, what was in it, and the rule it broke."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from core import hints
from core.texts import PLACE, Name, Say, Text, in_english

LONGEST_VALUE = 80
SHORT_LIST = 24  # names that a sentence lists; of more it names the nearest
NEAREST = 3
MEANT = 0.6  # a word so much like a name, of 1 for the same, may have been meant for it
SLIP = 0.8

SENTENCE = "{field} is {value}: {rule}"

HERE_CALLED = Text("here it is called {names}")
A_CHAIN = Text("here it is a chain of operations, such as {example}")
A_SETTING = Text("it is a setting: write it beside its operation, such as {example}")
# By whether a name comes near enough to be meant, and whether the whole list is short enough to be told.
FEW = (Text("choose one of {choices}"), Text("did you mean {nearest}? choose one of {choices}"))
MANY = (
    Text("there is none of that name, the nearest are {nearest}, {others}: {listed} lists all {count}"),
    Text("did you mean {nearest}? or {others}? {listed} lists all {count}"),
)


class SceneError(ValueError):
    """A user's mistake, told in the words of the form.

    `rule` is an English template, which is also its key in the message catalogues; `facts` fill it in. Another language
    may say the whole sentence with it, the field and the value too. `fix` is the line of a scene that mends it, where
    that is clear.

    >>> str(SceneError("stride", 0, "must be at least {minimum}", minimum=1))
    'stride is 0: must be at least 1'
    """

    fix: str | None = None

    def __init__(self, field: str, value: object, rule: str, **facts: object) -> None:
        self.field = field
        self.value = value
        self.rule = rule
        self.facts = facts
        super().__init__(self.detail())

    def detail(self, say: Say = in_english) -> str:
        """The sentence in the language that `say` speaks."""
        rule, facts = self.broken(say)
        whole = {"field": field_name(self.field), "value": quoted(self.value), **facts}
        said = say(rule, **whole)
        return said if is_whole(say.spoken(rule)) else say(SENTENCE, **whole | {"rule": said})

    def advice(self, say: Say = in_english) -> str:
        """The rule alone."""
        rule, facts = self.broken(say)
        return say(rule, field=field_name(self.field), value=quoted(self.value), **facts)

    def broken(self, say: Say) -> tuple[str, dict[str, object]]:
        """The rule and its facts, as they are told to somebody who speaks that language."""
        return self.rule, self.facts


class UnknownWord(SceneError):
    """A word nobody knows; a language, or a course, may have its own words for those that are known."""

    def __init__(self, field: str, word: str, known: list[str], rule: str, **facts: object) -> None:
        self.known = known
        super().__init__(field, word, rule, **facts)

    def broken(self, say: Say) -> tuple[str, dict[str, object]]:
        names = say.names_for(str(self.value)[:LONGEST_VALUE], self.known)
        return (HERE_CALLED, {"names": ", ".join(names)}) if names else super().broken(say)


def field_name(field: str) -> str:
    """A field as a fact of a sentence."""
    return field if type(field) is not str else Name(field)


def is_whole(template: str) -> bool:
    """Whether a sentence says the field or the value itself."""
    return any(place[1] in ("field", "value") for place in PLACE.finditer(template))


def quoted(value: object) -> str:
    """A value as a refusal quotes it: short, and on one line."""
    try:
        text = " ".join(map(str.strip, repr(value).splitlines()))  # of an array they are several
    except ValueError:  # Python prints no integer of more than 4,300 digits
        return "a number of thousands of digits"
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 3] + "..."


def unknown(field: str, word: str, choices: Iterable[str], listed: str = "") -> SceneError:
    """A refusal of a word nobody knows: with all there are, or where there are many, the nearest and where all stand.

    >>> str(unknown("operation", "sobell", ["sobel", "roberts"]))
    "operation is 'sobell': did you mean sobel? choose one of sobel, roberts"
    >>> str(unknown("operation", "stride=2", ["sobel", "roberts"]))
    "operation is 'stride=2': it is a setting: write it beside its operation, such as conv2d sobel-x stride=2"
    """
    if field == "operation" and (told := foreseen(word)):
        return SceneError(field, word, told[0], example=told[1])
    known = list(choices)
    near, meant = nearest(word, known)
    facts = {"nearest": near[0], "others": ", ".join(near[1:])} if near else {}
    if listed and len(known) > SHORT_LIST:
        return UnknownWord(field, word, known, MANY[meant], listed=listed, count=len(known), **facts)
    return UnknownWord(field, word, known, FEW[meant], choices=", ".join(known), **facts)


def foreseen(word: str) -> tuple[str, str] | None:
    """What people write where an operation belongs, that is none: a whole network, or a setting."""
    setting, equals, _ = word.lower().partition("=")
    if chain := hints.CHAINS.get(hints.plain(word)):
        return A_CHAIN, chain
    if setting in hints.SETTINGS and (equals or hints.plain(setting) not in hints.SAID):
        return A_SETTING, hints.SETTINGS[setting]
    return None


def nearest(word: str, known: list[str]) -> tuple[list[str], bool]:
    """The three names most like a word, the nearest first, and whether it is so near that it may have been meant.

    What courses say, with a slip of the pen at most, counts for the names it has here.

    >>> nearest("blurr", ["elu", "gaussian-3", "box-3", "round"])
    (['gaussian-3', 'box-3', 'elu'], True)
    """
    among = set(known)
    said = [(alias, name) for alias, names in hints.SAID.items() for name in names if name in among]
    matcher = SequenceMatcher(None, "", word[:LONGEST_VALUE].lower())
    likeness: dict[str, float] = {}
    for spelled, name in [*zip(known, known, strict=True), *said]:
        matcher.set_seq1(spelled)
        like = matcher.ratio()
        if spelled == name or like >= SLIP:
            likeness[name] = max(likeness.get(name, 0), like)
    near = sorted(likeness, key=lambda name: (likeness[name], name), reverse=True)[:NEAREST]
    return near, bool(near) and likeness[near[0]] >= MEANT
