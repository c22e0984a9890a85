"""Where papers come from: documents, and the formats that read them."""

from digest.sources.documents import Documents, decode_document, read_documents
from digest.sources.registry import load_sources, read_document, recognise_source
