"""The errors seqloom raises.

    SeqloomError
    ├── InputError (ValueError)              what the user gave cannot be used; the command line exits with 2
    │   ├── MissingFileError (FileNotFoundError)
    │   ├── SchemaError                      columns, roles, layout
    │   ├── DataError                        values, time stamps, categories, lengths
    │   └── SettingsError                    an argument or a key of a configuration file
    ├── ArtifactError (ValueError)           an artifact is refused; the command line exits with 2
    ├── StorageError (OSError)               the disk refused; the command line exits with 1
    ├── TrainingError (RuntimeError)         training could not go on
    └── NotFittedError (AttributeError)      a method was called before `fit`

Every message answers four questions in one line: where, what was expected, what came, what to do.
"""


class SeqloomError(Exception):
    """Root of all errors raised on purpose.

    Args:
        where: the place, most precise first known: `"energy.csv, column 'load', row 17"`.
        expected: what was expected there, as a noun phrase: `"a number"`.
        came: what came instead: `"'n/a'"`.
        fix: what to do about it, as an imperative: `"correct the cell or pass --missing impute"`.

    Example:
        >>> print(SeqloomError("a.csv, row 3", expected="a number", came="'x'", fix="correct the cell"))
        a.csv, row 3: expected a number, came 'x'; correct the cell
    """

    exit_code = 1

    def __init__(self, where: str, *, expected: str, came: str, fix: str) -> None:
        super().__init__(f"{where}: expected {expected}, came {came}; {fix}")
        self.where = where
        self.expected = expected
        self.came = came
        self.fix = fix


class InputError(SeqloomError, ValueError):
    """Something the user gave that cannot be used."""

    exit_code = 2


class MissingFileError(InputError, FileNotFoundError):
    """A file that does not exist or cannot be opened."""


class SchemaError(InputError):
    """Columns, roles or a layout that do not fit the data or the task."""


class DataError(InputError):
    """Values, time stamps, categories or lengths that cannot be used."""


class SettingsError(InputError):
    """An argument or a key of a configuration file that cannot be used."""


class ArtifactError(SeqloomError, ValueError):
    """An artifact that is damaged, forged, of another version, or not one at all."""

    exit_code = 2


class StorageError(SeqloomError, OSError):
    """A disk that refused to read or write."""


class TrainingError(SeqloomError, RuntimeError):
    """A training run that could not go on."""


class NotFittedError(SeqloomError, AttributeError):
    """A method that needs a fitted estimator, called before `fit`."""
