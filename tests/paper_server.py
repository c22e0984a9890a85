"""A server of invented papers on this machine that speaks as arXiv, its mirrors and the JSON services do.

Whatever a test tells it to do wrong, it does: an instance has a list of `Fault`s, each for some requests, and a log.
"""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

FIRST_DAY = date(2026, 11, 16)  # a Monday
PLANTS = ("Onions", "Leeks", "Carrots", "Beans", "Turnips", "Peas", "Radishes", "Chards", "Beets", "Kales", "Dills")


@dataclass(frozen=True)
class Paper:
    """An invented paper; `day` is the one that it is announced on."""

    number: int
    category: str = "cs.CL"
    day: date = FIRST_DAY

    @property
    def arxiv(self) -> str:
        return f"2611.{self.number:05d}"

    @property
    def title(self) -> str:
        return f"Paper {self.number}: {PLANTS[self.number % len(PLANTS)]} & Rain"

    @property
    def abstract(self) -> str:
        plant = PLANTS[self.number % len(PLANTS)].lower()
        bed = sha256(str(self.number).encode()).hexdigest()
        return (
            f"We water {plant} in bed {bed} for {self.number} days and weigh what grows there. Some {plant} like it. "
            f"Where rain fell on day {self.number}, bed {bed[::-1]} gave more."
        )

    @property
    def authors(self) -> tuple[str, ...]:
        return ("Ada Lovelace", f"Ann Author{self.number}")


def some_papers(count: int = 7, category: str = "cs.CL", first: int = 1, day: date = FIRST_DAY) -> tuple[Paper, ...]:
    return tuple(Paper(number, category, day) for number in range(first, first + count))


