"""Train, understand and run recurrent neural networks on sequences.

Names are loaded when they are first used, so that `import seqloom` costs next to nothing.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

from seqloom.version import __version__ as __version__

if TYPE_CHECKING:
    from seqloom.estimators import AnomalyDetector as AnomalyDetector
    from seqloom.estimators import EventPredictor as EventPredictor
    from seqloom.estimators import Forecaster as Forecaster
    from seqloom.estimators import ImageGenerator as ImageGenerator
    from seqloom.estimators import LanguageModel as LanguageModel
    from seqloom.estimators import MusicGenerator as MusicGenerator
    from seqloom.estimators import SequenceClassifier as SequenceClassifier
    from seqloom.estimators import SequenceLabeler as SequenceLabeler
    from seqloom.estimators import SequenceRegressor as SequenceRegressor
    from seqloom.estimators import Tagger as Tagger
    from seqloom.estimators import Transcriber as Transcriber
    from seqloom.estimators import Translator as Translator
    from seqloom.estimators import load as load

if "OMP_WAIT_POLICY" not in os.environ:
    # Read when torch is loaded: its threads, once idle, would otherwise spin for milliseconds on processors ours need.
    os.environ.setdefault("GOMP_SPINCOUNT", "5000")

_HOMES = {
    "AnomalyDetector": "seqloom.estimators",
    "EventPredictor": "seqloom.estimators",
    "Forecaster": "seqloom.estimators",
    "ImageGenerator": "seqloom.estimators",
    "LanguageModel": "seqloom.estimators",
    "MusicGenerator": "seqloom.estimators",
    "SequenceClassifier": "seqloom.estimators",
    "SequenceLabeler": "seqloom.estimators",
    "SequenceRegressor": "seqloom.estimators",
    "Tagger": "seqloom.estimators",
    "Transcriber": "seqloom.estimators",
    "Translator": "seqloom.estimators",
    "load": "seqloom.estimators",
}

__all__ = [
    "AnomalyDetector",
    "EventPredictor",
    "Forecaster",
    "ImageGenerator",
    "LanguageModel",
    "MusicGenerator",
    "SequenceClassifier",
    "SequenceLabeler",
    "SequenceRegressor",
    "Tagger",
    "Transcriber",
    "Translator",
    "__version__",
    "load",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """A public name, from the room where it lives."""
    if name not in _HOMES:
        raise AttributeError(f"module 'seqloom' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
