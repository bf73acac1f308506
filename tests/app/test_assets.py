"""Static files: linking, versions, caching; and the product's own scripts, which must link."""

import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from app.assets import ENTRIES, ENTRY, FOLDER, Assets, linked, read_all, texts
from app.scripts.javascript import TEXT, ScriptError, blanked, spans
from app.scripts.linker import LinkError, link
from app.scripts.minifier import minified

ROOT = FOLDER.parent
NODE = Path(sys.executable).parent / "node"


def run(script: str, folder: Path) -> str:
    file = folder / "linked.mjs"
    file.write_text(script)
    done = subprocess.run([str(NODE), str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_without_the_minifier_scripts_are_served_as_they_are() -> None:
    """A Python that sees no libraries, as on a machine for which the minifier has none."""
    ask = "from app.scripts.minifier import minified; print(minified({'a.js': 'let  a = 1;'}))"
    done = subprocess.run([sys.executable, "-S", "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "{'a.js': 'let  a = 1;'}"


def test_linked_modules_do_what_the_separate_ones_did(tmp_path: Path) -> None:
    modules = {
        "main.js": 'import { twice, COUNT } from "./deep/a.js";\nimport {\n  half,\n} from "./b.js";\n'
        "console.log(twice(COUNT), half(4)); // import { nothing }\n",
        "deep/a.js": 'import { half } from "../b.js";\nexport const COUNT = 3;\n'
        "export function twice(/** @type {number} */ n) { return half(n) * 4; }\n",
        "b.js": "export const half = (n) => n / 2;\n",
    }
    assert run(link("main.js", modules), tmp_path) == "6 2"
    for name, text in modules.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    separate = subprocess.run([str(NODE), str(tmp_path / "main.js")], capture_output=True, text=True, check=False)
    assert separate.stdout.strip() == "6 2"


def test_the_entry_keeps_its_exports_and_others_lose_theirs() -> None:
    modules = {"a.js": 'import { b } from "./b.js";\nexport class A { b = b; }\n', "b.js": "export const b = 1;\n"}
    inside = "const b = 1;\nclass A { b = b; }\n"
    assert link("a.js", modules) == f"const{{A}}=(()=>{{\n{inside}return{{A}};\n}})();\nexport{{A}};\n"
    assert link("b.js", {"b.js": "f();\n"}) == "(()=>{\nf();\n})();\n"


def test_a_style_sheet_becomes_a_constructed_one_once() -> None:
    sheet = 'import sheet from "./s.css" with { type: "css" };\n'
    linked = link("a.js", {"a.js": f'import {{ b }} from "./b.js";\n{sheet}b(sheet);\n',
                           "b.js": f"{sheet}export const b = (x) => [x, sheet];\n",
                           "s.css": '/* c */\na::before {\n  content: "</`${x}";\n}\n'})  # fmt: skip
    assert linked.count("new CSSStyleSheet()") == 1
    assert 'sheet.replaceSync("a::before{content:\\"</`${x}\\"}");' in linked


@pytest.mark.parametrize(
    ("modules", "complaint"),
    [
        ({"a.js": 'import { b } from "./b.js";\nconst c = 1;\n', "b.js": "export const b = 1;\nlet c;\n"},
         "a.js: c is also a top-level name of b.js"),
        ({"a.js": 'import { b } from "./b.js";\nfunction same() {}\n', "b.js": "export const b = 1;\nclass same {}\n"},
         "a.js: same is also a top-level name of b.js"),
        ({"a.js": 'import { b } from "./b.js";\n', "b.js": "const b = 1;\n"}, "a.js: b.js does not export b"),
        ({"a.js": 'import { b } from "./b.js";\n'}, "a.js: b.js is not there"),
        ({"a.js": 'import { b } from "./b.js";\n', "b.js": 'import { a } from "./a.js";\nexport const b = 1;\n'},
         "a.js: imports itself by way of b.js"),
        ({"a.js": 'import b from "./b.js";\n', "b.js": "export default 1;\n"},
         'a.js: cannot link import b from "./b.js";'),
        ({"a.js": 'import * as b from "./b.js";\n', "b.js": ""}, 'a.js: cannot link import * as b from "./b.js";'),
        ({"a.js": 'import { b as c } from "./b.js";\n', "b.js": "export const b = 1;\n"},
         "a.js: renames what it imports"),
        ({"a.js": 'import { b } from "b";\n'}, 'a.js: cannot link import { b } from "b";'),
        ({"a.js": "const b = 1;\nexport { b };\n"}, "a.js: exports only where it declares, not export { b };"),
        ({"a.js": "export default class {}\n"}, "a.js: exports only where it declares"),
        ({"a.js": "export let b = 1;\n"}, "a.js: exports only where it declares, not export let b = 1;"),
        ({"a.js": 'export * from "./b.js";\n'}, "a.js: exports only where it declares"),
        ({"a.js": "await fetch('x');\n"}, "a.js: cannot link top-level await"),
        ({"a.js": 'const b = () => import("./b.js");\n'}, "a.js: cannot link import()"),
        ({"a.js": "const { b } = window;\n"}, "a.js: takes a value apart at the top level"),
        ({"a.js": 'import { b } from "./b.js";\n', "b.js": "export const b = import.meta.url;\n"}, "b.js: import.meta"),
        ({"a.js": "const b = `never closed;\n"}, "a.js: line 1: something begins here and does not end"),
    ],
)  # fmt: skip
def test_what_cannot_be_linked_is_refused_by_name(modules: dict[str, str], complaint: str) -> None:
    with pytest.raises(LinkError) as refused:
        link("a.js", modules)
    assert str(refused.value).startswith(complaint)


def test_what_is_made_short_does_the_same(tmp_path: Path) -> None:
    """Strings that look like comments, slashes that divide, private names, labels, what is hoisted."""
    script = """(() => {
  const word = "x // ${1}", quoted = '/* no */', nested = `a ${word ? ` b  ${quoted} ` : ""} c`; // gone
  const found = /[/"\\']/g.test(word), half = (8) / 2 / 1, signs = 3 - -half + +half;
  class Count {
    #told = 0; static of = ({ from = 1, to: { until = 2 } = {} }) => from + until; next() { return ++this.#told; }
  }
  const count = new Count();
  label: for (const row of [1, 2]) for (const cell of [3, 4]) if (cell > row + 1) { count.next(); continue label; }
  const last = typeof absent === "undefined" ? null : 1, either = last ?? count?.next(), [one, ...others] = [..."ab"];
  function hoisted(word = quoted) { if (word) return word; else return arguments.length; }
  const made = hoisted(), of = Count.of({});
  console.log(JSON.stringify({ word, nested, found, half, signs, either, one, others, made, of }));
})();
"""
    short = minified({"a.js": script})["a.js"]
    assert len(short) < len(script) * 0.8
    assert "#told" not in short
    assert run(short, tmp_path) == run(script, tmp_path)


def test_a_script_that_cannot_be_made_short_is_refused_by_name() -> None:
    with pytest.raises(ScriptError, match=r"^deep/b\.js: unexpected"):
        minified({"a.js": "a();", "deep/b.js": "const = 1;"})


def test_no_word_of_ours_is_lost_where_scripts_are_made_short() -> None:
    sources = texts(read_all(FOLDER))
    served = Assets().files
    for entry in ENTRIES:
        script = linked(entry, sources)
        strings = {script[start + 1 : end - 1] for kind, start, end in spans(script) if kind == TEXT}
        short = served[entry].body.decode()
        assert [word for word in strings if re.fullmatch(r"[A-Za-z가-힣 ,.:]{4,}", word) and word not in short] == []


def test_blanking_keeps_every_line_and_column() -> None:
    script = "a('b\\'c'); /* d\n e */ `f${g}h` // i"
    assert blanked(script) == "a(      ); " + "    \n " + " " * 9 + "g}" + " " * 7
    assert all(script[start:end] for _, start, end in spans(script))


def test_the_products_own_scripts_link_and_parse(tmp_path: Path) -> None:
    served = Assets().files
    for place, entry in enumerate(ENTRIES):
        file = tmp_path / f"{place}.mjs"
        file.write_bytes(served[entry].body)
        subprocess.run([str(NODE), "--check", str(file)], check=True)
    assert not re.search(r"\bimport\b(?!\.meta|\()", served[ENTRY].body.decode())


def test_the_version_changes_with_any_file(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a {}")
    first = Assets(tmp_path).version
    assert Assets(tmp_path).version == first
    (tmp_path / "a.css").write_text("a { top: 0 }")
    assert Assets(tmp_path).version != first


# --- over HTTP


def version_of(server: str) -> str:
    """The version that the running server gives its pages."""
    return str(re.findall(r"/static/([0-9a-f]{12})/", httpx.get(f"{server}/docs").text)[0])


def test_every_script_and_sheet_is_served_for_ever_and_for_a_while(server: str) -> None:
    version = version_of(server)
    with httpx.Client(base_url=f"{server}/static/") as client:
        for file in [*FOLDER.rglob("*.js"), *FOLDER.rglob("*.css")]:
            path = file.relative_to(FOLDER).as_posix()
            for_ever, for_a_while = client.get(f"{version}/{path}"), client.get(path)
            assert (for_ever.status_code, for_ever.content) == (200, for_a_while.content), path
            assert "immutable" in for_ever.headers["cache-control"]
            assert for_a_while.headers["cache-control"] == "public, max-age=300"
            kind = "text/javascript" if file.suffix == ".js" else "text/css"
            assert for_ever.headers["content-type"] == f"{kind}; charset=utf-8"


def test_files_may_be_used_by_pages_of_other_origins(server: str) -> None:
    headers = httpx.get(f"{server}/static/{ENTRY}", headers={"origin": "https://elsewhere.example"}).headers
    assert headers["access-control-allow-origin"] == "*"
    assert headers["cross-origin-resource-policy"] == "cross-origin"


def test_files_are_compressed_and_validated(server: str) -> None:
    got = httpx.get(f"{server}/static/{ENTRY}", headers={"accept-encoding": "gzip"})
    assert got.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in httpx.get(f"{server}/static/{ENTRY}", headers={"accept-encoding": ""}).headers
    again = httpx.get(f"{server}/static/{ENTRY}", headers={"if-none-match": got.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_old_version_is_answered_but_not_for_ever(server: str) -> None:
    got = httpx.get(f"{server}/static/0123456789ab/{ENTRY}")
    assert (got.status_code, got.headers["cache-control"]) == (200, "public, max-age=300")


@pytest.mark.parametrize(
    "path", ["../app/main.py", "%2e%2e/app/main.py", "..%2fapp/main.py", "types.d.ts", "", "nope.js"]
)
def test_nothing_but_the_products_files_is_served(server: str, path: str) -> None:
    got = httpx.get(f"{server}/static/{path}")
    assert got.status_code == 404
    assert "detail" in got.json()


def test_a_browser_that_reads_brotli_gets_the_smaller_file(server: str) -> None:
    sizes = {}
    for codings in ("gzip", "gzip, deflate, br"):
        with httpx.stream("GET", f"{server}/static/{ENTRY}", headers={"accept-encoding": codings}) as got:
            sizes[got.headers["content-encoding"]] = len(b"".join(got.iter_raw()))
            assert "Accept-Encoding" in got.headers["vary"]
    assert sizes["br"] < sizes["gzip"]


def test_a_page_in_brotli_is_the_same_page(server: str) -> None:
    pages = [httpx.get(f"{server}/", headers={"accept-encoding": coding}) for coding in ("br", "identity")]
    assert pages[0].headers["content-encoding"] == "br"
    assert pages[0].text == pages[1].text


def test_sheets_are_served_without_comments_and_keep_their_strings(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text('a > b,\n.c { margin: 0 auto; content: "x ;  y: z"; } /* gone */\n')
    assert Assets(tmp_path).files["a.css"].body == b'a>b,.c{margin:0 auto;content:"x ;  y: z"}'


def test_what_comes_late_is_linked_by_itself(server: str) -> None:
    early = httpx.get(f"{server}/static/kernel-walk.js").text
    late = httpx.get(f"{server}/static/painters/late.js").text
    assert "painters/late.js" in early
    assert late.endswith("export{LATE}")
    assert early.endswith("}")
    borrowed = re.match(r'import\{([^}]*)\}from"\.\./kernel-walk\.js"', late)
    assert borrowed
    names = [name.split(" as ")[0] for name in borrowed[1].split(",")]
    assert "drawFrame" in names  # the element has it
    assert set(names) <= set(early[early.rindex("export{") + 7 : -1].split(","))


def test_a_script_leans_on_another_and_shares_what_that_has(tmp_path: Path) -> None:
    modules = {
        "base.js": 'import { count } from "./shared/count.js";\nexport const first = count();\n',
        "deep/late.js": 'import { count } from "../shared/count.js";\nimport { own } from "./own.js";\n'
        "console.log(count() + own);\n",
        "deep/own.js": "export const own = 10;\n",
        "shared/count.js": "let told = 0;\nexport function count() {\n  told += 1;\n  return told;\n}\n",
    }
    base = link("base.js", modules, users=["deep/late.js"])
    late = link("deep/late.js", modules, base="base.js")
    assert "told" not in late
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "deep").mkdir()
    for path, text in (("base.js", base), ("deep/late.js", late)):
        (tmp_path / path).write_text(text)
    done = subprocess.run([str(NODE), str(tmp_path / "deep/late.js")], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "12"  # counted on from the first, which is one with it


def test_a_name_of_its_own_is_not_one_that_is_borrowed() -> None:
    modules = {
        "base.js": 'import { b } from "./b.js";\nb();\n',
        "b.js": "export const b = () => {};\n",
        "c.js": "const b = 1;\nexport const c = b;\n",
        "late.js": 'import { b } from "./b.js";\nimport { c } from "./c.js";\nb(c);\n',
    }
    with pytest.raises(LinkError, match="b is also a top-level name of"):
        link("late.js", modules, base="base.js")


def test_words_of_the_element_come_as_data_and_a_language_we_do_not_speak_has_none(server: str) -> None:
    korean = httpx.get(f"{server}/static/words/element/ko.json")
    assert korean.json()["Play"] == "재생"
    assert korean.headers["access-control-allow-origin"] == "*"
    assert len(httpx.get(f"{server}/static/words/page/ko.json").json()) > len(korean.json())
    for language in ("en", "fr"):
        assert httpx.get(f"{server}/static/words/element/{language}.json").json() == {}


def test_the_script_of_an_english_page_carries_no_other_language() -> None:
    assert not re.search("[가-힣]{2}", Assets().files[ENTRY].body.decode())
