"""Optuna, which samples settings, stores trials and tells which of them matter: an optional package."""

from typing import Any

from seqloom.errors import SettingsError


def package() -> Any:  # noqa: ANN401 - a module
    """Optuna, loaded now; it says nothing but errors.

    Raises:
        SettingsError: it is not installed.
    """
    try:
        import optuna  # noqa: PLC0415 - an optional package, and a second to import
    except ImportError as error:
        fix = 'install it: pip install "seqloom[tune]"'
        raise SettingsError("tune", expected="the package optuna", came="none", fix=fix) from error
    optuna.logging.set_verbosity(optuna.logging.CRITICAL)
    return optuna


def no_pool() -> Any:  # noqa: ANN401 - a class
    """The class by which SQLAlchemy, which comes with Optuna, keeps no connection between two uses of a database."""
    from sqlalchemy.pool import NullPool  # noqa: PLC0415 - comes with an optional package

    return NullPool
