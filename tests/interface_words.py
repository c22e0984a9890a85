"""Every word of the interface, as templates and planning ask for it; `make words` brings the catalogues up to date."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes
from jinja2.ext import babel_extract

ROOT = Path(__file__).resolve().parents[1]
LOCALES = ROOT / "digest" / "locales"
TEMPLATES = sorted(path for path in ROOT.glob("themes/*/templates/**/*") if path.is_file())
NO_WORDS = {"model", "languages", "rendering"}  # folders whose files hand words on
MODULES = sorted(
    path for path in (ROOT / "digest").rglob("*.py") if NO_WORDS.isdisjoint(path.relative_to(ROOT).parent.parts)
)
LANGUAGES = ("ar", "de", "es", "fr", "ja", "pt", "zh")
WORDS = {"gettext": None, "ngettext": (1, 2)}
_VOLATILE = tuple(f'"{name}' for name in ("POT-", "PO-", "Last-", "Language-Team", "Report-", "Generated-By"))
_HEADER = """\
# Words of the interface of digest.
# Kept up to date by `make words`; what has no translation is English.
#"""


def extract_words() -> Catalog:
    """The messages of all templates and modules, each with the files that it stands in."""
    template = Catalog(fuzzy=False)
    for path in (*TEMPLATES, *MODULES):
        name = path.relative_to(ROOT).as_posix()
        for message, comments in _extract(path):
            template.add(message, locations=[(name, 0)], auto_comments=comments)
    return template


def dynamic_words() -> Iterator[str]:
    """Places that ask for a word that is not written there, and which no catalogue can therefore be held to have."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WORDS:
                asked = node.args[: 2 if node.func.attr == "ngettext" else 1]
                if not all(isinstance(word, ast.Constant) for word in asked):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}"
    for path in TEMPLATES:
        for call in Environment().parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in {"_", *WORDS}:
                asked_here = call.args[: 2 if call.node.name == "ngettext" else 1]
                if not all(isinstance(word, nodes.Const) for word in asked_here):
                    yield f"{path.relative_to(ROOT)}:{call.lineno}"


def read_catalogue(language: str) -> Catalog:
    """The catalogue of a language, as Babel reads it; an empty one where there is none yet."""
    path = LOCALES / f"{language}.po"
    if not path.exists():
        return Catalog(language, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def list_texts(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The English of a message and its translation, each one text or the forms of a plural."""
    english, translated = message.id or "", message.string or ""
    return (english,) if isinstance(english, str) else tuple(english), (
        (translated,) if isinstance(translated, str) else tuple(translated)
    )


def update_catalogues() -> None:
    """Write `digest.pot` and the catalogue of each language: what is new without translation, what is gone gone."""
    LOCALES.mkdir(exist_ok=True)
    template = extract_words()
    (LOCALES / "digest.pot").write_bytes(write_catalogue(template))
    for language in LANGUAGES:
        catalogue = read_catalogue(language)
        catalogue.update(template, no_fuzzy_matching=True)
        (LOCALES / f"{language}.po").write_bytes(write_catalogue(catalogue))
        lacking = sum(1 for message in catalogue if message.id and not (message.string and all(message.string)))
        print(f"{language}: {len(catalogue)} messages, {lacking} to translate")  # noqa: T201 - for whoever called it


def _extract(path: Path) -> Iterator[tuple[str | tuple[str, str], list[str]]]:
    """The messages of a file, with what a comment before them tells translators."""
    found: Iterable[Any]
    with path.open("rb") as file:
        if path.suffix == ".py":
            found = extract_python(file, WORDS, ["Words:"], {})
        else:
            found = babel_extract(file, ("_", *WORDS), ["Words:"], {"silent": "false", "trim_blocks": "true"})
        for _, function, message, comments in found:
            texts = message if isinstance(message, tuple | list) else (message,)
            english = (str(texts[0]), str(texts[1])) if function == "ngettext" else str(texts[0])
            yield english, [str(comment) for comment in comments or ()]


def write_catalogue(catalogue: Catalog) -> bytes:
    """A catalogue without times and without what it once held, so that the same words are the same file."""
    catalogue.header_comment = _HEADER
    catalogue.project, catalogue.version, catalogue.language_team, catalogue.last_translator = "digest", "", "", ""
    catalogue.obsolete.clear()
    buffer = BytesIO()
    write_po(buffer, catalogue, width=120, sort_output=True, ignore_obsolete=True, include_lineno=False)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_VOLATILE)).encode()


if __name__ == "__main__":
    update_catalogues()
