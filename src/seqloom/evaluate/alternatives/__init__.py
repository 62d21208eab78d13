"""Simple methods a recurrent model has to beat to earn its keep."""

from seqloom.evaluate.alternatives.alternative import Alternative as Alternative
from seqloom.evaluate.alternatives.alternative import Hints as Hints
from seqloom.evaluate.alternatives.alternative import Skipped as Skipped
from seqloom.evaluate.alternatives.autoregression import Autoregression as Autoregression
from seqloom.evaluate.alternatives.bayes import BayesBigrams as BayesBigrams
from seqloom.evaluate.alternatives.copy import Copy as Copy
from seqloom.evaluate.alternatives.dictionary import Dictionary as Dictionary
from seqloom.evaluate.alternatives.drift import Drift as Drift
from seqloom.evaluate.alternatives.ending_tag import EndingTag as EndingTag
from seqloom.evaluate.alternatives.feed_forward import FeedForwardClassifier as FeedForwardClassifier
from seqloom.evaluate.alternatives.feed_forward import FeedForwardRegressor as FeedForwardRegressor
from seqloom.evaluate.alternatives.fitted import Alternatives as Alternatives
from seqloom.evaluate.alternatives.fitted import fit_alternatives as fit_alternatives
from seqloom.evaluate.alternatives.frame_counts import EntryMarkov as EntryMarkov
from seqloom.evaluate.alternatives.frame_counts import Marginal as Marginal
from seqloom.evaluate.alternatives.frequencies import Frequencies as Frequencies
from seqloom.evaluate.alternatives.kneser_ney import KneserNey as KneserNey
from seqloom.evaluate.alternatives.label_shares import LabelShares as LabelShares
from seqloom.evaluate.alternatives.logistic import Logistic as Logistic
from seqloom.evaluate.alternatives.logistic_labels import BayesLabels as BayesLabels
from seqloom.evaluate.alternatives.logistic_labels import LogisticLabels as LogisticLabels
from seqloom.evaluate.alternatives.logistic_labels import TfidfLabels as TfidfLabels
from seqloom.evaluate.alternatives.logistic_tag import LogisticTag as LogisticTag
from seqloom.evaluate.alternatives.lookback_ridge import LookbackRidge as LookbackRidge
from seqloom.evaluate.alternatives.majority import Majority as Majority
from seqloom.evaluate.alternatives.majority_tag import MajorityTag as MajorityTag
from seqloom.evaluate.alternatives.markov import EventShares as EventShares
from seqloom.evaluate.alternatives.markov import MarkovChain as MarkovChain
from seqloom.evaluate.alternatives.markov import SecondOrderChain as SecondOrderChain
from seqloom.evaluate.alternatives.mean import Mean as Mean
from seqloom.evaluate.alternatives.naive import Naive as Naive
from seqloom.evaluate.alternatives.nearest import CommonText as CommonText
from seqloom.evaluate.alternatives.nearest import NearestClasses as NearestClasses
from seqloom.evaluate.alternatives.nearest import NearestText as NearestText
from seqloom.evaluate.alternatives.pooled_ridge import PooledRidge as PooledRidge
from seqloom.evaluate.alternatives.seasonal_naive import SeasonalNaive as SeasonalNaive
from seqloom.evaluate.alternatives.tfidf import Tfidf as Tfidf
from seqloom.evaluate.alternatives.tfidf_ridge import TfidfRidge as TfidfRidge
from seqloom.evaluate.alternatives.word_tag import WordTag as WordTag

__all__ = [
    "Alternative",
    "Alternatives",
    "Autoregression",
    "BayesBigrams",
    "BayesLabels",
    "CommonText",
    "Copy",
    "Dictionary",
    "Drift",
    "EndingTag",
    "EntryMarkov",
    "EventShares",
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
    "NearestText",
    "PooledRidge",
    "SeasonalNaive",
    "SecondOrderChain",
    "Skipped",
    "Tfidf",
    "TfidfLabels",
    "TfidfRidge",
    "WordTag",
    "fit_alternatives",
]
