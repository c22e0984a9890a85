"""Invented references for the tests of bibliographies."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from digest.formats.name_parts import part_name
from digest.model import Identifiers, PartialDate, Reference

HOSTILE = st.lists(
    st.sampled_from(
        (
            *(
                "{",
                "}",
                "\\",
                "\\}",
                "{}",
                "$",
                "$$",
                "%",
                "&",
                "#",
                "_",
                "^",
                "~",
                '"',
                "'",
                "``",
                "''",
                "--",
                ",",
                "=",
            ),
            *("\n", "\r\n", "\u2028", "\x85", "\x00", "\x1c", "\u202e", "\ufeff", " and ", ";", "\\{x$", "$\\{x$"),
            *(
                "\nTY  - JOUR\n",
                "ER  - ",
                "\n@article{a,",
                "}\n\n@misc{b, title={x}}",
                "</script>",
                "<!--",
                "]]>",
                "{{ x }}",
            ),
            *("word", "GPT-3", "漢字", "\U0001f600", "é", "$x_1^2$", "\\(a{b\\)", "\ud800", "others", "&amp;"),
        )
    ),
    max_size=12,
).map("".join)


def a_reference(**changes: Any) -> Reference:
    """A paper in a journal; `authors` are names."""
    names = changes.pop("authors", ("Ada Lovelace", "Charles Babbage"))
    values: dict[str, Any] = {
        "key": "lovelace1843notes",
        "type": "article-journal",
        "title": "Notes on the Analytical Engine",
        "authors": tuple(part_name(name) for name in names),
        "issued": PartialDate(1843, 9),
        "container": "Scientific Memoirs",
        "identifiers": Identifiers(doi="10.1000/engine_1"),
        "url": "https://doi.org/10.1000/engine_1",
        "permalink": "https://example.org/2019/12/06/engine/",
        "pdf": "",
        "abstract": "",
        "keywords": ("engines", "numbers"),
        "language": "en",
        "details": (("volume", "3"), ("page", "666-731")),
    }
    return Reference(**(values | changes))


def a_hostile_reference(text: str, **changes: Any) -> Reference:
    """A reference whose every text is the same hostile one."""
    return a_reference(
        **{
            "title": text,
            "authors": (text, f"Ada {text}"),
            "container": text,
            "identifiers": Identifiers(text, None, text, text, text, text),
            "url": text,
            "pdf": text,
            "abstract": text,
            "keywords": (text,),
            "language": text,
            "details": tuple((name, text) for name in ("volume", "page", "editor", "publisher", "ISSN", "categories")),
        }
        | changes
    )
