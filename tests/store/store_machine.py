"""A store against two dictionaries: what a state machine does to both, and what has to agree."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from seqloom.store import Change, Record, Session

NAMES = st.sampled_from(["a", "b", "ä", "𝄞"])
SMALL = st.integers(0, 3)
SESSIONS = st.builds(
    Session, NAMES, SMALL, SMALL, st.sampled_from("de"), st.binary(max_size=3), st.just(b"[]"), st.none() | SMALL, SMALL
)
RECORDS = st.builds(
    Record, NAMES, SMALL, SMALL, st.just("d"), SMALL, st.none() | SMALL, st.binary(max_size=3), st.just(b"{}")
)


def key(record):
    """What tells a record from others."""
    return record.stream, record.epoch, record.seq


class StoreAgainstDictionaries(RuleBasedStateMachine):
    """Whatever is done to a store is done to two dictionaries; a subclass says where the store is."""

    new_home = None
    durable = True

    def __init__(self):
        super().__init__()
        self.home = self.new_home()
        self.store = self.home.open()
        self.sessions, self.made = {}, {}

    @rule(
        kept=st.lists(SESSIONS, max_size=4, unique_by=lambda session: session.stream),
        noted=st.lists(RECORDS, max_size=4, unique_by=key),
        ended=st.sets(NAMES, max_size=2),
    )
    def commit(self, kept, noted, ended):
        """Some streams go on, some end, some predictions are made."""
        gone = ended - {session.stream for session in kept}
        self.store.commit(Change(kept, noted, sorted(gone)))
        for stream in gone:
            self.sessions.pop(stream, None)
        self.sessions |= {session.stream: session for session in kept}
        self.made |= {key(record): record for record in noted}

    @rule(stream=NAMES, epoch=SMALL, seq=SMALL, truth=st.binary(max_size=2))
    def tell(self, stream, epoch, seq, truth):
        """What came true is told, of a prediction that was made or not."""
        there = self.made.get((stream, epoch, seq))
        assert self.store.tell(stream, epoch, seq, truth) == (there is not None)
        if there is not None:
            self.made[key(there)] = there._replace(truth=truth)

    @rule(before=SMALL)
    def forget(self, before):
        """Records grow old."""
        old = [place for place, record in self.made.items() if record.at < before]
        assert self.store.forget(before) == len(old)
        for place in old:
            del self.made[place]

    @rule()
    def reopen(self):
        """The server is stopped and started."""
        if self.durable:
            self.store.close()
            self.store = self.home.open()

    @rule(since=SMALL)
    def read(self, since):
        """All records since a time."""
        expected = sorted((record for record in self.made.values() if record.at >= since), key=lambda record: record.at)
        assert list(self.store.records(since=since)) == expected

    @rule(stream=NAMES, limit=SMALL)
    def read_recent(self, stream, limit):
        """The last records of a stream."""
        of_stream = sorted((place for place in self.made if place[0] == stream), reverse=True)
        assert self.store.recent(stream, limit=limit) == [self.made[place] for place in reversed(of_stream[:limit])]

    @rule(stream=NAMES, epoch=SMALL, first=SMALL, more=SMALL)
    def read_stretch(self, stream, epoch, first, more):
        """Some records of a stream that follow each other."""
        expected = [record for place, record in sorted(self.made.items()) if place[:2] == (stream, epoch)]
        expected = [record for record in expected if first <= record.seq <= first + more]
        assert self.store.stretch(stream, epoch, first, first + more) == expected

    @invariant()
    def agrees(self):
        """Every session is what the dictionary has, and there are no others."""
        assert self.store.streams() == sorted(self.sessions)
        assert {stream: self.store.session(stream) for stream in self.sessions} == self.sessions
        assert self.store.count() == len(self.sessions)

    def teardown(self):
        """The store is let go."""
        self.store.close()