@dataclass
class Response:
    """What a request is answered with, and how it is sent."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    sent: str = "whole"  # or: cut, long, endless, never, slowly


Change = Callable[[Response], None]


@dataclass
class Fault:
    """What goes wrong with requests whose address holds `where`: so many `times`, the first ones left out."""

    change: Change
    where: str = ""
    times: int = 1_000_000
    after: int = 0


@dataclass
class World:
    """What the server knows, what it does wrong, and what it was asked."""

    papers: tuple[Paper, ...] = some_papers()
    today: date = FIRST_DAY
    page: int = 3
    faults: list[Fault] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    url: str = ""
    closing: threading.Event = field(default_factory=threading.Event)

    def respond(self, address: str, known: str) -> Response:
        """The right answer, and then what is wrong with it."""
        parts = urlsplit(address)
        words = {name: values[0] for name, values in parse_qs(parts.query).items()}
        steps = [unquote(step) for step in parts.path.strip("/").split("/")]
        speak = SPEAKERS.get(steps[0])
        response = speak(self, steps[1:], words) if speak else Response(b"no such page", 404)
        if response.status == 200:
            etag = f'"{sha256(response.body).hexdigest()[:16]}"'
            response.headers["ETag"] = etag
            if etag == known:
                response = Response(b"", 304, {"ETag": etag})
        for fault in self.faults:
            if fault.where not in unquote(address):
                continue
            if fault.after:
                fault.after -= 1
            elif fault.times:
                fault.times -= 1
                fault.change(response)
        return response


def speak_api(world: World, _steps: list[str], words: dict[str, str]) -> Response:
    start = int(words.get("start", "0"))
    papers = sorted(world.papers, key=lambda paper: -paper.number)
    if "id_list" in words:
        papers = [paper for paper in papers if paper.arxiv in words["id_list"].split(",")]
    shown = papers[start : start + min(int(words["max_results"]), world.page)]
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{paper.arxiv}v1</id><title>{escape(paper.title)}</title>"
        f"<updated>{paper.day}T10:00:00Z</updated><published>{paper.day}T10:00:00Z</published>"
        f'<link href="https://arxiv.org/abs/{paper.arxiv}v1" rel="alternate" type="text/html"/>'
        f"<summary>  {escape(paper.abstract)}\n</summary>"
        f'<category term="{paper.category}" scheme="http://arxiv.org/schemas/atom"/>'
        f'<arxiv:primary_category term="{paper.category}"/>'
        + "".join(f"<author><name>{name}</name></author>" for name in paper.authors)
        + "</entry>\n"
        for paper in shown
    )
    return xml(
        '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" '
        'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">\n'
        "<id>https://arxiv.org/api/OPAQUE</id><title>arXiv Query: search_query=x</title>"
        f"<updated>{world.today}T22:09:25Z</updated>"
        f"<opensearch:itemsPerPage>{world.page}</opensearch:itemsPerPage>"
        f"<opensearch:totalResults>{len(papers)}</opensearch:totalResults>"
        f"<opensearch:startIndex>{start}</opensearch:startIndex>\n{entries}</feed>\n"
    )


def speak_rss(world: World, steps: list[str], _words: dict[str, str]) -> Response:
    stamp = f"{world.today:%a, %d %b %Y} 00:00:00 -0500"
    items = "".join(
        f"<item><title>{escape(paper.title)}</title><link>https://arxiv.org/abs/{paper.arxiv}</link>"
        f"<description>arXiv:{paper.arxiv}v1 Announce Type: new \nAbstract: {escape(paper.abstract)}</description>"
        f'<guid isPermaLink="false">oai:arXiv.org:{paper.arxiv}v1</guid><category>{paper.category}</category>'
        f"<pubDate>{stamp}</pubDate><arxiv:announce_type>new</arxiv:announce_type>"
        f"<dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>"
        f"<dc:creator>{', '.join(paper.authors)}</dc:creator></item>\n"
        for paper in world.papers
        if paper.category == steps[0] and paper.day == world.today
    )
    return xml(
        '<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:atom="http://www.w3.org/2005/Atom" version="2.0"><channel>'
        f"<title>{steps[0]} updates on arXiv.org</title><link>http://rss.arxiv.org/rss/{steps[0]}</link>"
        f"<description>{steps[0]} updates on the arXiv.org e-print archive.</description>"
        f"<language>en-us</language><pubDate>{stamp}</pubDate>"
        f"<skipDays><day>Saturday</day><day>Sunday</day></skipDays>\n{items}</channel></rss>\n",
        "application/rss+xml",
    )


def speak_catchup(world: World, steps: list[str], words: dict[str, str]) -> Response:
    category, day = steps[0], date.fromisoformat(steps[1])
    papers = [paper for paper in world.papers if paper.category == category and paper.day == day]
    start = (int(words.get("page", "1")) - 1) * world.page
    shown = papers[start : start + world.page]
    told = f"{day:%a, %d %b %Y}"
    entries = "".join(
        f'<dt><a name=\'item{place}\'>[{place}]</a> <a href ="/abs/{paper.arxiv}" title="Abstract" '
        f'id="{paper.arxiv}">arXiv:{paper.arxiv}</a> [<a href="/pdf/{paper.arxiv}" title="Download PDF">pdf</a>]</dt>\n'
        "<dd><div class='meta'><div class='list-title mathjax'><span class='descriptor'>Title:</span> "
        f"{escape(paper.title)}</div>\n<div class='list-authors'>"
        + ", ".join(f'<a href="/search/cs?query={name}">{name}</a>' for name in paper.authors)
        + "</div>\n<div class='list-subjects'><span class='descriptor'>Subjects:</span> "
        f'<span class="primary-subject">Computation and Language ({paper.category})</span></div>\n'
        f"<p class='mathjax'>{escape(paper.abstract)}</p></div></dd>\n"
        for place, paper in enumerate(shown, start + 1)
    )
    later = any(paper.day > day for paper in world.papers if paper.day <= world.today)
    following = f'<a href="/catchup/{category}/{day + timedelta(days=1)}">Continue to the next day</a>' if later else ""
    total = f"Total of {len(papers)} entries for {told}"
    heading = f"<h3>New submissions (showing {len(shown)} of {len(papers)} entries)</h3>"
    listing = f"<dl id='articles'>{heading}\n{entries}</dl>" if shown else f"<div><p>No updates for {told}.</p></div>"
    return html(
        f"<h1>Catchup results for Computation and Language on {told}</h1>\n<div>{following} {total}</div>\n"
        f"{listing}\n<div>{total} {following}</div>"
    )


def speak_oai(world: World, _steps: list[str], words: dict[str, str]) -> Response:
    token = words.get("resumptionToken", "")
    since, _, place = token.partition("|") if token else (words["from"], "", "0")
    papers = [paper for paper in world.papers if paper.day.isoformat() >= since]
    start = int(place)
    shown = papers[start : start + world.page]
    records = "".join(
        f"<record><header><identifier>oai:arXiv.org:{paper.arxiv}</identifier><datestamp>{paper.day}</datestamp>"
        "<setSpec>cs:cs:CL</setSpec></header><metadata>"
        '<arXiv xmlns="http://arxiv.org/OAI/arXiv/">'
        f"<id>{paper.arxiv}</id><created>{paper.day}</created><authors>"
        + "".join(
            f"<author><keyname>{name.split()[1]}</keyname><forenames>{name.split()[0]}</forenames></author>"
            for name in paper.authors
        )
        + f"</authors><title>{escape(paper.title)}</title><categories>{paper.category}</categories>"
        f"<abstract>  {escape(paper.abstract)}\n</abstract></arXiv></metadata></record>\n"
        for paper in shown
    )
    more = start + world.page < len(papers)
    following = f"<resumptionToken>{since}|{start + world.page}</resumptionToken>" if more else ""
    if not shown:
        return oai("<error code='noRecordsMatch'>The list is empty.</error>", world)
    return oai(f"<ListRecords>{records}{following}</ListRecords>", world)


def oai(inner: str, world: World) -> Response:
    return xml(
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
        f"<responseDate>{world.today}T10:00:00Z</responseDate>"
        f'<request verb="ListRecords">{world.url}/oai</request>\n{inner}</OAI-PMH>\n'
    )


def speak_huggingface(world: World, _steps: list[str], words: dict[str, str]) -> Response:
    day = date.fromisoformat(words["date"])
    if day > world.today:
        return as_json({"error": "this day is not open yet"}, 400)
    papers = [paper for paper in world.papers if paper.day == day]
    size = int(words["limit"])
    start = int(words.get("p", "0")) * size
    return as_json(
        [
            {
                "title": paper.title,
                "publishedAt": f"{paper.day}T09:00:00.000Z",
                "numComments": 1,
                "paper": {
                    "id": paper.arxiv,
                    "title": paper.title,
                    "summary": paper.abstract,
                    "authors": [{"name": name, "hidden": False} for name in paper.authors],
                    "publishedAt": f"{paper.day}T00:00:00.000Z",
                    "submittedOnDailyAt": f"{paper.day}T00:00:00.000Z",
                    "upvotes": 3,
                },
            }
            for paper in papers[start : start + size]
        ]
    )


def speak_biorxiv(world: World, steps: list[str], _words: dict[str, str]) -> Response:
    server, first, last, cursor = steps[0], steps[1], steps[2], int(steps[3])
    papers = [paper for paper in world.papers if first <= paper.day.isoformat() <= last]
    shown = papers[cursor : cursor + world.page]
    if not shown:
        return as_json({"messages": [{"status": "no posts found"}], "collection": []})
    head = {"status": "ok", "interval": f"{first}:{last}", "cursor": cursor, "count": len(shown)}
    return as_json(
        {
            "messages": [{**head, "total": str(len(papers))}],
            "collection": [
                {
                    "doi": f"10.1101/2026.11.16.{paper.number:06d}",
                    "title": paper.title,
                    "authors": "Lovelace, A.; Author, A.",
                    "author_corresponding": "Ada Lovelace",
                    "date": paper.day.isoformat(),
                    "version": "1",
                    "type": "new results",
                    "license": "cc_by",
                    "category": "cell biology",
                    "jatsxml": f"https://www.biorxiv.org/content/early/{paper.number}.source.xml",
                    "abstract": paper.abstract,
                    "published": "NA",
                    "server": server,
                }
                for paper in shown
            ],
        }
    )


def speak_openreview(world: World, _steps: list[str], words: dict[str, str]) -> Response:
    start = int(words["offset"])
    return as_json(
        {
            "notes": [
                {
                    "id": f"noteOf{paper.number:04d}",
                    "forum": f"noteOf{paper.number:04d}",
                    "cdate": 1_763_251_200_000,
                    "tcdate": 1_763_251_200_000,
                    "invitations": ["Garden/-/Submission"],
                    "signatures": ["Garden/Submission1/Authors"],
                    "mdate": 1_763_251_200_000,
                    "content": {
                        "title": {"value": paper.title},
                        "abstract": {"value": paper.abstract},
                        "authors": {"value": list(paper.authors)},
                        "venue": {"value": "Garden 2026"},
                        "pdf": {"value": f"/pdf/{paper.number}.pdf"},
                    },
                }
                for paper in world.papers[start : start + min(int(words["limit"]), world.page)]
            ],
            "count": len(world.papers),
        }
    )


def speak_feed(world: World, _steps: list[str], _words: dict[str, str]) -> Response:
    entries = "".join(
        f"<entry><id>urn:garden:{paper.number}</id><title>{escape(paper.title)}</title>"
        f'<link href="https://garden.example/{paper.number}"/><updated>{paper.day}T08:00:00Z</updated>'
        f"<author><name>Ada Lovelace</name></author><summary>{escape(paper.abstract)}</summary></entry>\n"
        for paper in world.papers
    )
    return xml(
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:garden</id><title>Garden</title>'
        f"<updated>{world.today}T08:00:00Z</updated>\n{entries}</feed>\n"
    )


def speak_page(world: World, steps: list[str], _words: dict[str, str]) -> Response:
    """The page of a paper, as publishers have it."""
    found = next((paper for paper in world.papers if steps and str(paper.number) == steps[0]), None)
    if found is None:
        return Response(b"no such page", 404)
    fields = {"title": found.title, "publication_date": f"{found.day:%Y/%m/%d}", "doi": f"10.1000/page.{found.number}"}
    metas = [f'<meta name="citation_{name}" content="{escape(value)}">' for name, value in fields.items()]
    metas += [f'<meta name="citation_author" content="{name}">' for name in found.authors]
    head = f"<title>{escape(found.title)}</title>{''.join(metas)}"
    page = f"<!DOCTYPE html><html><head>{head}</head><body><p>{escape(found.abstract)}</p></body></html>"
    return Response(page.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


SPEAKERS: dict[str, Callable[[World, list[str], dict[str, str]], Response]] = {
    "api": speak_api,
    "page": speak_page,
    "rss": speak_rss,
    "catchup": speak_catchup,
    "oai": speak_oai,
    "huggingface": speak_huggingface,
    "details": speak_biorxiv,
    "notes": speak_openreview,
    "feed.xml": speak_feed,
}


def xml(body: str, media_type: str = "application/atom+xml") -> Response:
    return Response(f"<?xml version='1.0' encoding='UTF-8'?>\n{body}".encode(), headers={"Content-Type": media_type})


def html(body: str) -> Response:
    page = f"<!DOCTYPE html>\n<html lang='en'><body><div id='dlpage'>\n{body}\n</div></body></html>\n"
    return Response(page.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def as_json(value: Any, status: int = 200) -> Response:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Response(body, status, {"Content-Type": "application/json; charset=utf-8"})


def refuse(response: Response, status: int, **headers: str) -> None:
    """Answer with this status."""
    response.status, response.body = status, b"Rate exceeded."
    response.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def send(response: Response, how: str) -> None:
    """Send it in this wrong way: cut, long, endless, never."""
    response.sent = how


def say(response: Response, text: str, status: int = 200, media_type: str = "text/html") -> None:
    """Answer with this text."""
    response.body, response.status, response.headers = text.encode(), status, {"Content-Type": media_type}


def replace_text(response: Response, old: str, new: str) -> None:
    """Write something else in its place."""
    response.body = response.body.replace(old.encode(), new.encode())
    response.headers.pop("ETag", None)


BOMB = gzip.compress(b" " * (50 << 20))


def pack_bomb(response: Response) -> None:
    """Answer with a great many blanks, packed small."""
    response.body, response.headers["Content-Encoding"] = BOMB, "gzip"


def redirect(response: Response, target: str) -> None:
    """Lead elsewhere."""
    response.status, response.body, response.headers = 302, b"", {"Location": target}


class Server(ThreadingHTTPServer):
    """Says nothing of those who hang up: some of the tests do."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nobody reads it."""


