"""Mathematics is the same in a page and in the three formats of its feeds."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from built_sites import build_site

MATH = re.compile(r"<math[\s>].*?</math>", re.DOTALL)
BODY = r"""---
title: On $\R^n$
date: 2020-01-02
---

Let $x\in\R$ and

$$\begin{aligned} a&=\boxed{b}\\ c&=\frac{1}{\vec{d}} \end{aligned}$$
"""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("mathematics")
    (site / "content").mkdir()
    (site / "content" / "a.md").write_text(BODY, encoding="utf-8")
    settings = "title: A\nbase_url: https://example.org/\nfeeds: [rss, atom, json]\nmacros: {'\\R': '\\mathbb{R}'}\n"
    (site / "content" / "site.yml").write_text(settings, encoding="utf-8")
    build_site(site, site / "output")
    return site / "output"


def test_mathematics_is_the_same_in_page_and_feeds(output: Path) -> None:
    page = next((output / "2020" / "01" / "02").glob("*/index.html")).read_text(encoding="utf-8")
    there = [each for each in MATH.findall(page) if "x\\in" in each or "aligned" in each]
    assert 'class="tex-' in there[1]
    for name in ("feed.xml", "atom.xml", "feed.json", "days.xml"):
        text = (output / name).read_text(encoding="utf-8")
        if name.endswith(".json"):
            text = json.loads(text)["items"][0]["content_html"]
        content = text if "<math" in text else unescape(text)
        assert [each for each in there if each in content] == there, name
    assert "ℝⁿ" in (output / "feed.xml").read_text(encoding="utf-8")
    assert r"\R" not in page
