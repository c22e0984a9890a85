"""Which plugins there are, and what is said of one that is wrong: always which, and of what distribution."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest

from digest.model import Document, PluginKind, ProblemError
from digest.pipeline import BuildOptions, open_preview
from digest.plugins import OURS, blame, find_plugin, list_places, list_plugins, load_plugin, plugin_names, tell_origin
from digest.reading import read_settings
from digest.sources import read_document

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs a module of some lines as a distribution that names a value in it."""
    place = tmp_path / "lib"
    place.mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(place)])
    before = set(sys.modules)

    def make(points: str, code: str = "", *, name: str = "digest_leek", version: str = "2.1", needs: str = "") -> None:
        (place / f"{name}.py").write_text(code, encoding="utf-8")
        info = place / f"{name}-{version}.dist-info"
        info.mkdir()
        (info / "entry_points.txt").write_text(points, encoding="utf-8")
        (info / "METADATA").write_text(f"Name: {name}\n{needs}\n\nRequires-Dist: text\n", encoding="utf-8")

    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    yield make
    for added in set(sys.modules) - before:
        if added.startswith("digest_"):
            del sys.modules[added]


def refused(kind: PluginKind, name: str) -> tuple[str, str]:
    """What is said of a plugin that cannot be used, and the hint."""
    plugin = find_plugin(kind, name)
    assert plugin
    with pytest.raises(ProblemError) as caught:
        load_plugin(plugin)
    (problem,) = caught.value.problems
    assert problem.code == "DG811"
    assert f"{name!r} (digest-leek 2.1)" in problem.message
    return problem.message, problem.hint


def test_ours_are_what_they_say() -> None:
    own = [plugin for plugin in list_plugins() if plugin.distribution == OURS]
    assert {plugin.kind for plugin in own} == {"sources", "checks", "themes", "publishers"}
    for plugin in own:
        load_plugin(plugin)
        assert find_plugin(plugin.kind, plugin.name) == plugin
    assert list_places(own) == ()


def test_entry_points_are_read_as_they_are_written(install: Install) -> None:
    install(
        "[console_scripts]\nx = a:b\n\n[digest.filters]\n# none\ninitials=digest_leek : initials [extra]\n\n"
        "[ digest.markdown ]\ncallouts = digest_leek\n[digest.unknown]\ny = z\n"
    )
    found = [plugin for plugin in list_plugins() if plugin.distribution == "digest-leek"]
    assert [(each.kind, each.name, each.target, each.version) for each in found] == [
        ("markdown", "callouts", "digest_leek", "2.1"),
        ("filters", "initials", "digest_leek:initials", "2.1"),
    ]
    assert plugin_names("filters") == ("initials",)
    assert "callouts" not in plugin_names("pages")


WRONG = [
    ("sources", "leek", "", "AttributeError"),
    ("sources", "leek", "raise SystemExit(3)", "SystemExit"),
    ("sources", "leek", "import no_such_module", "ModuleNotFoundError: No module named 'no_such_module'"),
    ("sources", "leek", "def", "SyntaxError"),
    ("sources", "leek", "X = 3", "it has no `name`"),
    ("sources", "leek", "class X: name = 'onion'", "it calls itself 'onion'"),
    (
        "sources",
        "leek",
        "class X:\n name = 'leek'\n def recognise(d): ...\n def read(a, b): ...",
        "`read` cannot be",
    ),
    ("sources", "Leek", "X = 3", "its name is none"),
    ("sources", "bibtex", "X = 3", "digest itself has one"),
    ("pages", "leek", "class X:\n templates = {}", "it has no `make_pages`"),
    ("checks", "leek", "class X:\n name = 'leek'", "it has no `codes`"),
    ("publishers", "leek", "class X:\n name = 'leek'", "it has no `look`"),
    ("markdown", "leek", "X = 3", "it is a int, which cannot be called"),
    ("filters", "leek_soup", "X = 'text'", "it is a str, which cannot be called"),
    ("filters", "leek-soup", "X = len", "its name is none"),
    ("filters", "leek_soup", "def X(): ...\nX.jinja_pass_arg = 1", "nothing of the template"),
    ("themes", "leek", "X = '/tmp'", "not the path of a folder with theme.yml"),
]


@pytest.mark.parametrize(("kind", "name", "code", "fault"), WRONG)
def test_a_plugin_that_is_wrong_is_named(kind: PluginKind, name: str, code: str, fault: str, install: Install) -> None:
    install(f"[digest.{kind}]\n{name} = digest_leek:X\n", code)
    if name == "bibtex":  # ours is found, whoever else has the name
        (plugin,) = [each for each in list_plugins() if (each.kind, each.name, each.version) == (kind, name, "2.1")]
        with pytest.raises(ProblemError, match=fault):
            load_plugin(plugin)
        found = find_plugin(kind, name)
        assert found
        assert found.distribution == OURS
        return
    message, hint = refused(kind, name)
    assert fault in message
    assert hint


def test_every_kind_is_checked() -> None:
    assert {kind for kind, *_ in WRONG} == set(get_args(PluginKind))


