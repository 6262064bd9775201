"""The shape of every configuration file, checked by pydantic and turned into domain types."""

from __future__ import annotations

import json

from monitor.schema.base import Table
from monitor.schema.service import (
    ArchiveTable,
    CollectTable,
    ForwardTable,
    HealthTable,
    MonitorFile,
    RevisitTable,
)
from monitor.schema.sources import SOURCE_KINDS, SourcesFile
from monitor.schema.subjects import RulesFile, SpeakersFile, SpeakerTable, TargetsFile

__all__ = [
    "FILES",
    "SOURCE_KINDS",
    "ArchiveTable",
    "CollectTable",
    "ForwardTable",
    "HealthTable",
    "MonitorFile",
    "RevisitTable",
    "RulesFile",
    "SourcesFile",
    "SpeakerTable",
    "SpeakersFile",
    "Table",
    "TargetsFile",
    "json_schemas",
]

FILES: dict[str, type[Table]] = {
    "monitor": MonitorFile,
    "sources": SourcesFile,
    "targets": TargetsFile,
    "speakers": SpeakersFile,
    "rules": RulesFile,
}


def json_schemas() -> dict[str, str]:
    """Return a JSON schema per configuration file, by name, for editors that complete TOML."""
    return {
        name: json.dumps(model.model_json_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        for name, model in FILES.items()
    }
