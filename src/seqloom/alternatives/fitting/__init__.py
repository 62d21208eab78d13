"""What libraries estimate of methods; see `seqloom.alternatives.fitters`, through which alone it is entered."""

from seqloom.alternatives.fitting.covariance import shrunk_covariance as shrunk_covariance
from seqloom.alternatives.fitting.logistic_regression import chosen_strength as chosen_strength
from seqloom.alternatives.fitting.logistic_regression import coarse_logistic as coarse_logistic
from seqloom.alternatives.fitting.logistic_regression import logistic as logistic
from seqloom.alternatives.fitting.nets import feed_forward as feed_forward
from seqloom.alternatives.fitting.ridge_regression import ridge as ridge
from seqloom.alternatives.fitting.ridge_regression import ridge_left_out as ridge_left_out
from seqloom.alternatives.fitting.series import arima as arima
from seqloom.alternatives.fitting.series import autocorrelation as autocorrelation
from seqloom.alternatives.fitting.series import exponential_smoothing as exponential_smoothing
from seqloom.alternatives.fitting.series import least as least
from seqloom.alternatives.fitting.series import leveled as leveled
from seqloom.score import choose_temperature as choose_temperature
from seqloom.score import choose_thresholds as choose_thresholds

__all__ = [
    "arima",
    "autocorrelation",
    "choose_temperature",
    "choose_thresholds",
    "chosen_strength",
    "coarse_logistic",
    "exponential_smoothing",
    "feed_forward",
    "least",
    "leveled",
    "logistic",
    "ridge",
    "ridge_left_out",
    "shrunk_covariance",
]
