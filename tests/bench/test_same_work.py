"""The site that does what the Hugo site beside it does: nothing is wrong with it, and it has no more."""

from __future__ import annotations

import shutil
from pathlib import Path

from built_sites import NOW
from corpus import write_entries

from digest.pipeline import BuildOptions, build

SAME_WORK = Path(__file__).parent / "same_work"


def test_pages_have_the_frame_of_the_theme_and_no_other(tmp_path: Path) -> None:
    site, output = tmp_path / "site", tmp_path / "output"
    shutil.copytree(SAME_WORK, site)
    write_entries(site / "content", 60)
    report = build(site, output, BuildOptions(strict=True), now=NOW)
    assert (report.problems, report.entries) == ((), 60)
    assert {file.suffix for file in output.glob("[!.]*")} == {"", ".html", ".opml", ".txt", ".xml"}
    page = next(output.glob("2001/01/01/entry-7*/index.html")).read_text(encoding="utf-8")
    assert page.count("<article>") == page.count("<title>") == page.count("</html>") == 1
    assert '<div class="body">\n<p>' in page
    day = (output / "2001" / "01" / "01" / "index.html").read_text(encoding="utf-8")
    assert day.count('<div class="body">') == 40
    topic = next(output.glob("tags/*/index.html")).read_text(encoding="utf-8")
    assert topic.count("<time>") == topic.count("<li>") > 1
