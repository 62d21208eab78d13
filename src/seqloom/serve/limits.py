"""What a server takes: how large, how many, how long."""

from dataclasses import dataclass, fields

from seqloom.errors import SettingsError


@dataclass(frozen=True)
class Limits:
    """Bounds of a server; what goes beyond is refused before it costs much.

    Args:
        body: bytes of a request's body, or of a frame.
        text: characters of a text in a reading.
        name: characters of a stream's name.
        readings: readings of one stream in one call.
        streams: streams in one call, and names on one page.
        waiting: calls that wait, of all streams.
        waiting_readings: readings of these calls.
        waiting_stream: calls that wait of one stream.
        group: readings that are stepped and committed together, as far as calls can be held apart.
        hot: streams held in memory; the others wait in the store, until they are read.
        flight: calls of one WebSocket that wait for their answer; then no more of it is read.
        kept: streams in the store; no further one is begun. None: as many as there is room for.
        idle: days after which a stream that nobody reads on with is let go of, see `Expire`; None: never.
    """

    body: int = 1 << 20
    text: int = 1 << 14
    name: int = 256
    readings: int = 1_000
    streams: int = 1_000
    waiting: int = 2_048
    waiting_readings: int = 50_000
    waiting_stream: int = 64
    group: int = 2_048
    hot: int = 100_000
    flight: int = 256
    kept: int | None = None
    idle: float | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not None and not value > 0:
                raise SettingsError(
                    field.name, expected="a positive number", came=str(value), fix="choose a larger one"
                )
