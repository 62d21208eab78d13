"""The errors seqloom raises.

    SeqloomError
    ├── InputError (ValueError)              what the user gave cannot be used; the command line exits with 2
    │   ├── MissingFileError (FileNotFoundError)
    │   ├── SchemaError                      columns, roles, layout
    │   ├── DataError                        values, time stamps, categories, lengths
    │   └── SettingsError                    an argument or a key of a configuration file
    ├── ArtifactError (ValueError)           an artifact is refused; the command line exits with 2
    ├── StorageError (OSError)               the disk refused; the command line exits with 1
    ├── StreamError (ValueError)             a live stream cannot go on with what came; it is where it was
    │   ├── GapError                         readings before it are missing
    │   ├── EpochError                       it belongs to another epoch of the stream
    │   ├── ModelChangedError                the stream was begun with another model
    │   ├── MissingStreamError               there is no stream of this name
    │   ├── TakenStreamError                 there is a stream of this name already
    │   ├── QuotaError                       a server has as many streams as it takes
    │   └── DamagedStreamError               what is stored of it does not match its checksum
    ├── RegistryError (RuntimeError)         a registry of models cannot do what was asked; it is as it was
    │   └── ConflictError                    its champion is another than the one that was expected
    ├── OverloadedError (RuntimeError)       a server has as many calls waiting as it takes, or is closing
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


class StreamError(SeqloomError, ValueError):
    """A live stream that cannot go on with what came; it stays where it was.

    Args:
        number: what the one who sent it should know: the number expected next, or the epoch.
        **answers: see `SeqloomError`.
    """

    exit_code = 2

    def __init__(self, where: str, *, number: int | None = None, **answers: str) -> None:
        super().__init__(where, **answers)
        self.number = number


class GapError(StreamError):
    """Readings before the one that came are missing; `number` is the one expected."""


class EpochError(StreamError):
    """A reading of another epoch of the stream; `number` is the present one."""


class ModelChangedError(StreamError):
    """A stream that was begun with another model."""


class MissingStreamError(StreamError):
    """A stream that is not there."""


class TakenStreamError(StreamError):
    """A stream that is there already."""


class QuotaError(StreamError):
    """A stream that is not begun, since a server has as many as it takes; `number` says how many that is."""


class DamagedStreamError(StreamError):
    """What is stored of a stream does not match its checksum; other streams are not affected."""

    exit_code = 1


class RegistryError(SeqloomError, RuntimeError):
    """A registry of models that cannot do what was asked; it is as it was."""


class ConflictError(RegistryError):
    """The champion of a registry is another than the one that was expected: somebody else was first."""


class OverloadedError(SeqloomError, RuntimeError):
    """A call that a server does not take, since too many wait or it is closing; nothing of it was read.

    Args:
        where: see `SeqloomError`.
        closing: whether the server will not take another one.
        **answers: see `SeqloomError`.
    """

    def __init__(self, where: str, *, closing: bool = False, **answers: str) -> None:
        super().__init__(where, **answers)
        self.closing = closing


class TrainingError(SeqloomError, RuntimeError):
    """A training run that could not go on."""


class NotFittedError(SeqloomError, AttributeError):
    """A method that needs a fitted estimator, called before `fit`."""
