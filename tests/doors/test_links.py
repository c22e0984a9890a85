"""Every address in a built site leads somewhere, at the root of a host and under a base path."""

from __future__ import annotations

from pathlib import Path

from built_sites import ROOT, broken_links, build_site


def test_every_link_of_the_demo_leads_somewhere_at_the_root(demo_output: Path) -> None:
    assert broken_links(demo_output) == []


def test_every_link_of_the_demo_leads_somewhere_under_a_base_path(tmp_path: Path) -> None:
    build_site(ROOT, tmp_path, "/repo/")
    assert broken_links(tmp_path, "/repo/") == []


def test_every_link_of_the_real_documents_leads_somewhere(seeds_output: Path) -> None:
    assert broken_links(seeds_output, "/repo/") == []


def test_the_check_finds_a_broken_link(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<p id="a"><a href="/gone/">x</a><a href="#a">y</a><a href="#b">z</a>')
    assert len(broken_links(tmp_path)) == 2
