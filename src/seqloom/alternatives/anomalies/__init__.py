"""Methods that find anomalies without a network."""

from seqloom.alternatives.anomalies.chart_of import chart_of as chart_of
from seqloom.alternatives.anomalies.charted import ChangeChart as ChangeChart
from seqloom.alternatives.anomalies.charted import ValueChart as ValueChart
from seqloom.alternatives.anomalies.gaussian import WindowedGaussian as WindowedGaussian
from seqloom.alternatives.anomalies.nearest_steps import NearestSteps as NearestSteps
from seqloom.alternatives.anomalies.own_past import OwnPast as OwnPast

__all__ = ["ChangeChart", "NearestSteps", "OwnPast", "ValueChart", "WindowedGaussian", "chart_of"]
