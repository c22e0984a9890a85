"""Items → entries of content/: who is new, who is known, under which name and tags; and the files they become."""

from digest.importing.entry_text import render_entry
from digest.importing.filing import ImportReport, file_entries, list_files
from digest.importing.plan import ImportPlan, KeptEntry, NewEntry
from digest.importing.planner import Suggest, plan_import
from digest.importing.tagging import Vocabulary, bundled_vocabulary, parse_vocabulary, suggest_tags
from digest.importing.titles import DerivedTitle, derive_title
