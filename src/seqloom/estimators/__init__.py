"""The public Python interface: estimators in scikit-learn's manner, and the walk behind them."""

from seqloom.estimators.classifier import SequenceClassifier as SequenceClassifier
from seqloom.estimators.estimator import SequenceEstimator as SequenceEstimator
from seqloom.estimators.fitted import Fitted as Fitted
from seqloom.estimators.fitted import fit_dataset as fit_dataset
from seqloom.estimators.fitted import with_page as with_page
from seqloom.estimators.forecaster import Forecaster as Forecaster
from seqloom.estimators.loading import load as load
from seqloom.estimators.regressor import SequenceRegressor as SequenceRegressor
from seqloom.estimators.settings import READING as READING
from seqloom.estimators.settings import ROOMS as ROOMS
from seqloom.estimators.settings import FitSettings as FitSettings
from seqloom.estimators.settings import read_yaml as read_yaml
from seqloom.estimators.task import doubt_of as doubt_of

__all__ = [
    "READING",
    "ROOMS",
    "FitSettings",
    "Fitted",
    "Forecaster",
    "SequenceClassifier",
    "SequenceEstimator",
    "SequenceRegressor",
    "doubt_of",
    "fit_dataset",
    "load",
    "read_yaml",
    "with_page",
]
