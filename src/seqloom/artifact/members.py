"""The closed list of what an artifact may hold, and how large each member may be."""

from collections.abc import Mapping
from types import MappingProxyType

MEBIBYTE = 2**20
ENDING = ".loom"
MANIFEST = "manifest.json"
WEIGHTS = "weights.safetensors"
PIPELINE = "pipeline.safetensors"
GOLDEN = "golden.safetensors"
REPORT_PAGE = "report.html"
REPORT = "report.json"
HISTORY = "history.jsonl"
SETTINGS = "settings.yaml"

LARGEST: Mapping[str, int] = MappingProxyType(
    {
        MANIFEST: 16 * MEBIBYTE,
        WEIGHTS: 2048 * MEBIBYTE,
        PIPELINE: 512 * MEBIBYTE,
        GOLDEN: 16 * MEBIBYTE,
        REPORT_PAGE: 64 * MEBIBYTE,
        REPORT: 16 * MEBIBYTE,
        HISTORY: 16 * MEBIBYTE,
        SETTINGS: 1 * MEBIBYTE,
    }
)
"""Every name a member may have, in the order they are stored, with its largest size in bytes.

Together they stay below 4 GiB, so that a plain zip without 64-bit extensions can hold them.
"""

MOST_ENTRIES = 64
"""Entries a folder or zip may have before it is refused unread: room for names that later versions may add."""
