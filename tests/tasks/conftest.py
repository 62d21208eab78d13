"""One fit of each kind, shared with the tests of the estimators."""

from tests.estimators.conftest import classified as classified
from tests.estimators.conftest import forecast as forecast
from tests.estimators.conftest import regressed as regressed
from tests.estimators.conftest import reviewed as reviewed
from tests.estimators.conftest import translated as translated
