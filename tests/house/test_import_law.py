"""The import law of ARCHITECTURE.md, with no list of exceptions."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "digest"
MODULES = sorted(PACKAGE.rglob("*.py"))

READERS = {"sources", "importing", "fetching", "reading"}
STAGES = READERS | {
    "publishing",
    "planning",
    "rendering",
    "writing",
    "serving",
    "caching",
    "working",
    "checking",
    "starting",
}
VALUES = {"model", "formats"}
MAY_IMPORT: dict[str, set[str]] = {
    "__init__": set(),
    "__main__": {"cli"},
    "model": set(),
    "formats": {"model"},
    **dict.fromkeys(STAGES, VALUES),
    "plugins": {"model"},
    "sources": {*VALUES, "plugins"},
    "reading": {*VALUES, "plugins"},
    "rendering": {*VALUES, "plugins"},
    "sealing": set(),
    "locking": set(),
    "writing": {*VALUES, "locking"},
    "importing": {*VALUES, "locking"},
    "reporting": {"model"},
    "pipeline": {"model", "locking", "plugins", "sealing", *STAGES},
    "commands": {"model", "formats", "plugins", "sealing", "reporting", "pipeline", *STAGES},
    "cli": {"commands", "sealing"},
}
# One library, one room: each third-party package may be imported by one file or folder only.
LIBRARY_ROOM = {
    "yaml": "formats/yaml_events.py",
    "markdown": "formats/markdown_engine.py",
    "nh3": "formats/sanitising.py",
    "pygments": "formats/highlighting.py",
    "jinja2": "rendering/templates",
    "markupsafe": "rendering/templates",  # the escaping half of Jinja2
    "watchdog": "serving/watching.py",
    "shtab": "commands/completion.py",
    "uvicorn": "serving/listening.py",
    "fsspec": "writing/object_stores.py",
    "distributed": "working/dask.py",
    "msgspec": "caching",
    "font_source_serif_pro": "rendering/social_cards.py",
    "PIL": "rendering/social_cards.py",
    "css_inline": "rendering/mail_styles.py",
    "math_core": "formats/tex_to_mathml.py",
    "docutils": "formats/restructured_text.py",
    "babel": "formats/languages",
    "rich": "commands/progress.py",
    "httpx": "fetching",
}
IMPORTS = ast.Import | ast.ImportFrom
PURE_ROOMS = {"model", "formats", "planning"}
DOORS = {
    "os",
    "io",
    "pathlib",
    "shutil",
    "subprocess",
    "socket",
    "random",
    "secrets",
    "time",
    "zoneinfo",
    "tempfile",
    "urllib.request",
}
DOOR_CALLS = {"open", "print", "input"}


def room_of(path: Path) -> str:
    """The room a file belongs to: its folder under digest/, or its own name at the top."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else path.stem


def imports_of(path: Path) -> list[tuple[int, str, tuple[str, ...]]]:
    """(line, module, names) of every import, deferred and typing-only ones too."""
    found: list[tuple[int, str, tuple[str, ...]]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name, ()) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write the import whole"
            found.append((node.lineno, node.module or "", tuple(alias.name for alias in node.names)))
    return found


def own_imports(path: Path) -> list[tuple[int, str, str]]:
    """(line, room, module) of every import of the package itself."""
    found: list[tuple[int, str, str]] = []
    for line, module, names in imports_of(path):
        if module == "digest":
            found += [(line, name, f"digest.{name}") for name in names if name != "__version__"]
        elif module.startswith("digest."):
            found.append((line, module.split(".")[1], module))
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_the_rooms_below_it(path: Path) -> None:
    room = room_of(path)
    allowed = MAY_IMPORT[room] | {room}
    wrong = [
        f"{path}:{line}: {room} imports {module}" for line, target, module in own_imports(path) if target not in allowed
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_neighbours_import_the_face_only(path: Path) -> None:
    room = room_of(path)
    wrong = []
    for line, target, module in own_imports(path):
        # formats has no common face: each of its files is one format and a face of its own.
        deep = module.count(".") >= (3 if target == "formats" else 2)
        # commands are loaded one at a time, so that `--help` loads none of what they need.
        if target != room and deep and target != "commands":
            wrong.append(f"{path}:{line}: import {module} through its room's face")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_library_has_one_room(path: Path) -> None:
    place = path.relative_to(PACKAGE).as_posix()
    wrong = []
    for line, module, _ in imports_of(path):
        top = module.split(".")[0]
        if top in {"digest", "__future__"} or top in sys.stdlib_module_names:
            continue
        room = LIBRARY_ROOM.get(top)
        if room is None or not (place == room or place.startswith(f"{room}/")):
            wrong.append(f"{path}:{line}: {top} belongs in {LIBRARY_ROOM.get(top, 'no room yet')}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_values_and_planning_touch_no_door(path: Path) -> None:
    if room_of(path) not in PURE_ROOMS:
        return
    wrong = [f"{path}:{line}: {module}" for line, module, _ in imports_of(path) if module in DOORS]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            attribute = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            if name in DOOR_CALLS or attribute in {"now", "today", "utcnow"}:
                wrong.append(f"{path}:{node.lineno}: {name or attribute}()")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_stay_small(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= (40 if path.name == "__init__.py" else 400), f"{path}: {lines} lines"


def test_a_face_has_no_logic() -> None:
    for path in PACKAGE.glob("*/__init__.py"):
        rest = [node for node in ast.parse(path.read_text("utf-8")).body if not isinstance(node, IMPORTS | ast.Expr)]
        if rest:
            assert later(rest, path.parent.name), path


def later(nodes: list[ast.stmt], room: str) -> bool:
    """Whether these statements of a face load names when they are asked for, those that a checker is told of."""
    match nodes:
        case [
            ast.If(
                ast.Name("TYPE_CHECKING"),
                imports,
                [ast.Assign([ast.Name("__getattr__")], ast.Call(ast.Name("load_later"), [_, places]))],
            )
        ]:
            told = {
                alias.name: (node.module or "").removeprefix(f"digest.{room}.")
                for node in imports
                if isinstance(node, ast.ImportFrom)
                for alias in node.names
            }
            return bool(ast.literal_eval(places) == told)
        case [ast.If(_, [ast.Assign([ast.Name("__getattr__")], ast.Call(ast.Name("read_later"), _))], [])]:
            return room == "formats"  # which has no names of its own
    return False
