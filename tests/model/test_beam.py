"""Beam search, compared with all sequences there are."""

import itertools

import pytest
import torch

from seqloom.model.beam import beam_search, length_share

SYMBOLS = 4
MARK = 3
LIMITS = (3, 1, 4)


class Table:
    """A writer whose next symbol depends on all symbols before it, by a table for each source."""

    def __init__(self, source, before, seed=0):
        self.source, self.before, self.seed = source, before, seed

    @classmethod
    def of(cls, sources, seed=0):
        """A writer of that many sources."""
        return cls(list(range(sources)), [()] * sources, seed)

    def further(self, source, before):
        """The log-probabilities of the symbol after these."""
        generator = torch.Generator().manual_seed(hash((self.seed, source, before)) % 2**31)
        return torch.log_softmax(2 * torch.randn(SYMBOLS, generator=generator), dim=0)

    def step(self, symbols):
        """As `Writer` has it."""
        per_source = len(symbols) // max(1, len(self.source))
        owner = [source for source in self.source for _ in range(per_source)]
        before = [(*known, symbol) for known, symbol in zip(self.before, symbols.tolist(), strict=True)]
        further = [self.further(source, known) for source, known in zip(owner, before, strict=True)]
        return Table(self.source, before, self.seed), torch.stack(further)

    def take(self, rows, sources):
        """As `Writer` has it."""
        return Table([self.source[place] for place in sources], [self.before[row] for row in rows.tolist()], self.seed)


def every(writer, source, limit, alpha):
    """The best of all sequences up to a limit: symbols, score, normalised score."""
    found = []
    for length in range(limit + 1):
        for symbols in itertools.product(range(MARK), repeat=length):
            score = 0.0
            for place, symbol in enumerate((*symbols, MARK)):
                score += float(writer.further(source, (MARK, *symbols[:place]))[symbol])
            found.append((score / length_share(length + 1, alpha), score, symbols))
    return max(found)


@pytest.mark.parametrize("alpha", [0.0, 1.0, 3.0])
@pytest.mark.parametrize("seed", range(4))
def test_a_wide_beam_finds_the_best_of_all_sequences(seed, alpha):
    """Where nothing is left out the answer is that of brute force, score and all."""
    writer = Table.of(len(LIMITS), seed)
    written = beam_search(writer, LIMITS, mark=MARK, beam=400, alpha=alpha)
    for source, limit in enumerate(LIMITS):
        normalised, score, symbols = every(writer, source, limit, alpha)
        assert written[source].symbols == symbols
        assert (written[source].score, written[source].normalised) == pytest.approx((score, normalised), abs=1e-5)


@pytest.mark.parametrize("seed", range(4))
def test_a_beam_of_one_takes_the_most_probable_symbol(seed):
    """It goes on until that is the mark, or the limit is reached."""
    writer = Table.of(len(LIMITS), seed)
    for source, found in enumerate(beam_search(writer, LIMITS, mark=MARK, beam=1)):
        symbols = ()
        while len(symbols) < LIMITS[source]:
            symbol = int(writer.further(source, (MARK, *symbols)).argmax())
            if symbol == MARK:
                break
            symbols += (symbol,)
        assert found.symbols == symbols


@pytest.mark.parametrize("beam", [1, 2, 3])
def test_sources_do_not_change_each_other(beam):
    """Each answer is that of its source alone."""
    together = beam_search(Table.of(3), LIMITS, mark=MARK, beam=beam)
    for source, limit in enumerate(LIMITS):
        alone = Table([source], [()])
        assert beam_search(alone, [limit], mark=MARK, beam=beam)[0].symbols == together[source].symbols


def test_the_score_is_the_sum_of_log_probabilities():
    """That of the mark at the end is among them."""
    writer = Table.of(3)
    for source, found in enumerate(beam_search(writer, LIMITS, mark=MARK, beam=2)):
        before = [(MARK, *found.symbols[:place]) for place in range(len(found.symbols) + 1)]
        each = [float(writer.further(source, b)[s]) for b, s in zip(before, (*found.symbols, MARK), strict=True)]
        assert found.score == pytest.approx(sum(each), abs=1e-5)


def test_longer_sequences_are_favoured_by_a_larger_exponent():
    """The mean length grows with the length's share."""
    lengths = [
        sum(len(found.symbols) for found in beam_search(Table.of(40), [4] * 40, mark=MARK, beam=10, alpha=alpha))
        for alpha in (0.0, 1.0, 3.0)
    ]
    assert lengths[0] < lengths[1] < lengths[2]


def test_nothing_is_written_for_no_source():
    """An empty batch has no answers."""
    assert beam_search(Table.of(0), [], mark=MARK, beam=3) == ()
