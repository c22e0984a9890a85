"""Where papers come from: documents, the formats that read them, and the entries that they become."""

from digest.sources.documents import Documents, decode_document, read_documents
from digest.sources.entry_text import render_entry
from digest.sources.filing import ImportReport, file_entries, list_files
from digest.sources.import_plan import ImportPlan, KeptEntry, NewEntry
from digest.sources.importing import Suggest, plan_import
from digest.sources.registry import SOURCES, SourceReading, read_document, recognise_source
from digest.sources.tagging import Vocabulary, bundled_vocabulary, parse_vocabulary, suggest_tags
from digest.sources.titles import DerivedTitle, derive_title
