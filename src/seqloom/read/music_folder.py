"""Folders of music: MIDI and ABC files, and folders of them for each part of the data."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from seqloom.errors import DataError
from seqloom.read.abc import abc_tunes
from seqloom.read.midi import midi_piece
from seqloom.read.rolls import Piece, dataset_of
from seqloom.read.settings import ReadSettings
from seqloom.sequence import SequenceDataset

MIDI = (".mid", ".midi")
ABC = ".abc"
PARTS = ("train", "training", "valid", "validation", "val", "dev", "test")
"""What folders of the parts may be called."""


def holds_music(folder: Path) -> bool:
    """Whether a folder holds MIDI or ABC files, by itself or in folders for the parts of the data."""
    return any(True for _ in _files(folder))


def read_music_folder(folder: Path, settings: ReadSettings) -> SequenceDataset:
    """Reads all MIDI and ABC files of a folder in the order of their names.

    Folders in it that are called `train`, `valid` and `test` hold the parts of the data. With `settings.on_error` at
    `skip` files that cannot be read are left out and named in the notes.

    Raises:
        DataError: a file cannot be read, or there is none.
    """
    pieces: list[Piece] = []
    notes: list[str] = []
    for path, part in _files(folder):
        try:
            found, more = _pieces(path, settings)
        except DataError as error:
            if settings.on_error == "stop":
                raise
            found, more = (), (f"left out: {error}",)
        pieces += [replace(piece, part=part) for piece in found]
        notes += more
    return replace(dataset_of(folder.name, pieces, settings), notes=tuple(dict.fromkeys(notes)))


def _pieces(path: Path, settings: ReadSettings) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    if path.suffix.lower() == ABC:
        tunes = abc_tunes(path, settings)
        return tunes.pieces, tunes.notes()
    return (midi_piece(path, settings),), ()


def _files(folder: Path) -> Iterable[tuple[Path, str | None]]:
    """The files of music and the part each belongs to."""
    yield from ((path, None) for path in _music(folder))
    for name in PARTS:
        if (folder / name).is_dir():
            yield from ((path, name) for path in _music(folder / name))


def _music(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in (*MIDI, ABC) and path.is_file())
