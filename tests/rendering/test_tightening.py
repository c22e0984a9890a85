"""Style sheets and scripts as they travel."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.rendering.tightening import tighten_css, tighten_js


@pytest.mark.parametrize(
    ("css", "tight"),
    [
        ("a {\n  color: red;\n  margin: 0;\n}\n", "a{color:red;margin:0}"),
        ("a :hover, b + c > d { width: calc(1px + 2px) }", "a :hover,b + c>d{width:calc(1px + 2px)}"),
        ("/* one */ a /* two */ b {} /* three", "a b{}/* three"),
        ('a::before { content: " ; /* } "; }', 'a::before{content:" ; /* } "}'),
        ("a { content: 'it\\'s ,  so' }", "a{content:'it\\'s ,  so'}"),
        ("a { background: url(data:image/svg+xml;a,/*b*/) }", "a{background:url(data:image/svg+xml;a,/*b*/)}"),
        ("@media (min-width: 60rem) and (x) {\n a { b: c }\n}", "@media (min-width:60rem) and (x){a{b:c}}"),
        ('a { content: ";}" ; }', 'a{content:";}"}'),
        ("/*! Licence */ a {}", "/*! Licence */ a{}"),
        ("", ""),
    ],
)
def test_a_style_sheet(css: str, tight: str) -> None:
    assert tighten_css(css) == tight
    assert tighten_css(tight) == tight


@pytest.mark.parametrize(
    ("script", "tight"),
    [
        ("{\n  // Why.\n  a() // how\n\n  b('//')\n}\n", "{\na() // how\nb('//')\n}\n"),
        ("/* one\n// */ a()\n", "/* one\n// */ a()\n"),
        ("a(`\n  // text\n`)\n", "a(`\n  // text\n`)\n"),
        ("a('one \\\n  // two')\n", "a('one \\\n  // two')\n"),
        ("  a(`b`)", "a(`b`)"),
        ("const a = (b, c) => ({ ...b, d: c + +1 - -1 })\n", "const a=(b,c)=>({...b,d:c + +1 - -1})\n"),
        ("a = b ? 'c : d' : /e , f/\n", "a = b ? 'c : d' : /e , f/\n"),
        ("for (const a of b) if (a in c) return { a }\n", "for(const a of b)if(a in c)return{a}\n"),
    ],
)
def test_a_script(script: str, tight: str) -> None:
    assert tighten_js(script) == tight


_STRINGS = ['"a ; b"', "'{ }, '", '"\\" ; "', '""', "url(a,b)"]
_SHEETS = st.lists(st.sampled_from([*_STRINGS, *" \n\t{};,>:ab(+*", "/* ; } */", "/**/", "/*! a  b */"])).map("".join)
_SCRIPTS = st.lists(st.sampled_from([*" \n\t\r{};,>:ab(+*)&|=?\"'`\\", "=>", "//", "*/", "/*"])).map("".join)


@given(_SHEETS)
def test_a_style_sheet_is_tightened_as_one_pattern_after_the_other_does_it(css: str) -> None:
    string = r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|url\([^)"']*\))"""
    spaced = re.sub(rf"{string}|(?:/\*(?!!).*?\*/|\s)+", lambda found: found[1] or " ", css, flags=re.DOTALL)
    tight = re.sub(
        rf"{string}|[\s;]*(\}})\s?|\s?([{{;,>])\s?|(:)\s", lambda found: "".join(filter(None, found.groups())), spaced
    )
    assert tighten_css(css) == tight.strip()


@given(_SCRIPTS)
def test_blanks_are_taken_from_the_lines_of_a_script_without_texts(script: str) -> None:
    if tighten_js(script) == script:
        return
    kept = [line.lstrip(" \t") for line in script.splitlines(keepends=True) if line.strip()]
    kept = [line for line in kept if not re.fullmatch(r"//(?![^\n]*\*/)[^\n]*\n", line)]
    signs = r" ?([=?:{}(),;&|*]+) ?"
    assert tighten_js(script) == "".join(
        line if re.search("['\"`/]", line) else re.sub(signs, r"\1", line) for line in kept
    )
