"""Marked-up documents, XML and HTML, as elements."""

from digest.formats.markup.elements import Element, Fault
from digest.formats.markup.html import parse_html
from digest.formats.markup.xml import read_elements, read_root
