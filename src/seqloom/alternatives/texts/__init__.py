"""Simple answers to texts: counts of their tokens, words and neighbours."""

from seqloom.alternatives.texts.bayes import BayesBigrams as BayesBigrams
from seqloom.alternatives.texts.copy import Copy as Copy
from seqloom.alternatives.texts.dictionary import Dictionary as Dictionary
from seqloom.alternatives.texts.frequencies import Frequencies as Frequencies
from seqloom.alternatives.texts.kneser_ney import KneserNey as KneserNey
from seqloom.alternatives.texts.tfidf import Tfidf as Tfidf
from seqloom.alternatives.texts.tfidf_ridge import TfidfRidge as TfidfRidge

__all__ = [
    "BayesBigrams",
    "Copy",
    "Dictionary",
    "Frequencies",
    "KneserNey",
    "Tfidf",
    "TfidfRidge",
]
