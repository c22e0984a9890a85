from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from citation_values import HOSTILE, a_hostile_reference, a_reference
from hypothesis import given, settings

from digest.formats.citations.linked_data import Post, hash_script, link_data
from digest.model import Identifiers, Reference

HERE = "https://example.org/2019/12/06/engine/"
POST = Post(
    "On Notes", HERE, "2019-12-06", "Ann Author", "en", "https://example.org/licence", ("engines",), "A Digest", "/"
)


def read(reference: Reference, post: Post = POST) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(link_data(post, reference))
    return told


def test_a_post_about_a_paper() -> None:
    names = Identifiers(arxiv="1804.00222", doi="10.1000/engine_1")
    assert read(a_reference(identifiers=names)) == {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "url": HERE,
        "headline": "On Notes",
        "datePublished": "2019-12-06",
        "inLanguage": "en",
        "license": "https://example.org/licence",
        "author": {"@type": "Person", "name": "Ann Author"},
        "keywords": ["engines"],
        "isPartOf": {"@type": "Blog", "name": "A Digest", "url": "/"},
        "about": {
            "@type": "ScholarlyArticle",
            "name": "Notes on the Analytical Engine",
            "author": [{"@type": "Person", "name": "Ada Lovelace"}, {"@type": "Person", "name": "Charles Babbage"}],
            "datePublished": "1843-09",
            "url": "https://doi.org/10.1000/engine_1",
            "sameAs": ["https://arxiv.org/abs/1804.00222"],
            "isPartOf": {"@type": "CreativeWork", "name": "Scientific Memoirs"},
        },
    }


def test_a_post_about_no_paper() -> None:
    assert "about" not in read(a_reference(type="post-weblog", url=HERE, permalink=HERE))


def test_a_licence_that_is_no_address_is_left_out() -> None:
    assert "license" not in read(a_reference(), replace(POST, license="CC BY 4.0"))


def test_a_thousand_authors_do_not_make_a_page() -> None:
    assert len(read(a_reference(authors=tuple(f"Ann Author{n}" for n in range(1000))))["about"]["author"]) == 50


def test_a_policy_calls_it_by_its_hash() -> None:
    # echo -n '{}' | openssl dgst -sha256 -binary | base64
    assert hash_script("{}") == "sha256-RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o="


@given(HOSTILE)
@settings(max_examples=100)
def test_it_is_safe_within_a_script_element(text: str) -> None:
    post = replace(POST, title=text, author=text, keywords=(text,), blog=text)
    written = link_data(post, a_hostile_reference(text))
    assert not re.search(r"[<>&\u2028\u2029]", written)
    written.encode()
    json.loads(written)
