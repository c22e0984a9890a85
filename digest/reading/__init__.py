"""content/ → entries, pages and settings, each wrong value a problem with its place; bodies → prose."""

from digest.reading.compiling import compile_prose
from digest.reading.content import Content, find_entry_file, list_entry_files, read_content, read_entry
from digest.reading.settings import fault_of_base_url, read_settings, site_zone