class Handler(BaseHTTPRequestHandler):
    """Sends what the world says, in the way that it says."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, world: World, *arguments: Any) -> None:
        self.world = world
        super().__init__(*arguments)

    def do_GET(self) -> None:
        self.world.asked.append(unquote(self.path))
        self.world.agents.add(self.headers.get("User-Agent", ""))
        response = self.world.respond(self.path, self.headers.get("If-None-Match", ""))
        if response.sent == "never":
            self.world.closing.wait(5)
            self.close_connection = True
            return
        body = response.body
        length = {"cut": len(body), "long": len(body) // 2}.get(response.sent, len(body))
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.sent == "endless":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.send_chunks()
            return
        if response.status != 304:
            self.send_header("Content-Length", str(length))
        if response.sent != "whole":
            self.close_connection = True
            self.send_header("Connection", "close")
        self.end_headers()
        with suppress(OSError):  # who asked may have heard enough
            self.wfile.write(body[: len(body) // 2] if response.sent == "cut" else body)

    def send_chunks(self) -> None:
        self.close_connection = True
        while not self.world.closing.is_set():
            try:
                self.wfile.write(b"10000\r\n" + b"a" * 0x10000 + b"\r\n")
            except OSError:
                return

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nobody reads it."""


@contextmanager
def serve_papers(world: World) -> Iterator[World]:
    """The world, to be asked at its `url`."""
    server = Server(("127.0.0.1", 0), partial(Handler, world))
    world.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield world
    finally:
        world.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
