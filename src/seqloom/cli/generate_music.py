"""Music from `seqloom generate`: MIDI, sound, and a picture of the piano roll."""

from collections.abc import Mapping
from typing import Any

import click

from seqloom.cli.generate_frames import FRAME_OPTIONS, frames, write
from seqloom.cli.generating import Asked, Generator
from seqloom.cli.options import SettingOption
from seqloom.cli.place import must_be_writable
from seqloom.errors import SettingsError
from seqloom.estimators import SequenceEstimator
from seqloom.read import STEPS_OF_A_WHOLE
from seqloom.report import png_of, roll_figure
from seqloom.write import midi_bytes, wave_bytes

ENDINGS = (".mid", ".wav", ".png")
QUARTERS = 4
TEMPO = 100.0
SLOWEST, FASTEST = 5.0, 1000.0
OPTIONS: Mapping[str, click.Option] = {
    **FRAME_OPTIONS,
    "tempo": SettingOption(
        ["--tempo"], type=float, metavar="X", section="Music", help=f"Quarters in a minute [default: {TEMPO:g}]."
    ),
    "note_step": SettingOption(
        ["--note-step"],
        type=click.Choice(list(STEPS_OF_A_WHOLE)),
        section="Music",
        help="Length of a step [default: as the model was trained].",
    ),
}


def run(estimator: SequenceEstimator, asked: Asked, own: Mapping[str, Any]) -> None:
    """Compose, and write OUT.mid, OUT.wav and OUT.png; of several pieces OUT-1.mid and so on."""
    tempo = own.get("tempo", TEMPO)
    if not SLOWEST <= tempo <= FASTEST:
        expected = f"from {SLOWEST:g} to {FASTEST:g} quarters in a minute"
        raise SettingsError("--tempo", expected=expected, came=f"{tempo:g}", fix="correct it")
    base = asked.base(ENDINGS)
    must_be_writable(base)
    quarter = STEPS_OF_A_WHOLE[own.get("note_step") or estimator.reading().note_step] / QUARTERS
    rolls = frames(estimator, asked, own, count=1)
    for number, roll in enumerate(rolls, start=1):
        place = base if len(rolls) == 1 else base.with_name(f"{base.name}-{number}")
        title = f"{place.name}: {len(roll)} steps, temperature {asked.temperature:g}, seed {asked.seed}"
        figure = roll_figure([("", "model", roll)]).model_copy(update={"title": title})
        write(place.with_name(place.name + ".mid"), midi_bytes(roll, steps_of_a_quarter=quarter, tempo=tempo))
        write(place.with_name(place.name + ".wav"), wave_bytes(roll, seconds_of_a_step=60 / tempo / quarter))
        write(place.with_name(place.name + ".png"), png_of(figure))


MUSIC = Generator(OPTIONS, run)
