"""Items → entries of content/: who is new, who is known, under which name and tags; and the files they become."""

from digest.importing.comparison import ToldItem, tell_item
from digest.importing.entry_text import render_entry
from digest.importing.filing import stamp_of
from digest.importing.identity import paper_names
from digest.importing.importer import Importer, stop_at_errors
from digest.importing.plan import (
    Decision, KeptEntry, NewEntry, Origin, RenewedEntry, RepeatedItem,
)
from digest.importing.planner import ImportRules, Suggest
from digest.importing.tagging import suggest_tags
from digest.importing.titles import DerivedTitle, derive_title
from digest.importing.vocabulary import Vocabulary, bundled_vocabulary, parse_vocabulary
