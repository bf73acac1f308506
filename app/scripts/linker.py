"""Many modules in, one out: plain concatenation in import order, so that a page waits for one script only.

What cannot be joined that plainly is refused when the server starts: default, renamed or repeated exports, import
cycles, top-level await, a name that two modules use. What comes late is an entry of its own, imported by its address;
where it comes after another, it leans on that: what is there already is imported from it instead of joined again.
All of it stands inside one function, where names are nobody else's: there they may be made short.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from posixpath import dirname, join, normpath, relpath

from rcssmin import cssmin

from app.scripts.javascript import ScriptError, blanked

IMPORT = re.compile(r"^import\b[^;]*;[ \t]*\n?", re.MULTILINE)
NAMED = re.compile(r'import\s*\{([^{}]*)\}\s*from\s*"(\./[^"]+|\.\./[^"]+)"\s*;')
SHEET = re.compile(r'import\s+(\w+)\s+from\s*"(\.{1,2}/[^"]+\.css)"\s*with\s*\{\s*type:\s*"css"\s*\}\s*;')
DECLARED = re.compile(
    r"^(export )?(?:async )?(?:const|let|var|function\*?|class)\s*(?P<name>[\w$]+|[{\[])", re.MULTILINE
)
EXPORT = re.compile(r"^export\b", re.MULTILINE)
PLAIN_EXPORT = re.compile(r"export (?:async function|function|const|class)\b")  # never given another value
FORBIDDEN = (
    (re.compile(r"^await\b", re.MULTILINE), "top-level await"),
    (re.compile(r"\bimport\s*\((?!address\))"), "import()"),
)


class LinkError(ValueError):
    """A module that cannot be joined with the others; says which and why."""


@dataclass(frozen=True, slots=True)
class Module:
    """One file: its text, the same text with strings and comments blanked, and what it imports."""

    path: str
    text: str
    bare: str

    @property
    def declared(self) -> dict[str, bool]:
        """Top-level names, and whether they are exported."""
        return {found["name"]: bool(found[1]) for found in DECLARED.finditer(self.bare)}

    def refuse(self, why: str) -> LinkError:
        return LinkError(f"{self.path}: {why}")


def link(entry: str, sources: Mapping[str, str], base: str = "", users: Sequence[str] = ()) -> str:
    """The module `entry` with everything it imports, as one module: without what its `base` has, and with what its
    `users` borrow from it."""
    ordered = modules_of(entry, sources)
    there = {module.path for module in modules_of(base, sources)} if base else set()
    own = [module for module in ordered if module.path not in there]
    taken = borrowed(own, there)
    check_names(own, dict.fromkeys(taken, base))
    sheets: dict[str, str] = {}
    bodies = [body(module, sources, sheets) for module in own]
    head = f"import{{{','.join(taken)}}}from{json.dumps(beside(entry, base))};\n" if base else ""
    here = {module.path for module in ordered}
    lent = {name for user in users for name in borrowed_by(user, sources, here)}
    exported = {name for name, is_exported in ordered[-1].declared.items() if is_exported}
    return head + enclosed("".join(bodies), sorted(lent | exported))


def enclosed(inside: str, exported: list[str]) -> str:
    """The same as a function that is called at once, and what it makes for others."""
    if not exported:
        return f"(()=>{{\n{inside}}})();\n"
    names = f"{{{','.join(exported)}}}"
    return f"const{names}=(()=>{{\n{inside}return{names};\n}})();\nexport{names};\n"


def modules_of(entry: str, sources: Mapping[str, str]) -> list[Module]:
    """What a script is joined from, in order."""
    ordered: list[Module] = []
    visit(entry, sources, ordered, [])
    return ordered


def borrowed(own: list[Module], there: set[str]) -> list[str]:
    """Names that these modules import from those that are there already."""
    return sorted({name for module in own for names, path in named_imports(module) if path in there for name in names})


def borrowed_by(user: str, sources: Mapping[str, str], there: set[str]) -> list[str]:
    return borrowed([module for module in modules_of(user, sources) if module.path not in there], there)


def beside(entry: str, base: str) -> str:
    """Where one script finds another."""
    path = relpath(base, dirname(entry) or ".")
    return path if path.startswith(".") else f"./{path}"


def visit(path: str, sources: Mapping[str, str], ordered: list[Module], above: list[str]) -> None:
    """Depth first, so that what is imported comes before who imports it."""
    if path in above:
        raise LinkError(f"{path}: imports itself by way of {', '.join(above[above.index(path) + 1 :]) or 'itself'}")
    if any(module.path == path for module in ordered):
        return
    if path not in sources:
        raise LinkError(f"{above[-1] if above else path}: {path} is not there")
    module = read_module(path, sources[path])
    for names, target in named_imports(module):
        visit(target, sources, ordered, [*above, path])
        exported = next(found for found in ordered if found.path == target).declared
        for name in names:
            if not exported.get(name):
                raise module.refuse(f"{target} does not export {name}")
    check_plain(module, is_entry=not above)
    ordered.append(module)


@lru_cache(maxsize=1024)
def read_module(path: str, text: str) -> Module:
    try:
        return Module(path, text, blanked(text))
    except ScriptError as error:
        raise LinkError(f"{path}: {error}") from None


def import_statements(module: Module) -> list[str]:
    return [module.text[found.start() : found.end()].strip() for found in IMPORT.finditer(module.bare)]


def named_imports(module: Module) -> list[tuple[list[str], str]]:
    found = []
    for statement in import_statements(module):
        named = NAMED.fullmatch(statement)
        if named:
            names = [name.strip() for name in named[1].split(",") if name.strip()]
            if any(not re.fullmatch(r"[\w$]+", name) for name in names):
                raise module.refuse(f"renames what it imports: {statement}")
            found.append((names, resolved(module.path, named[2])))
        elif not SHEET.fullmatch(statement):
            raise module.refuse(f"cannot link {statement}")
    return found


def resolved(path: str, target: str) -> str:
    return normpath(join(dirname(path), target))


def check_plain(module: Module, is_entry: bool) -> None:
    for found in EXPORT.finditer(module.bare):
        if not PLAIN_EXPORT.match(module.bare, found.start()):
            line = module.text[found.start() :].split("\n")[0]
            raise module.refuse(f"exports only where it declares, not {line}")
    for pattern, what in FORBIDDEN:
        if pattern.search(module.bare):
            raise module.refuse(f"cannot link {what}")
    if not is_entry and "import.meta" in module.bare:
        raise module.refuse("import.meta means the entry's address once linked")
    if {"{", "["} & module.declared.keys():
        raise module.refuse("takes a value apart at the top level: give each name its own declaration")


def check_names(modules: list[Module], owners: dict[str, str]) -> None:
    """A name at the top of one module must not be at the top of another, nor one that is borrowed."""
    for module in modules:
        for name in module.declared:
            if name in owners:
                raise module.refuse(f"{name} is also a top-level name of {owners[name]}")
            owners[name] = module.path
    for module in modules:
        for name, path in sheet_imports(module).items():
            if owners.setdefault(name, path) != path:
                raise module.refuse(f"{name} is also a top-level name of {owners[name]}")


def sheet_imports(module: Module) -> dict[str, str]:
    sheets = (SHEET.fullmatch(statement) for statement in import_statements(module))
    return {found[1]: resolved(module.path, found[2]) for found in sheets if found}


def body(module: Module, sources: Mapping[str, str], sheets: dict[str, str]) -> str:
    """A module's text without its imports and the word export; style sheets become constructed ones."""
    opening = []
    for name, path in sheet_imports(module).items():
        if path not in sources:
            raise module.refuse(f"{path} is not there")
        if name not in sheets:
            sheets[name] = path
            opening.append(f"const {name} = new CSSStyleSheet();\n{name}.replaceSync({quoted(sources[path])});\n")
    cuts = [(found.start(), found.end()) for found in IMPORT.finditer(module.bare)]
    cuts += [(found.start(), found.start() + len("export ")) for found in EXPORT.finditer(module.bare)]
    return "".join(opening) + without(module.text, cuts).rstrip() + "\n"


def quoted(sheet: str) -> str:
    """A style sheet as a string of JavaScript, on one line."""
    return json.dumps(cssmin(sheet), ensure_ascii=False)


def without(text: str, cuts: list[tuple[int, int]]) -> str:
    kept, place = [], 0
    for start, end in sorted(cuts):
        kept.append(text[place : max(start, place)])
        place = max(end, place)
    return "".join([*kept, text[place:]])
