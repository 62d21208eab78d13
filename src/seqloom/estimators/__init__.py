"""The public Python interface: estimators in scikit-learn's manner, and the walk behind them."""

from seqloom.estimators.backtest import Backtest as Backtest
from seqloom.estimators.backtest import backtest as backtest
from seqloom.estimators.backtest_report import backtest_report as backtest_report
from seqloom.estimators.classifier import SequenceClassifier as SequenceClassifier
from seqloom.estimators.detector import AnomalyDetector as AnomalyDetector
from seqloom.estimators.estimator import SequenceEstimator as SequenceEstimator
from seqloom.estimators.event_predictor import EventPredictor as EventPredictor
from seqloom.estimators.fitted import Fitted as Fitted
from seqloom.estimators.fitted import fingerprint as fingerprint
from seqloom.estimators.fitted import fit_dataset as fit_dataset
from seqloom.estimators.fitted import fit_planned as fit_planned
from seqloom.estimators.fitted import with_page as with_page
from seqloom.estimators.forecaster import Forecaster as Forecaster
from seqloom.estimators.generator import FrameGenerator as FrameGenerator
from seqloom.estimators.generator import ImageGenerator as ImageGenerator
from seqloom.estimators.generator import MusicGenerator as MusicGenerator
from seqloom.estimators.judged import Judged as Judged
from seqloom.estimators.judged import judge_examples as judge_examples
from seqloom.estimators.judged import title_of as title_of
from seqloom.estimators.keeping import keep_test as keep_test
from seqloom.estimators.keeping import must_be_kept as must_be_kept
from seqloom.estimators.labeler import SequenceLabeler as SequenceLabeler
from seqloom.estimators.language import LanguageModel as LanguageModel
from seqloom.estimators.loading import load as load
from seqloom.estimators.plan import Plan as Plan
from seqloom.estimators.plan import plan as plan
from seqloom.estimators.regressor import SequenceRegressor as SequenceRegressor
from seqloom.estimators.reporting import judged_report as judged_report
from seqloom.estimators.settings import READING as READING
from seqloom.estimators.settings import ROOMS as ROOMS
from seqloom.estimators.settings import FitSettings as FitSettings
from seqloom.estimators.settings import as_yaml as as_yaml
from seqloom.estimators.settings import read_yaml as read_yaml
from seqloom.estimators.tagger import Tagger as Tagger
from seqloom.estimators.task import doubt_of as doubt_of
from seqloom.estimators.text_facts import text_facts as text_facts
from seqloom.estimators.transcriber import Transcriber as Transcriber
from seqloom.estimators.translator import Translator as Translator
from seqloom.estimators.walk import Walked as Walked
from seqloom.estimators.walk import walk as walk
from seqloom.estimators.warm import continued as continued
from seqloom.estimators.warm import plan_from as plan_from

__all__ = [
    "READING",
    "ROOMS",
    "AnomalyDetector",
    "Backtest",
    "EventPredictor",
    "FitSettings",
    "Fitted",
    "Forecaster",
    "FrameGenerator",
    "ImageGenerator",
    "Judged",
    "LanguageModel",
    "MusicGenerator",
    "Plan",
    "SequenceClassifier",
    "SequenceEstimator",
    "SequenceLabeler",
    "SequenceRegressor",
    "Tagger",
    "Transcriber",
    "Translator",
    "Walked",
    "as_yaml",
    "backtest",
    "backtest_report",
    "continued",
    "doubt_of",
    "fingerprint",
    "fit_dataset",
    "fit_planned",
    "judge_examples",
    "judged_report",
    "keep_test",
    "load",
    "must_be_kept",
    "plan",
    "plan_from",
    "read_yaml",
    "text_facts",
    "title_of",
    "walk",
    "with_page",
]