def test_of_two_of_one_name_neither_is_used(install: Install, tmp_path: Path) -> None:
    for name in ("digest_leek", "digest_onion"):
        install("[digest.pages]\nlist = x:Y\n", name=name)
    with pytest.raises(ProblemError, match=r"\(digest-leek 2\.1\).*\(digest-onion 2\.1\) has the same name"):
        find_plugin("pages", "list")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.yml").write_text("plugins: list\n", encoding="utf-8")
    _, problems = read_settings(tmp_path)
    assert [(problem.code, problem.span and problem.span.column) for problem in problems] == [("DG811", 10)]


def test_the_folder_that_one_stands_in_brings_none(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install("[digest.pages]\nlist = x:Y\n")
    assert "list" in plugin_names("pages")
    monkeypatch.chdir(tmp_path / "lib")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "lib"), *sys.path[:-1]])
    assert plugin_names("pages") == ()


def test_an_origin_tells_contents_and_what_is_needed(install: Install, tmp_path: Path) -> None:
    install(
        "[digest.filters]\nx = digest_leek:X\n", "X = len", needs="Requires-Dist: Digest.Onion >=3 ; extra == 'all'"
    )
    install("", name="digest_onion", version="3.0", needs="Requires-Dist: digest-leek\nRequires-Dist: not-installed")
    install("", name="digest_chive")
    plugin = find_plugin("filters", "x")
    assert plugin
    origin = tell_origin(plugin)
    assert origin.startswith("digest-leek 2.1 ")
    assert origin.endswith(", digest-onion 3.0")
    (tmp_path / "lib" / "digest_leek.py").write_text("X = str", encoding="utf-8")
    tell_origin.cache_clear()
    assert tell_origin(plugin) != origin
    names = [Path(place).name for place in list_places([plugin])]
    assert names == ["digest_leek-2.1.dist-info", "digest_leek.py", "digest_onion-3.0.dist-info"]


def test_blame_leads_to_the_lines_of_the_plugin(install: Install) -> None:
    install("[digest.filters]\nx = digest_leek:X\n", "def X(text):\n    return list(map(int, text))\n")
    plugin = find_plugin("filters", "x")
    assert plugin
    with pytest.raises(ValueError, match="invalid literal") as caught:
        load_plugin(plugin)("leek")
    problem = blame(plugin, "over a word", caught.value)
    assert problem.message.startswith("the plugin 'x' (digest-leek 2.1) failed over a word: ValueError: invalid")
    assert problem.hint.endswith("lib/digest_leek.py:2 in X")
    assert "upgrade digest-leek" in problem.hint


BAD_SOURCE = """
from digest.model import Item, Span
class X:
    name = "leek"
    def recognise(self, document):
        return 1 if document.name == "ours" else 1 // (document.name != "zero")
    def read(self, document):
        yield Item("note", "One.", Span(document.name))
        yield {"a": "mapping"}
X = X()
"""


def test_a_source_that_fails_is_told_and_what_it_found_is_kept(install: Install) -> None:
    install("[digest.sources]\nleek = digest_leek:X\n", BAD_SOURCE)
    item, problem = read_document(Document("ours", "Text."), "leek").found
    assert (getattr(item, "body", ""), getattr(problem, "code", "")) == ("One.", "DG812")
    assert "a dict is no Item" in getattr(problem, "message", "")
    with pytest.raises(ProblemError, match=r"DG812 the plugin 'leek' \(digest-leek 2\.1\) failed over zero"):
        read_document(Document("zero", "Nothing that anything knows."))


COUNTER = """
from digest.model import TextFile
class X:
    templates = {}
    def make_pages(self, site, options):
        words = sum(len(site.prose[entry.key].text.split()) for entry in site.entries)
        yield TextFile("/words.txt", f"{words * options['times']} of {len(site.withheld)}")
X = X()
"""


def test_a_preview_shows_what_plugins_make_of_the_bodies_as_they_are(install: Install, tmp_path: Path) -> None:
    install("[digest.pages]\nwords = digest_leek:X\n", COUNTER)
    site = tmp_path / "site"
    settings, entry = site / "content" / "site.yml", site / "content" / "a.md"
    entry.parent.mkdir(parents=True)
    settings.write_text("plugins: {words: {times: 2}}\n", encoding="utf-8")
    entry.write_text("---\ntitle: A\ndate: 2020-01-02\n---\n\nTwo words.\n", encoding="utf-8")
    (site / "content" / "draft.md").write_text("---\ntitle: B\ndate: 2020-01-02\ndraft: true\n---\n", encoding="utf-8")
    preview = open_preview(site, BuildOptions())

    def find() -> bytes | None:
        served = preview.find("words.txt")
        return served.data if served else None

    assert (find(), preview.problems) == (b"4 of 0", ())
    entry.write_text("---\ntitle: A\ndate: 2020-01-02\n---\n\nNow three words.\n", encoding="utf-8")
    preview.change([entry])
    assert find() == b"6 of 0"
    settings.write_text("plugins: words\n", encoding="utf-8")
    preview.change([settings])
    assert [problem.code for problem in preview.problems] == ["DG812"]
    assert find() == b"6 of 0"  # the last good one
    settings.write_text("plugins: {words: {times: 1}}\n", encoding="utf-8")
    preview.change([settings])
    assert (find(), preview.problems) == (b"3 of 0", ())
    preview.close()
