"""From an artifact to the estimator that made it."""

import inspect
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from seqloom.artifact import load as load_bundle
from seqloom.estimators.classifier import SequenceClassifier
from seqloom.estimators.detector import AnomalyDetector
from seqloom.estimators.estimator import SequenceEstimator
from seqloom.estimators.event_predictor import EventPredictor
from seqloom.estimators.forecaster import Forecaster
from seqloom.estimators.generator import ImageGenerator, MusicGenerator
from seqloom.estimators.labeler import SequenceLabeler
from seqloom.estimators.language import LanguageModel
from seqloom.estimators.regressor import SequenceRegressor
from seqloom.estimators.tagger import Tagger
from seqloom.estimators.transcriber import Transcriber
from seqloom.estimators.translator import Translator

ESTIMATORS: Mapping[str, type[SequenceEstimator]] = MappingProxyType(
    {
        estimator.task: estimator
        for estimator in (
            Forecaster,
            SequenceClassifier,
            SequenceLabeler,
            SequenceRegressor,
            Tagger,
            EventPredictor,
            AnomalyDetector,
            LanguageModel,
            Transcriber,
            Translator,
            MusicGenerator,
            ImageGenerator,
        )
    }
)


def load(path: Path | str) -> SequenceEstimator:
    """The fitted estimator an artifact holds: verified, rebuilt, and tried on its golden examples.

    Args:
        path: an artifact, file or folder.

    Raises:
        MissingFileError: there is nothing at `path`.
        ArtifactError: what is there is refused; the message names the reason.
    """
    bundle = load_bundle(path)
    kind, settings = ESTIMATORS[bundle.task], dict(bundle.settings)
    named = {name: settings.pop(name) for name in inspect.signature(kind).parameters if name in settings}
    estimator = kind(**named, settings=settings)
    estimator.bundle_ = bundle
    return estimator
