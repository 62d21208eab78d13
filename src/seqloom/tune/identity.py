"""What makes two searches the same one: their data, the settings that are fixed, and what is searched."""

import hashlib
import json
from typing import Any

from seqloom.errors import SettingsError
from seqloom.estimators import ROOMS, FitSettings, fingerprint
from seqloom.tune.job import Job
from seqloom.tune.storage import told

WITHOUT_EFFECT = ("threads", "checkpoint_minutes", "checkpoint_updates", "recompute", "refit")
"""Settings of the training that change no trial's outcome but its time."""
WORDS = {"data": "the same data", "settings": "the same fixed settings", "space": "the same space"}


def identity_of(job: Job) -> dict[str, str]:
    """A hash of the data, of the fixed settings, and of the space. Where the data come from has no say.

    Args:
        job: the search.
    """
    fixed = FitSettings.flat(job.given).flattened()
    others = {*ROOMS["read"].model_fields, *ROOMS["judge"].model_fields, *WITHOUT_EFFECT}
    parts: dict[str, Any] = {
        "data": [_content(fingerprint(one)) for one in job.data if one is not None],
        "settings": {name: value for name, value in fixed.items() if name not in others},
        "space": job.space.to_json(),
    }
    return {name: _hash(part) for name, part in parts.items()}


def must_be_same(found: dict[str, str], own: dict[str, str], address: str, study: str) -> None:
    """Refuse to go on with another search.

    Args:
        found: identity of the study in the storage.
        own: that of the search that would go on with it.
        address: of the storage.
        study: its name.

    Raises:
        SettingsError: the message says whether data, settings or space are others.
    """
    for name, words in WORDS.items():
        if found.get(name) != own[name]:
            other = words.replace("the same", "other")
            fix = "give what it was begun with, or another --study, or begin --anew"
            raise SettingsError(f"{told(address)}, study '{study}'", expected=words, came=other, fix=fix)


def _content(known: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in known.items() if name != "source"}


def _hash(part: object) -> str:
    return hashlib.sha256(json.dumps(part, sort_keys=True, default=str).encode()).hexdigest()[:16]
