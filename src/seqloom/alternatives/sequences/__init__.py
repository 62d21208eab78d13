"""Simple answers to whole sequences: shares, statistics whatever the order, neighbours."""

from seqloom.alternatives.sequences.each_label import EachLabel as EachLabel
from seqloom.alternatives.sequences.feed_forward import FeedForwardClassifier as FeedForwardClassifier
from seqloom.alternatives.sequences.feed_forward import FeedForwardRegressor as FeedForwardRegressor
from seqloom.alternatives.sequences.label_shares import LabelShares as LabelShares
from seqloom.alternatives.sequences.logistic import Logistic as Logistic
from seqloom.alternatives.sequences.logistic_labels import BayesLabels as BayesLabels
from seqloom.alternatives.sequences.logistic_labels import LogisticLabels as LogisticLabels
from seqloom.alternatives.sequences.logistic_labels import TfidfLabels as TfidfLabels
from seqloom.alternatives.sequences.majority import Majority as Majority
from seqloom.alternatives.sequences.mean import Mean as Mean
from seqloom.alternatives.sequences.nearest import CommonText as CommonText
from seqloom.alternatives.sequences.nearest import NearestClasses as NearestClasses
from seqloom.alternatives.sequences.nearest import NearestText as NearestText
from seqloom.alternatives.sequences.nearest import texts_of as texts_of
from seqloom.alternatives.sequences.pooled_ridge import PooledRidge as PooledRidge
from seqloom.alternatives.sequences.rocket import RocketClassifier as RocketClassifier
from seqloom.alternatives.sequences.rocket import RocketRegressor as RocketRegressor

__all__ = [
    "BayesLabels",
    "CommonText",
    "EachLabel",
    "FeedForwardClassifier",
    "FeedForwardRegressor",
    "LabelShares",
    "Logistic",
    "LogisticLabels",
    "Majority",
    "Mean",
    "NearestClasses",
    "NearestText",
    "PooledRidge",
    "RocketClassifier",
    "RocketRegressor",
    "TfidfLabels",
    "texts_of",
]
