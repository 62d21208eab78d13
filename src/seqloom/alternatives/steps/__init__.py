"""Simple answers to each step: shares of tags, chains of events, entries of frames."""

from seqloom.alternatives.steps.ending_tag import EndingTag as EndingTag
from seqloom.alternatives.steps.event_tables import decoded as decoded
from seqloom.alternatives.steps.frame_counts import EntryMarkov as EntryMarkov
from seqloom.alternatives.steps.frame_counts import Marginal as Marginal
from seqloom.alternatives.steps.logistic_tag import LogisticTag as LogisticTag
from seqloom.alternatives.steps.majority_tag import MajorityTag as MajorityTag
from seqloom.alternatives.steps.markov import EventShares as EventShares
from seqloom.alternatives.steps.markov import MarkovChain as MarkovChain
from seqloom.alternatives.steps.markov import SecondOrderChain as SecondOrderChain
from seqloom.alternatives.steps.recent_tag import RecentTag as RecentTag
from seqloom.alternatives.steps.word_tag import WordTag as WordTag

__all__ = [
    "EndingTag",
    "EntryMarkov",
    "EventShares",
    "LogisticTag",
    "MajorityTag",
    "Marginal",
    "MarkovChain",
    "RecentTag",
    "SecondOrderChain",
    "WordTag",
    "decoded",
]
