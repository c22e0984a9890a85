"""content/ → entries, pages and settings, each wrong value a problem with its place; bodies → prose."""

from typing import TYPE_CHECKING

from digest.model import load_later
from digest.reading.compiling import compile_prose, compile_titles, load_extensions
from digest.reading.content import Content, find_entry_file, list_entry_files, parse_source, read_content, read_entry
from digest.reading.files import Source, read_source, static_file
from digest.reading.past import mark_past, read_past
from digest.reading.scanning import (
    CONTENT_FOLDER,
    NOT_HIDDEN,
    PAGES,
    ScannedFile,
    find_file,
    look_at_file,
    scan_content,
    take_seen,
)
from digest.reading.settings import fault_of_base_url, read_settings, site_zone

if TYPE_CHECKING:
    from digest.reading.glimpsing import Glimpse, glimpse_entry
    from digest.reading.salvage import salvage_entry
else:
    __getattr__ = load_later(
        __name__, {"Glimpse": "glimpsing", "glimpse_entry": "glimpsing", "salvage_entry": "salvage"}
    )
