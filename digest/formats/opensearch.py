"""OpenSearch 1.1: how a browser asks a site's own search page."""

from __future__ import annotations

from xml.sax.saxutils import escape

_SHORT_NAME = 16  # characters, as the specification allows
_DESCRIPTION = 1024


def write_description(title: str, description: str, page: str, language: str) -> str:
    """The description document of a site whose search page, an absolute address, takes the words as `q`."""
    about = (description or title)[:_DESCRIPTION]
    return f"""<?xml version="1.0" encoding="utf-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>{_text(title[:_SHORT_NAME].strip())}</ShortName>
<Description>{_text(about)}</Description>
<Url type="text/html" template="{_text(page)}?q={{searchTerms}}"/>
<Language>{_text(language)}</Language>
<InputEncoding>UTF-8</InputEncoding>
</OpenSearchDescription>
"""


def _text(text: str) -> str:
    """Text of XML: without the control characters that it cannot hold."""
    return escape("".join(sign for sign in text if sign.isprintable()), {'"': "&quot;"})
