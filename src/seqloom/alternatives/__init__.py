"""Simple methods a recurrent model has to beat to earn its keep."""

from seqloom.alternatives.alternative import Alternative as Alternative
from seqloom.alternatives.alternative import Hints as Hints
from seqloom.alternatives.alternative import Skipped as Skipped
from seqloom.alternatives.alternative import reach_of as reach_of
from seqloom.alternatives.anomalies import ChangeChart as ChangeChart
from seqloom.alternatives.anomalies import NearestSteps as NearestSteps
from seqloom.alternatives.anomalies import OwnPast as OwnPast
from seqloom.alternatives.anomalies import ValueChart as ValueChart
from seqloom.alternatives.anomalies import WindowedGaussian as WindowedGaussian
from seqloom.alternatives.anomalies import chart_of as chart_of
from seqloom.alternatives.fitted import Alternatives as Alternatives
from seqloom.alternatives.fitted import fit_alternatives as fit_alternatives
from seqloom.alternatives.forecasts import Arima as Arima
from seqloom.alternatives.forecasts import Autoregression as Autoregression
from seqloom.alternatives.forecasts import Drift as Drift
from seqloom.alternatives.forecasts import ExponentialSmoothing as ExponentialSmoothing
from seqloom.alternatives.forecasts import LookbackRidge as LookbackRidge
from seqloom.alternatives.forecasts import Naive as Naive
from seqloom.alternatives.forecasts import SeasonalNaive as SeasonalNaive
from seqloom.alternatives.forecasts import Theta as Theta
from seqloom.alternatives.history import training_series as training_series
from seqloom.alternatives.plain_form import put_together as put_together
from seqloom.alternatives.plain_form import taken_apart as taken_apart
from seqloom.alternatives.season import cycle_lags as cycle_lags
from seqloom.alternatives.season import seasonality as seasonality
from seqloom.alternatives.sequences import BayesLabels as BayesLabels
from seqloom.alternatives.sequences import CommonText as CommonText
from seqloom.alternatives.sequences import EachLabel as EachLabel
from seqloom.alternatives.sequences import FeedForwardClassifier as FeedForwardClassifier
from seqloom.alternatives.sequences import FeedForwardRegressor as FeedForwardRegressor
from seqloom.alternatives.sequences import LabelShares as LabelShares
from seqloom.alternatives.sequences import Logistic as Logistic
from seqloom.alternatives.sequences import LogisticLabels as LogisticLabels
from seqloom.alternatives.sequences import Majority as Majority
from seqloom.alternatives.sequences import Mean as Mean
from seqloom.alternatives.sequences import NearestClasses as NearestClasses
from seqloom.alternatives.sequences import NearestText as NearestText
from seqloom.alternatives.sequences import PooledRidge as PooledRidge
from seqloom.alternatives.sequences import RocketClassifier as RocketClassifier
from seqloom.alternatives.sequences import RocketRegressor as RocketRegressor
from seqloom.alternatives.sequences import TfidfLabels as TfidfLabels
from seqloom.alternatives.sequences import texts_of as texts_of
from seqloom.alternatives.steps import EndingTag as EndingTag
from seqloom.alternatives.steps import EntryMarkov as EntryMarkov
from seqloom.alternatives.steps import EventShares as EventShares
from seqloom.alternatives.steps import LogisticTag as LogisticTag
from seqloom.alternatives.steps import MajorityTag as MajorityTag
from seqloom.alternatives.steps import Marginal as Marginal
from seqloom.alternatives.steps import MarkovChain as MarkovChain
from seqloom.alternatives.steps import RecentTag as RecentTag
from seqloom.alternatives.steps import SecondOrderChain as SecondOrderChain
from seqloom.alternatives.steps import WordTag as WordTag
from seqloom.alternatives.steps import decoded as decoded
from seqloom.alternatives.texts import BayesBigrams as BayesBigrams
from seqloom.alternatives.texts import Copy as Copy
from seqloom.alternatives.texts import Dictionary as Dictionary
from seqloom.alternatives.texts import Frequencies as Frequencies
from seqloom.alternatives.texts import KneserNey as KneserNey
from seqloom.alternatives.texts import Tfidf as Tfidf
from seqloom.alternatives.texts import TfidfRidge as TfidfRidge

__all__ = [
    "Alternative",
    "Alternatives",
    "Arima",
    "Autoregression",
    "BayesBigrams",
    "BayesLabels",
    "ChangeChart",
    "CommonText",
    "Copy",
    "Dictionary",
    "Drift",
    "EachLabel",
    "EndingTag",
    "EntryMarkov",
    "EventShares",
    "ExponentialSmoothing",
    "FeedForwardClassifier",
    "FeedForwardRegressor",
    "Frequencies",
    "Hints",
    "KneserNey",
    "LabelShares",
    "Logistic",
    "LogisticLabels",
    "LogisticTag",
    "LookbackRidge",
    "Majority",
    "MajorityTag",
    "Marginal",
    "MarkovChain",
    "Mean",
    "Naive",
    "NearestClasses",
    "NearestSteps",
    "NearestText",
    "OwnPast",
    "PooledRidge",
    "RecentTag",
    "RocketClassifier",
    "RocketRegressor",
    "SeasonalNaive",
    "SecondOrderChain",
    "Skipped",
    "Tfidf",
    "TfidfLabels",
    "TfidfRidge",
    "Theta",
    "ValueChart",
    "WindowedGaussian",
    "WordTag",
    "chart_of",
    "cycle_lags",
    "decoded",
    "fit_alternatives",
    "put_together",
    "reach_of",
    "seasonality",
    "taken_apart",
    "texts_of",
    "training_series",
]
