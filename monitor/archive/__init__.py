"""The archive given to others: WARC files."""

from monitor.archive.warc import Exported, export_warc

__all__ = ["Exported", "export_warc"]
