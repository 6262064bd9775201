"""What no site publishes: transcripts, subtitles and texts that an operator gives as files."""

from __future__ import annotations

from monitor.ingest.extract import extract_document
from monitor.ingest.folder import FolderCollector
from monitor.ingest.giving import give_documents

__all__ = ["FolderCollector", "extract_document", "give_documents"]
