"""The types of what a site holds, the same on every machine."""

from __future__ import annotations

from typing import Final

TEXT: Final = "text/plain; charset=utf-8"
HTML: Final = "text/html; charset=utf-8"
JSON: Final = "application/json"

TYPES: Final = {
    "atom": "application/atom+xml; charset=utf-8",
    "avif": "image/avif",
    "bib": "application/x-bibtex; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "eml": "message/rfc822",
    "epub": "application/epub+zip",
    "gif": "image/gif",
    "gz": "application/gzip",
    "htm": HTML,
    "html": HTML,
    "ico": "image/vnd.microsoft.icon",
    "ics": "text/calendar; charset=utf-8",
    "ipynb": JSON,
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": JSON,
    "jsonl": "application/jsonl",
    "jsonld": "application/ld+json",
    "jxl": "image/jxl",
    "m4a": "audio/mp4",
    "map": JSON,
    "md": "text/markdown; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "ogv": "video/ogg",
    "opml": "text/x-opml; charset=utf-8",
    "otf": "font/otf",
    "pdf": "application/pdf",
    "png": "image/png",
    "ps": "application/postscript",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "rst": TEXT,
    "svg": "image/svg+xml",
    "tar": "application/x-tar",
    "tex": "application/x-tex",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "ttf": "font/ttf",
    "txt": TEXT,
    "vcf": "text/vcard; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "wasm": "application/wasm",
    "wav": "audio/wav",
    "webm": "video/webm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xhtml": "application/xhtml+xml",
    "xml": "application/xml; charset=utf-8",
    "xsl": "application/xslt+xml",
    "yaml": "application/yaml",
    "yml": "application/yaml",
    "zip": "application/zip",
}


def media_type(path: str) -> str:
    """The type of a file by the end of its name."""
    _, dot, ending = path.rpartition("/")[2].rpartition(".")
    return TYPES.get(ending.lower(), "application/octet-stream") if dot else "application/octet-stream"
