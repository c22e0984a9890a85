"""A small site of what pages must bear: endless words, a crowd of authors, scripts that run the other way, nothing."""

from __future__ import annotations

import random
from pathlib import Path

DAY = "2026-10-05"
CROWD = [f"Author Number{number}" for number in range(100)]
ARABIC = "ملاحظات عن التعلّم العميق"
_FORMULA = "$$\\sum_{i=1}^{n} " + " + ".join(f"x_{{{number}}}^2" for number in range(60)) + "$$"

_ENTRIES = {
    "long-title": ("A title that does not end " * 12, "A body.", ["Ann Author"], "", "venue: " + "On " * 40),
    "long-word": ("Pneumono" + "ultramicroscopic" * 12, "Silico" + "volcanoconiosis" * 40, ["Ann" + "a" * 90], "", ""),
    "crowd": ("By a hundred", f"Text.\n\n{_FORMULA}", CROWD, "", ""),
    "bare": ("Nobody wrote this", "", [], "", ""),
    "arabic": (ARABIC, f"{ARABIC} GPT-4 {ARABIC}.\n\n- {ARABIC}\n- `code`", ["Ada Lovelace"], "ar", ""),
    "marks": (
        "Angles < and > & `code` \\u202e turned",
        "A wide table:\n\n|" + " column |" * 20 + "\n|" + "---|" * 20 + "\n|" + " value |" * 20
        + "\n\n```python\n" + "x = " + "1 + " * 90 + "1\n```\n\n> Said.\n\n## One\n\na\n\n## Two\n\nb\n\n## Three\n\nc",
        ["Ann Author", "Ada Lovelace"], "",
        'details: {volume: "12", page: 1-9, comment: 9 pages}\nannounced: 2026-10-02',
    ),
}  # fmt: skip


def write_extreme_site(site: Path, **settings: str) -> None:
    """Its content: each extreme is an entry of one day, beside some that share a tag over other days."""
    content = site / "content"
    content.mkdir()
    lines = ["title: Extremes", "author_page_entries: 1", "license: CC BY 4.0", "home_days: 3"]
    lines += [f"{name}: {value}" for name, value in settings.items()]
    (content / "site.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for slug, (title, body, authors, language, more) in _ENTRIES.items():
        front = [
            f'title: "{title.strip()}"',
            f"date: {DAY}",
            f"slug: {slug}",
            f"authors: {authors}",
            f"tags: [extremes, {'tag' * 40 if slug == 'long-word' else 'ai'}]",
        ]
        front += [f"lang: {language}"] if language else []
        front += [more] if more else []
        (content / f"{slug}.md").write_text("\n".join(["---", *front, "---", "", body, ""]), encoding="utf-8")
    for number in range(1, 4):
        text = f"---\ntitle: Plain {number}\ndate: 2026-09-0{number}\ntags: [extremes]\n---\n\nPlain.\n"
        (content / f"plain-{number}.md").write_text(text, encoding="utf-8")


def write_daily_site(site: Path, entries: int = 40) -> None:
    """A day of abstracts as long as they are, in words that a packer cannot guess much better than real ones."""
    draw = random.Random(entries)
    sounds = ["ba", "co", "di", "fen", "gra", "hel", "ion", "lu", "mer", "net", "or", "pla", "que", "ras", "ti", "ver"]
    words = ["".join(draw.choices(sounds, k=draw.choice([1, 2, 2, 3, 4]))) for _ in range(4000)]
    content = site / "content"
    content.mkdir()
    (content / "site.yml").write_text("title: Forty a day\ndescription: Abstracts\n", encoding="utf-8")
    for number in range(entries):
        title = " ".join(draw.choices(words, k=9)).capitalize()
        names = [" ".join(draw.choices(words, k=2)).title() for _ in range(draw.randint(1, 8))]
        tags = draw.sample(["vision", "language", "robotics", "theory", "speech", "graphs"], 2)
        body = ". ".join(" ".join(draw.choices(words, k=18)).capitalize() for _ in range(10)) + "."
        front = [f"title: {title}", "date: 2026-10-05", f"authors: {names}", f"tags: {tags}", "kind: abstract"]
        front += [f'arxiv: "2610.{number:05}"', "published: 2026-10-02"]
        text = "\n".join(["---", *front, "---", "", body, ""])
        (content / f"paper-{number}.md").write_text(text, encoding="utf-8")
