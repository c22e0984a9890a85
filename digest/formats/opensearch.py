"""OpenSearch 1.1 (https://github.com/dewitt/opensearch): how a browser asks a site's own search page."""

from __future__ import annotations

from typing import Final

from digest.formats.xml_writing import DECLARATION, element, escape, one_line

# Characters, as the specification allows.
_SHORT_NAME: Final = 16
_DESCRIPTION: Final = 1024


def write_description(title: str, description: str, page: str, language: str) -> str:
    """The description document of a site whose search page, an absolute address, takes the words as `q`."""
    lines = (
        DECLARATION,
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n',
        element("ShortName", one_line(title)[:_SHORT_NAME].rstrip()),
        element("Description", one_line(description or title)[:_DESCRIPTION]),
        f'<Url type="text/html" template="{escape(page)}?q={{searchTerms}}"/>\n',
        element("Language", language),
        element("InputEncoding", "UTF-8"),
        "</OpenSearchDescription>\n",
    )
    return "".join(lines)
