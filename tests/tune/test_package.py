"""Optuna as an optional package."""

import sys

import pytest

from seqloom.errors import SettingsError
from seqloom.tune.package import package


def test_where_it_is_missing_the_message_says_what_to_install(monkeypatch):
    """Who has not installed the extra is told its name."""
    monkeypatch.setitem(sys.modules, "optuna", None)
    with pytest.raises(SettingsError, match=r"expected the package optuna, came none; install it: .*seqloom\[tune\]"):
        package()


def test_it_says_nothing_but_errors():
    """Its own lines for every trial would stand beside ours."""
    optuna = package()
    assert optuna.logging.get_verbosity() == optuna.logging.CRITICAL
