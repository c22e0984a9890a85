"""Style sheets and scripts as they travel."""

from __future__ import annotations

import pytest

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
