"""What a template can see and do, and what is said when it goes wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from page_values import entry_view, home_page

from digest.model import Html, Link, Problem, ProblemError, Theme
from digest.rendering.templates import FILTERS, compile_templates, compiling


def theme(folder: str = "themes/t", **templates: str) -> Theme:
    sources = {f"{name}.html": text for name, text in templates.items()}
    return Theme("t", sources, (), (), "", b"", folder)


def render(text: str, **values: object) -> str:
    return compile_templates(theme(x=text)).render("x.html", values)


def failure(text: str, **values: object) -> Problem:
    with pytest.raises(ProblemError) as caught:
        render(text, **values)
    (problem,) = caught.value.problems
    assert problem.code == "DG602"
    return problem


def test_html_fields_are_written_as_they_are_and_all_else_is_escaped() -> None:
    entry = entry_view()
    assert render("{{ e.excerpt }}", e=entry) == entry.excerpt
    assert render('{{ e["excerpt"] }}', e=entry) == entry.excerpt
    assert render("{{ es|map(attribute='excerpt')|join }}", es=[entry]) == entry.excerpt
    assert render("{{ l.text }}", l=Link("<b> & \"'")) == "&lt;b&gt; &amp; &#34;&#39;"


def test_html_outside_of_its_field_is_plain_text() -> None:
    assert render("{{ x }}", x=Html("<b>")) == "&lt;b&gt;"
    assert render("{{ e.excerpt|replace('<em>', x) }}", e=entry_view(), x="<i>").count("&lt;i&gt;") == 1


@pytest.mark.parametrize(
    "text",
    ["{{ page.nothing }}", "{{ nothing }}", "{% if page.nothing %}{% endif %}", "{% for x in nothing %}{% endfor %}"],
)
def test_what_is_undefined_stops_with_its_line(text: str) -> None:
    problem = failure("one\ntwo\n" + text, page=home_page())
    assert problem.span
    assert (problem.span.path, problem.span.line) == ("themes/t/templates/x.html", 3)
    assert "nothing" in problem.message


@pytest.mark.parametrize("text", ["{{ page }}", "{{ page.days }}", "{{ nobody }}", "{{ page.title == '' }}"])
def test_only_texts_and_numbers_are_written(text: str) -> None:
    assert "cannot write" in failure(text, page=home_page(), nobody=None).message


def test_the_place_is_that_of_the_innermost_template() -> None:
    templates = compile_templates(
        theme(
            outer='{% extends "base.html" %}\n{% from "part.html" import m %}\n{% block x %}{{ m() }}{% endblock %}',
            base="<p>\n{% block x %}{% endblock %}",
            part="{% macro m() %}\n\n{{ gone }}{% endmacro %}",
        )
    )
    with pytest.raises(ProblemError) as caught:
        templates.render("outer.html", {})
    span = caught.value.problems[0].span
    assert span
    assert (span.path, span.line) == ("themes/t/templates/part.html", 3)


def test_a_template_that_is_not_there_is_told_where_it_is_asked_for() -> None:
    problem = failure('\n{% include "gone.html" %}')
    assert problem.span
    assert problem.span.line == 2
    assert "gone.html" in problem.message


def test_all_templates_that_are_not_well_formed_are_told() -> None:
    with pytest.raises(ProblemError) as caught:
        compile_templates(theme(a="{% if %}", b="fine", c="\n\n{{ x", d="{{ x|safe }}", e="{{ x|random }}"))
    spans = [(problem.span.path, problem.span.line) for problem in caught.value.problems if problem.span]
    assert spans == [
        (f"themes/t/templates/{name}.html", line) for name, line in (("a", 1), ("c", 3), ("d", 1), ("e", 1))
    ]


@pytest.mark.parametrize("text", ["{{ a" + ".b" * 400 + " }}", "{{ " + "(" * 4000 + "1" + ")" * 4000 + " }}"])
def test_a_template_that_is_too_deep_is_told(text: str) -> None:
    with pytest.raises(ProblemError) as caught:
        compile_templates(theme(x=text))
    (problem,) = caught.value.problems
    assert problem.span
    assert problem.span.path == "themes/t/templates/x.html"


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__ }}",
        "{{ page.__class__ }}",
        "{{ page.__init__ }}",
        "{{ page.template }}",
        "{{ page.days.__len__() }}",
        "{{ self.__init__.__globals__ }}",
        "{{ ('%s' * 3).format.__self__ }}",
        "{{ '{0.__class__}'.format(page) }}",
        "{{ range(9) }}",
        "{{ lipsum() }}",
        "{{ dict(a=1) }}",
    ],
)
def test_a_template_runs_in_a_sandbox(text: str) -> None:
    failure(text, page=home_page())


def test_a_fault_of_python_in_a_template_is_the_templates_fault() -> None:
    problem = failure("\n{{ 1 + page.title }}", page=home_page())
    assert problem.span
    assert problem.span.line == 2


def test_there_is_no_filter_that_opens_a_hole_or_rolls_dice() -> None:
    assert not FILTERS & {"safe", "random", "xmlattr", "attr", "pprint", "forceescape"}


CARD = "{% macro card(entry, live=false) %}<b>{{ entry.title_text }}{% if live %}!{% endif %}</b>{% endmacro %}"


def test_what_is_written_once_is_what_the_macro_writes_of_these_values() -> None:
    templates = compile_templates(
        theme(
            _card=CARD + "{% macro say(text) %}{{ text }}{% endmacro %}",
            x='{% from "_card.html" import card %}'
            "{% for e in es %}{{ once(card, e) }}{{ once(card, e, true) }}{% endfor %}",
            y='{% from "_card.html" import say %}{{ once(say, text) }}{{ once(say, e.title) }}',
        )
    )
    one, two = (replace(entry_view(), title_text=text) for text in ("A & B", "C"))
    for _ in range(2):
        written = templates.render("x.html", {"es": [one, two, one]})
        assert written == "<b>A &amp; B</b><b>A &amp; B!</b><b>C</b><b>C!</b><b>A &amp; B</b><b>A &amp; B!</b>"
    # An entry that has changed is another, though it is known by the same id.
    assert templates.render("x.html", {"es": [replace(one, title_text="D")]}) == "<b>D</b><b>D!</b>"
    # A text and the same as HTML are two.
    assert templates.render("y.html", {"text": "<i>", "e": replace(one, title=Html("<i>"))}) == "&lt;i&gt;<i>"


def test_what_is_written_once_is_rendered_once() -> None:
    calls = "{% macro card(entry) %}{% set calls.n = calls.n + 1 %}{{ calls.n }}{% endmacro %}"
    templates = compile_templates(
        theme(
            _card="{% set calls = namespace(n=0) %}" + calls, x='{% from "_card.html" import card %}{{ once(card, e) }}'
        )
    )
    entry = entry_view()
    changed = replace(entry, title_text="another")
    shown = (entry, entry, entry_view(), changed, replace(changed))  # equal values are the same, whenever they are made
    assert [templates.render("x.html", {"e": value}) for value in shown] == list("11122")


def test_a_macro_of_the_page_itself_may_be_written_once_as_well() -> None:
    templates = compile_templates(theme(x="{% macro m(e) %}{{ page }}{{ e }}{% endmacro %}{{ once(m, 1) }}"))
    assert [templates.render("x.html", {"page": page}) for page in "ab"] == ["a1", "b1"]


@pytest.mark.parametrize("text", ["{{ once('x'.upper) }}", "{{ once(1, 2) }}", "{{ once() }}"])
def test_only_a_macro_can_be_written_once(text: str) -> None:
    assert "macro" in failure(text).message


def test_texts_of_a_plain_template_are_not_escaped() -> None:
    templates = compile_templates(
        Theme("t", {"x.txt": "{{ e.title }} {{ e.title_text }} {{ 1 }}"}, (), (), "", b"", "t")
    )
    entry = replace(entry_view(), title=Html("<i>"), title_text="A & B")
    assert templates.render("x.txt", {"e": entry}) == "<i> A & B 1"


def test_templates_that_were_compiled_before_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = theme(x="{{ page.title }}\n{{ page.gone }}", y="{{ page.title }}")
    second = theme(x="other")

    def show() -> tuple[str, Problem]:
        templates = compile_templates(first)
        with pytest.raises(ProblemError) as caught:
            templates.render("x.html", {"page": home_page()})
        return templates.render("y.html", {"page": home_page()}), caught.value.problems[0]

    made = show()
    assert len(list(tmp_path.rglob("*.templates"))) == 1
    assert compile_templates(second).render("x.html", {}) == "other"  # the last that this process knew is another now
    with monkeypatch.context() as patch:
        patch.setattr(compiling, "compile_codes", None)
        assert show() == made
    assert made[1].span
    assert made[1].span.line == 2


def test_a_macro_that_is_called_wrongly_says_so() -> None:
    lines = '{% macro m(a, b=1) %}{{ a }}{{ b }}{% endmacro %}\n{% from "part.html" import n %}\n'
    with pytest.raises(ProblemError) as caught:
        compile_templates(theme(x=lines + "{{ m(1, 2, 3) }}", part="{% macro n() %}{% endmacro %}")).render(
            "x.html", {}
        )
    assert "macro 'm'" in caught.value.problems[0].message
    assert caught.value.problems[0].span
    assert caught.value.problems[0].span.line == 3
    assert "argument 'c'" in failure("{% macro m(a) %}{% endmacro %}{{ m(c=1) }}").message
    assert "'a' was not provided" in failure("{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}").message


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m('<', b='>') }}", "&lt;&gt;"),
        ("{% macro m(a) %}{{ a }}{{ varargs|join }}{% endmacro %}{{ m(1, 2, 3) }}", "123"),
        ("{% macro m() %}{{ kwargs.x }}{% endmacro %}{{ m(x='&') }}", "&amp;"),
        ("{% macro m() %}[{{ caller('<') }}]{% endmacro %}{% call(x) m() %}{{ x }}{% endcall %}", "[&lt;]"),
        ("{% macro m(n) %}{{ n }}{% if n %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(3) }}", "3210"),
        ("{% for i in [1, 2] %}{% macro m(x) %}{{ x }}{% endmacro %}{{ m(x=i) }}{% endfor %}", "12"),
        ("{% macro m() %}<i>{% endmacro %}{% set x = m() %}{{ x }}{{ m() ~ '<' }}", "<i><i>&lt;"),
        ("{{ e.title if yes else e.title_text }}{{ e.title_text if yes }}", "<i>A &amp; B"),
        ("{{ (e or no).title }}{% if e.title and not e.draft %}!{% endif %}", "<i>!"),
        ("{{ 'x'.upper() }}{% if mark.startswith('<') %}!{% endif %}{{ mark.split('>')|length }}", "X!2"),
        ("{% for x in [1, 2, 3] %}{{ x }}{% if loop.last %}!{% endif %}{{ loop.index }}{% endfor %}", "11223!3"),
        ("{{ (e.title ~ '<').upper() }}{% if [1]|first|upper == '1' %}!{% endif %}", "<I>&LT;!"),
        ("{% if e.class is defined %}{% else %}no{% endif %}", "no"),
        ("{{ ngettext('%(number)s <b>', '%(number)s %(x)s', 2, x=mark) }}", "2 &lt;i&gt;"),
    ],
)
def test_templates_mean_what_they_mean_in_jinja(text: str, shown: str) -> None:
    entry = replace(entry_view(), title=Html("<i>"), title_text="A & B")
    assert render(text, e=entry, yes=True, no=None, mark="<i>") == shown
