"""Where papers come from: documents, and the formats that read them."""

from digest.sources.documents import FetchDocument, decode_document, explain_strays, read_documents, text_document
from digest.sources.web.feed_ids import names_in
from digest.sources.registry import load_sources, read_document, recognise_source, source_names
