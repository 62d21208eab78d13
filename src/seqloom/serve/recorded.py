"""Records for those who judge or learn from them while a server owns the store."""

import re
from dataclasses import dataclass

from seqloom.live import Engine, Operated, Operation
from seqloom.serve.batcher import Batcher
from seqloom.serve.exchange import Answer, Asked
from seqloom.serve.refusal import RequestError
from seqloom.store import LARGEST, Place, written

QUERY = frozenset({"after"})
BEGINNING = "0,-1"
DIGITS = re.compile("-?[0-9]{1,19}")


@dataclass(frozen=True)
class Page(Operation):
    """Some records.

    Args:
        after: those that follow this place.
    """

    after: Place

    @property
    def streams(self) -> tuple[str, ...]:
        """None: nobody has to wait for it."""
        return ()

    def operate(self, engine: Engine) -> Operated:
        """See `Operation.operate`."""
        records, place = engine.page(self.after)
        return Operated({"records": [written(record) for record in records], "after": list(place)})


class RecordRoutes:
    """The handler of records.

    Args:
        batcher: where operations go.
    """

    def __init__(self, batcher: Batcher) -> None:
        self._batcher = batcher

    async def page(self, asked: Asked) -> Answer:
        """Records in the order they were made, and the place after which the next page begins."""
        given = asked.query(QUERY).get("after", BEGINNING)
        return Answer.of(await self._batcher.operate(Page(_place(given))))


def _place(given: str) -> Place:
    """A place as it stands in a query.

    Raises:
        RequestError: it is none.
    """
    at, _, number = given.partition(",")
    found = [int(part) if DIGITS.fullmatch(part) else LARGEST + 1 for part in (at, number)]
    if not -1 <= found[1] <= LARGEST or abs(found[0]) > LARGEST:
        expected, fix = "the place that the page before told", "correct the address"
        raise RequestError(422, "invalid", "query, after", expected=expected, came=ascii(given[:60]), fix=fix)
    return found[0], found[1]
