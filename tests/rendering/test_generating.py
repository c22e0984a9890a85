"""Our shortcuts through templates lead where Jinja2 leads by its own code, whatever a page holds."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import TemplateError
from jinja2.compiler import CodeGenerator
from page_values import every_page, with_every_text

from digest.model import Catalogue, Page, Settings, TemplateFolder, Theme
from digest.rendering import load_theme
from digest.rendering.templates import Templates, compile_templates
from digest.rendering.templates.environment import Sandbox
from digest.rendering.templates.shelves import Shelves

PAGES = {type(page).__name__: page for page in every_page()}


class Plain(Sandbox):
    """The same sandbox, its templates made Python by Jinja2 alone."""

    code_generator_class = CodeGenerator  # type: ignore[assignment] # what ours is derived from


@cache
def theme_of(name: str) -> Theme:
    return load_theme(Settings(theme=name), Path("/nonexistent"))


@cache
def ours(name: str) -> Templates:
    return compile_templates(theme_of(name))


@cache
def plain(name: str) -> Plain:
    theme = theme_of(name)
    own = TemplateFolder(theme.folder, theme.templates)
    return Plain(Shelves((own, *theme.ancestors)), theme.words, {})


def check(name: str, page: Page) -> None:
    values = {"page": page, "site": page.masthead}
    assert ours(name).render(page.template, values) == plain(name).get_template(page.template).render(values)


@pytest.mark.parametrize("name", ["default", "paper"])
@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_a_page_is_what_jinja_makes_of_it(name: str, page: Page) -> None:
    check(name, page)


@settings(deadline=None, max_examples=20)
@given(st.sampled_from(sorted(PAGES)), st.text(alphabet="<>\"'&=/ ax-!%\n", max_size=12))
def test_a_page_of_any_texts_is_what_jinja_makes_of_it(name: str, text: str) -> None:
    check("default", with_every_text(PAGES[name], text))


LOOPS = [
    "{% for x in xs %}{% if loop.first %}<{% endif %}{{ x }}{% if loop.last %}>{% else %},{% endif %}{% endfor %}",
    "{% for x in xs %}{{ loop.index }}{{ loop.index0 }}{{ loop.length }}{{ loop.revindex }} {% endfor %}",
    "{% for x in xs|map('upper') %}{{ loop.index }}/{{ loop.length }}{{ x }}{% endfor %}",
    "{% for x in xs|map('upper') %}{% if not loop.last %}{{ loop.length }}{{ x }}{% endif %}{% endfor %}",
    "{% for x in xs %}{% if not loop.first %}{{ loop.previtem }}<{% endif %}{{ x }}"
    "{% if not loop.last %}>{{ loop.nextitem }}{% endif %}{% endfor %}",
    "{% for x in xs %}{{ loop.cycle('a', 'b') }}{% if loop.changed(x) %}{{ x }}{% endif %}{% endfor %}",
    "{% for x in xs if x != 'b' %}{{ loop.index }}{{ x }}{% else %}none{% endfor %}",
    "{% for x in xs recursive %}{% if loop.depth < 3 %}{{ loop(xs[1:]) }}{% endif %}{{ x }}{% endfor %}",
]


@pytest.mark.parametrize("source", LOOPS)
@pytest.mark.parametrize("values", ["", "a", "ab", "abbc"])
def test_a_loop_counts_as_that_of_jinja(source: str, values: str) -> None:
    shelves, words = Shelves((TemplateFolder("t", {"loop.html": source}),)), theme_of("default").words
    counted, meant = (kind(shelves, words, {}).get_template("loop.html") for kind in (Sandbox, Plain))
    assert counted.render(xs=list(values)) == meant.render(xs=list(values))


@pytest.mark.parametrize(
    "text",
    [
        '{% from "m.html" import a %}{{ a() }}',
        '{% from "m.html" import a as b, none, a %}{{ a() }}{{ b() }}{{ none }}',
        '{% from "m.html" import none as _x %}{% block x %}{{ _x }}{% endblock %}',
        '{% from "m.html" import lost %}{{ lost }}',
        '{% from "m.html" import lost %}{% from "m.html" import a as lost %}{{ lost() }}',
        '{% from "m.html" import a as x, none as x %}{{ x }}',
        '{% macro w() %}{% from "m.html" import none %}{{ none }}{% endmacro %}{{ w() }}',
        '{% from "no.html" import a %}',
        '{% from "n.html" import none, a %}{{ a() }}{{ none }}',
    ],
)
def test_what_is_imported_is_what_jinja_imports(text: str) -> None:
    named = '{% from "m.html" import none %}{% macro a() %}n{{ none }}{% endmacro %}'
    templates = {"m.html": "{% set none = 0 %}{% macro a() %}<b>{% endmacro %}", "n.html": named, "x.html": text}
    found = []
    for kind in (Sandbox, Plain):
        environment = kind(Shelves((TemplateFolder("t", templates),)), Catalogue(), {})
        try:
            found.append([environment.get_template("x.html").render(), environment.get_template("x.html").render()])
        except TemplateError as error:
            found.append([type(error).__name__, str(error)])
    assert found[0] == found[1]
