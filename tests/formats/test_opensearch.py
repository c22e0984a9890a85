from __future__ import annotations

from xml.etree import ElementTree as ET

from digest.formats.opensearch import write_description

NAMES = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


def test_a_browser_learns_how_to_ask() -> None:
    root = ET.fromstring(write_description("Papers", "One a day", "https://example.org/repo/search/", "de"))
    assert root.findtext("o:ShortName", namespaces=NAMES) == "Papers"
    assert root.findtext("o:Description", namespaces=NAMES) == "One a day"
    url = root.find("o:Url", NAMES)
    assert url is not None
    assert url.attrib == {"type": "text/html", "template": "https://example.org/repo/search/?q={searchTerms}"}


def test_hostile_titles_stay_text_within_the_limits() -> None:
    root = ET.fromstring(write_description("<b>&\x00" + "long " * 9, "", "https://example.org/search/", "en"))
    name = root.findtext("o:ShortName", namespaces=NAMES) or ""
    assert name.startswith("<b>&long")
    assert len(name) <= 16
