"""`digest mail`: a day of a site as a file that programs for mail open."""

from __future__ import annotations

import email
import re
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from digest.cli import main

WORDS = (
    "Gradient descent on a long and winding *loss* surface finds what $x^2$ it can, as [others](https://e.org) said. "
)


def write_entry(site: Path, number: int, body: str, day: str = "2020-01-02", title: str = "") -> None:
    folder = site / "content" / day
    folder.mkdir(parents=True, exist_ok=True)
    title = title or f"Paper {number}"
    (folder / f"{number:03}.md").write_text(
        f"---\ntitle: {title!r}\ndate: {day}\nauthors: [Ann Author]\narxiv: '2001.{number:05}'\n---\n\n{body}\n",
        encoding="utf-8",
    )


def write_mail(site: Path, *arguments: str) -> EmailMessage:
    output = site / "day.eml"
    words = ["mail", "--site", str(site), "--base-url", "https://example.org/blog/", "--from", "ann@example.org"]
    assert main([*words, "--output", str(output), *arguments]) == 0
    message = email.message_from_bytes(output.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert isinstance(part, EmailMessage)
    content: str = part.get_content()
    return content


def size_on_the_way(message: EmailMessage) -> int:
    part = message.get_body(("html",))
    assert part
    return len(part.as_bytes())


def test_the_newest_day_is_written_whole_with_every_link_absolute(tmp_path: Path) -> None:
    write_entry(tmp_path, 1, WORDS, day="2019-12-31")
    write_entry(tmp_path, 2, f"{WORDS}\n\nSee [before](../2019-12-31/001.md) and [above](#x).\n\n![A](/a.png)")
    message = write_mail(tmp_path)
    html, text = body(message, "html"), body(message, "plain")
    assert message["Subject"] == "Digest: 2 January 2020"
    assert message["List-ID"] == '"Digest" <days.blog.example.org>'
    assert message["Date"] == "Thu, 02 Jan 2020 00:00:00 +0000"
    targets = re.findall(r'(?:href|src)="([^"]*)"', html)
    assert "https://example.org/blog/2019/12/31/001/" in targets
    assert "https://example.org/blog/2020/01/02/002/#x" in targets
    assert "https://example.org/blog/a.png" in targets
    assert all(target.startswith("https://") for target in targets)
    assert "https://arxiv.org/abs/2001.00002" in text
    assert "x²" in text
    assert "x²" in html
    assert "<math" not in html
    assert max(map(len, text.splitlines())) <= 90


def test_styles_stand_at_the_elements(tmp_path: Path) -> None:
    write_entry(tmp_path, 1, WORDS)
    html = body(write_mail(tmp_path), "html")
    assert re.search(r'<p style="[^"]*margin[^"]*">Gradient', html)
    style = html.split("<style>")[1].split("</style>")[0].strip()
    assert style.startswith("@media (prefers-color-scheme: dark)")
    assert "<link" not in html
    assert "<script" not in html


@pytest.mark.parametrize(("number", "length"), [(60, 20), (60, 400), (400, 20), (1, 3_000), (60, 0)])
def test_no_day_is_too_long_for_gmail(tmp_path: Path, number: int, length: int) -> None:
    for entry in range(number):
        write_entry(tmp_path, entry, WORDS * (length + entry % 7))
    message = write_mail(tmp_path)
    html = body(message, "html")
    assert size_on_the_way(message) < 102_000
    shown = set(re.findall(r"/2020/01/02/(\d{3})/", html))
    more = re.search(r"(\d+) more on this day", html)
    assert len(shown) + (int(more[1]) if more else 0) == number
    assert len(shown) >= min(number, 60)
    assert ("Read on" in html) == (length > 0)


def test_the_same_day_is_the_same_file(tmp_path: Path) -> None:
    write_entry(tmp_path, 1, WORDS)
    assert write_mail(tmp_path).as_bytes() == write_mail(tmp_path).as_bytes()


@pytest.mark.parametrize("title", ["A <script>alert(1)</script> {{ 7 * 7 }} ]]>", "Tail \u202ereversed", "W" * 10_000])
def test_hostile_titles_stay_texts(tmp_path: Path, title: str) -> None:
    write_entry(tmp_path, 1, WORDS, title=title)
    message = write_mail(tmp_path)
    assert "<script>" not in body(message, "html")
    assert "49" not in body(message, "html").split("<body")[1]
    if "script" in title:
        assert "<script>alert(1)</script> {{ 7 * 7 }} ]]>" in body(message, "plain"), "nothing is escaped in text"


def test_a_theme_of_the_site_writes_its_own(tmp_path: Path) -> None:
    write_entry(tmp_path, 1, WORDS)
    templates = tmp_path / "themes" / "mine" / "templates"
    templates.mkdir(parents=True)
    (templates.parent / "theme.yml").write_text("parent: default\n")
    (templates / "mail.txt").write_text("{{ mail.site }} & {{ mail.entries[0].title }}")
    (tmp_path / "content" / "site.yml").write_text("theme: mine\n")
    message = write_mail(tmp_path)
    assert body(message, "plain").strip() == "Digest & Paper 1"
    assert "Paper 1</a>" in body(message, "html")


def test_a_mail_can_go_to_the_standard_output(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write_entry(tmp_path, 1, WORDS)
    arguments = ["mail", "--site", str(tmp_path), "--from", "ann@example.org", "--to", "bob@example.org"]
    assert main([*arguments, "--output", "-"]) == 0
    written = capfdbinary.readouterr()
    assert written.out.startswith(b"From: ann@example.org\r\nTo: bob@example.org\r\n")
    assert b"base_url" in written.err


def test_a_wrong_address_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["mail", "--site", str(tmp_path), "--to", "nobody"])


def test_a_site_without_feeds_has_nothing_to_subscribe_to(tmp_path: Path) -> None:
    write_entry(tmp_path, 1, WORDS)
    both = write_mail(tmp_path)
    assert all("https://example.org/blog/subscribe/" in body(both, kind) for kind in ("html", "plain"))
    (tmp_path / "content" / "site.yml").write_text("feeds: []\n")
    none = write_mail(tmp_path)
    assert not any("ubscribe" in body(none, kind) for kind in ("html", "plain"))


def test_a_day_with_a_bad_entry_is_not_sent_without_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_entry(tmp_path, 1, WORDS)
    (tmp_path / "content" / "2020-01-02" / "bad.md").write_text("---\ntitle: Bad\ndate: 2020-13-45\n---\n")
    assert main(["mail", "--site", str(tmp_path), "--from", "ann@example.org"]) == 1
    assert "bad.md:3:7: error[DG102]" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.eml"))
