"""`digest enrich` against a real server: what entries lack is filled in, and nothing else is touched."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from digest.cli import main
from digest.commands import enrich
from digest.fetching import Services

ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <title>arXiv Query</title>{entries}
</feed>
"""
ENTRY = """
  <entry>
    <id>http://arxiv.org/abs/{id}v2</id><title>Watering Onions {id}</title>
    <updated>2018-05-01T10:00:00Z</updated><published>2018-04-13T10:00:00Z</published>
    <summary>Words.</summary><arxiv:doi>10.1000/onions</arxiv:doi>
    <author><name>Ann Author</name></author><author><name>Bo Writer</name></author>
  </entry>"""
RECORD = """
PMID- {id}
TI  - Leeks and water.
FAU - Writer, Bo
AU  - Writer B
DP  - 2019 May 3
LID - 10.1000/leeks [doi]
"""


class Papers(BaseHTTPRequestHandler):
    """arXiv, the DOI agencies and PubMed, as far as they are asked here."""

    asked: list[str] = []  # noqa: RUF012 - of all requests, each of which is an object of its own

    def do_GET(self) -> None:
        self.asked.append(self.path)
        parts = urlsplit(self.path)
        words = {name: values[0] for name, values in parse_qs(parts.query).items()}
        status, text = 200, ""
        if parts.path == "/arxiv":
            known = [name for name in words["id_list"].split(",") if name != "1804.09999"]
            text = ATOM.format(entries="".join(ENTRY.format(id=name) for name in known))
        elif parts.path == "/pubmed":
            text = "".join(RECORD.format(id=name) for name in words["id"].split(","))
        elif parts.path == "/doi/10.1000/beans":
            assert self.headers["Accept"] == "application/vnd.citationstyles.csl+json"
            issued = {"date-parts": [[2020, 2]]}
            author = [{"family": "Lovelace", "given": "Ada"}]
            told = {
                "type": "article",
                "DOI": "10.1000/BEANS",
                "title": "Beans",
                "author": author,
                "issued": issued,
            }
            text = json.dumps(told)
        elif unquote(parts.path) == "/doi/10.1000/none":
            status = 404
        else:
            status = 503
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Papers)
    Papers.asked.clear()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    found = Services(f"{base}/arxiv", f"{base}/doi/", f"{base}/pubmed", f"{base}/openreview")
    monkeypatch.setattr(enrich, "Services", lambda: found)
    yield found
    server.shutdown()
    server.server_close()


def write(site: Path, name: str, front: str, body: str = "My words.") -> Path:
    path = site / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{front}\n---\n\n{body}\n", encoding="utf-8")
    return path


def test_what_is_missing_is_filled_in(services: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    onions = write(tmp_path, "a.md", 'title: My words\ntitle_from: text\ndate: 2019-01-02 # mine\narxiv: "1804.00222"')
    mine = write(tmp_path, "b.md", 'title: Mine\ndate: 2019-01-02\nauthors: [Me]\narxiv: "1804.00223"')
    beans = write(tmp_path, "c.md", 'title: On Beans\ndate: 2019-01-02\ndoi: "10.1000/beans"')
    leeks = write(tmp_path, "d.md", 'title: Leeks\ndate: 2019-01-02\nauthors: [Me]\npmid: "31452104"')
    nameless = write(tmp_path, "e.md", "title: No name\ndate: 2019-01-02")
    before = nameless.read_bytes()
    assert main(["enrich", "--site", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "content/a.md: renewed title, authors, published, doi" in out
    assert "4 renewed" in out
    assert onions.read_text() == (
        "---\ntitle: Watering Onions 1804.00222\ndate: 2019-01-02 # mine\npublished: 2018-04-13\n"
        'authors:\n  - Ann Author\n  - Bo Writer\narxiv: "1804.00222"\ndoi: "10.1000/onions"\n'
        f"source:\n  fingerprints: {onions.read_text().partition('fingerprints: ')[2]}"
    )
    assert "title: Mine\n" in mine.read_text()
    assert "authors: [Me]\n" in mine.read_text()
    assert "published: 2018-04-13\n" in mine.read_text()
    assert "published: 2020-02\n" in beans.read_text()
    assert "  - Ada Lovelace\n" in beans.read_text()
    assert 'doi: "10.1000/leeks"\n' in leeks.read_text()
    assert nameless.read_bytes() == before
    assert len(Papers.asked) == 3
    assert "id_list=1804.00222,1804.00223" in Papers.asked[0]


def test_what_a_person_took_away_stays_away(services: Services, tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "a.md",
        'title: Mine\ndate: 2019-01-02\narxiv: "1804.00222"\nsource:\n  format: x\n  fingerprints: authors=12345678',
    )
    assert main(["enrich", "--site", str(tmp_path)]) == 0
    assert "authors:\n" not in path.read_text()
    assert "doi:" in path.read_text()


def test_unknown_papers_and_services_that_fail(
    services: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.md", 'title: A\ndate: 2019-01-02\ndoi: "10.1000/none"')
    gone = write(tmp_path, "b.md", 'title: B\ndate: 2019-01-02\narxiv: "1804.09999"')
    assert main(["enrich", "--site", str(tmp_path)]) == 0
    said = capsys.readouterr().err
    assert "warning[DG701]: 127.0.0.1 does not know" in said
    assert "warning[DG701]: 127.0.0.1 tells nothing of 1804.09999" in said
    assert "authors" not in gone.read_text()


def test_some_entries_only_and_dry(services: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = write(tmp_path, "a.md", 'title: A\ndate: 2019-01-02\narxiv: "1804.00222"')
    write(tmp_path, "b.md", 'title: B\ndate: 2019-01-02\narxiv: "1804.00223"')
    before = one.read_bytes()
    assert main(["enrich", str(one), "--dry-run", "--site", str(tmp_path)]) == 0
    assert "1 would be renewed" in capsys.readouterr().out
    assert one.read_bytes() == before
    assert [path.partition("id_list=")[2].partition("&")[0] for path in Papers.asked] == ["1804.00222"]


def test_nothing_to_do_asks_nobody(services: Services, tmp_path: Path) -> None:
    write(tmp_path, "a.md", 'title: A\ndate: 2019-01-02\npublished: 2018-04-13\nauthors: [Me]\narxiv: "1804.00222"')
    assert main(["enrich", "--site", str(tmp_path)]) == 0
    assert Papers.asked == []


@pytest.mark.parametrize("command", ["enrich", "fetch"])
def test_where_there_is_no_site(tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--site", str(tmp_path)]) == 1
    told = "".join(capsys.readouterr())
    assert "error[DG203]" in told
    assert "is not a site" in told
    assert list(tmp_path.iterdir()) == []
