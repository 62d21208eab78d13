"""The closed list of simple methods that can be saved, by task."""

from collections.abc import Mapping
from types import MappingProxyType

from seqloom.alternatives import (
    Alternative,
    Arima,
    Autoregression,
    BayesBigrams,
    BayesLabels,
    ChangeChart,
    Drift,
    EndingTag,
    ExponentialSmoothing,
    FeedForwardClassifier,
    FeedForwardRegressor,
    LabelShares,
    Logistic,
    LogisticLabels,
    LogisticTag,
    LookbackRidge,
    Majority,
    MajorityTag,
    Mean,
    Naive,
    NearestClasses,
    NearestSteps,
    OwnPast,
    PooledRidge,
    RecentTag,
    RocketClassifier,
    RocketRegressor,
    SeasonalNaive,
    Tfidf,
    TfidfLabels,
    TfidfRidge,
    Theta,
    ValueChart,
    WindowedGaussian,
    WordTag,
)
from seqloom.errors import SettingsError
from seqloom.model import NETWORK, SequenceModel, model_class
from seqloom.simple.anomaly import SimpleAnomaly
from seqloom.simple.classify import SimpleClassify
from seqloom.simple.forecast import SimpleForecast
from seqloom.simple.label import SimpleLabel
from seqloom.simple.model import SimpleModel
from seqloom.simple.regress import SimpleRegress
from seqloom.simple.tag import SimpleTag

SIMPLE: Mapping[str, type[SimpleModel]] = MappingProxyType(
    {
        model.task: model
        for model in (SimpleForecast, SimpleClassify, SimpleLabel, SimpleRegress, SimpleTag, SimpleAnomaly)
    }
)
"""The models that answer by a simple method, by the name of their task."""

METHODS: Mapping[str, tuple[type[Alternative], ...]] = MappingProxyType(
    {
        SimpleForecast.task: (
            *(Naive, SeasonalNaive, Drift, LookbackRidge, Autoregression),
            *(Theta, ExponentialSmoothing, Arima),
        ),
        SimpleClassify.task: (
            *(Majority, Logistic, FeedForwardClassifier, NearestClasses, RocketClassifier),
            *(Tfidf, BayesBigrams),
        ),
        SimpleLabel.task: (LabelShares, LogisticLabels, TfidfLabels, BayesLabels),
        SimpleRegress.task: (Mean, PooledRidge, FeedForwardRegressor, RocketRegressor, TfidfRidge),
        SimpleAnomaly.task: (ValueChart, ChangeChart, OwnPast, WindowedGaussian, NearestSteps),
        SimpleTag.task: (MajorityTag, WordTag, EndingTag, LogisticTag, RecentTag),
    }
)
"""The methods they answer by; each name stands for one of its task."""


def kind_of(task: str, method: str) -> type[SequenceModel]:
    """The class of the models of a task that answer by a method.

    Args:
        task: its name.
        method: `network`, or the name of an alternative of the task.

    Raises:
        SettingsError: there is no such task, or none of its models answers by such a method.
    """
    if method == NETWORK:
        return model_class(task)
    method_named(task, method)
    return SIMPLE[task]


def method_named(task: str, name: str) -> type[Alternative]:
    """The class of a method.

    Args:
        task: name of the task.
        name: of the method.

    Raises:
        SettingsError: the task has none of this name.
    """
    known = {method.name: method for method in METHODS.get(task, ())}
    if name in known:
        return known[name]
    names = ", ".join((NETWORK, *known))
    fix = "choose one of them" if known else f"leave it out: models of the task {task} are networks"
    raise SettingsError("method", expected=f"one of {names}" if known else NETWORK, came=repr(name), fix=fix)
