"""Pages: what is still to be read, by a tag, and the same for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from digest.model import Link, Made, MadePage, Site, TextFile

TEMPLATE = """{% extends "base.html" %}
{% block main %}
<h1>{{ page.title }}</h1>
{{ page.body }}
<ol class="reading-list">
{% for entry in page.fields.papers %}
<li><a href="{{ entry.href }}">{{ entry.title }}</a>, {{ entry.day.text }}</li>
{% endfor %}
</ol>
<p>Since {{ page.fields.since.text }}: <a href="{{ page.fields.all.href }}">{{ page.fields.all.text }}</a></p>
{% endblock %}
"""


class ReadingList:
    """A page of the entries of a tag, `{tag: to-read, limit: 20}`."""

    templates = MappingProxyType({"reading-list.html": TEMPLATE})

    def make_pages(self, site: Site, options: Mapping[str, Any]) -> Iterator[Made]:
        """The page, and a file of JSON beside it, if any entry has the tag."""
        tag = options.get("tag", "to-read")
        papers = site.by_tag.get(tag, ())[: options.get("limit", 20)]
        if not papers:
            return
        yield MadePage(
            url="/reading-list/",
            title=f"To read: {len(papers)}",
            template="reading-list.html",
            fields={"papers": papers, "since": papers[-1].date, "all": Link(f"all of {tag}", f"/tags/{tag}/")},
            modified=papers[0].date,
        )
        yield TextFile("/reading-list.json", json.dumps([paper.url for paper in papers]) + "\n")


PAGES = ReadingList()
