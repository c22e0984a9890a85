"""Words in templates: in their language, escaped, with their values."""

from __future__ import annotations

import pytest

from digest.model import Catalogue, Link, ProblemError, Theme
from digest.rendering.templates import compile_templates

GERMAN = Catalogue(
    "de",
    {
        "Archive": ("Archiv & <mehr>",),
        "Page %(page)s": ("Seite %(page)s",),
        "%(a)s of %(b)s": ("aus %(b)s: %(a)s, %(b)s",),
        "in %(month)s": ("im <i>%(month)s</i>",),
        "%(rate)s%%": ("%(rate)s\u00a0%%",),
        "%(number)s entry of %(name)s": ("%(number)s Eintrag von %(name)s", "%(number)s Einträge von %(name)s"),
        "lost %(a)s": ("fort: %(a)s",),
    },
)


def render(template: str, file: str = "page.html", **values: object) -> str:
    theme = Theme("t", {file: template}, (), (), "", b"", words=GERMAN)
    return compile_templates(theme).render(file, values)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ('{{ _("Archive") }}', "Archiv &amp; &lt;mehr&gt;"),
        ('<a title="{{ _("Archive") }}">', '<a title="Archiv &amp; &lt;mehr&gt;">'),
        ('{{ _("Not there") }}', "Not there"),
        ('{{ _("Page %(page)s", page=3) }}', "Seite 3"),
        ('{{ _("Page %(page)s", page=name) }}', "Seite &lt;b&gt;"),
        ('{{ _("Page %(page)s", page=name)|upper }}', "SEITE &LT;B&GT;"),
        (
            '{{ _("%(a)s of %(b)s", a=1, b=_("Archive")) }}',
            "aus Archiv &amp; &lt;mehr&gt;: 1, Archiv &amp; &lt;mehr&gt;",
        ),
        ('{% macro m() %}<b>x</b>{% endmacro %}{{ _("in %(month)s", month=m()) }}', "im &lt;i&gt;<b>x</b>&lt;/i&gt;"),
        ('{{ _("%(rate)s%%", rate=9) }}', "9\u00a0%"),
        ('{{ _("%(rate)s%%", rate=9)|trim }}', "9\u00a0%"),
        ('{% set words = _("Page %(page)s", page=name) %}{{ words }}', "Seite &lt;b&gt;"),
        ('{{ [_("Archive"), "<"]|join(" ") }}', "Archiv &amp; &lt;mehr&gt; &lt;"),
        ('{{ _("Archive") if name else _("Page %(page)s", page=1) }}', "Archiv &amp; &lt;mehr&gt;"),
        ('{{ ngettext("%(number)s entry of %(name)s", "x", 1, name=name) }}', "1 Eintrag von &lt;b&gt;"),
        ('{{ ngettext("%(number)s entry of %(name)s", "x", 2, name=name) }}', "2 Einträge von &lt;b&gt;"),
        ('{{ ngettext("%(number)s day", "%(number)s days", 2) }}', "2 days"),
        ("{{ _(name) }}", "&lt;b&gt;"),
    ],
)
def test_what_is_said(template: str, text: str) -> None:
    assert render(template, name="<b>") == text


def test_plain_text_is_not_escaped() -> None:
    template = '{{ _("Archive") }} {{ _("Page %(page)s", page="<b>") }}'
    assert render(template, "mail.txt") == "Archiv & <mehr> Seite <b>"


@pytest.mark.parametrize(
    "template",
    [
        '{{ _("Page %(page)s", page=nothing) }}',
        '{{ _("Page %(page)s", page=link) }}',
        '{{ _("Page %(page)s", page=nothing)|trim }}',
        '{{ _("Page %(page)s", page=unknown) }}',
        '{{ _("Page %(page)s") ~ _("Page %(page)s", number=3) }}',
        '{{ _("Page %(page)s", number=3) }}',
        '{{ ngettext("%(number)s entry of %(name)s", "x", 1, name=nothing) }}',
    ],
)
def test_a_value_that_cannot_be_written_stops_the_build(template: str) -> None:
    with pytest.raises(ProblemError) as stopped:
        render("one\n" + template, nothing=None, link=Link("x"))
    assert [(found.code, found.span and found.span.line) for found in stopped.value.problems] == [("DG602", 2)]
