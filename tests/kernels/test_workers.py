"""Threads that share work: all of it, once, and no failure unheard."""

import threading
import time
from collections import Counter

import pytest

from seqloom.kernels.workers import Workers, columns, tiles


@pytest.fixture
def workers():
    """Threads of their own for each test, ended after it."""
    made = Workers()
    yield made
    if made._pool is not None:
        made._pool.shutdown()


@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.parametrize("count", [0, 1, 2, 40])
def test_every_span_is_done_once(workers, count, threads):
    """Few or many, by one thread or more, each span is worked on exactly once, and all are when the call returns."""
    spans, done = [(place, place + 1) for place in range(count)], Counter()
    workers.share(lambda first, last: done.update([(first, last)]), spans, threads)
    assert done == Counter(spans)


def test_one_thread_is_the_callers():
    """Work for one thread starts no other."""
    workers, seen = Workers(), set()
    workers.share(lambda *_: seen.add(threading.get_ident()), [(0, 1), (1, 2)], 1)
    assert seen == {threading.get_ident()}
    assert workers._pool is None


def test_several_threads_work_at_the_same_time(workers):
    """Work that waits until another thread is at work too comes to its end."""
    meeting = threading.Barrier(2, timeout=30)
    workers.share(lambda *_: meeting.wait(), [(0, 1), (1, 2)], 2)
    assert not meeting.broken


@pytest.mark.parametrize("threads", [1, 2])
def test_a_failure_of_the_callers_thread_reaches_it(workers, threads):
    """An exception of the work is raised where the work was asked for."""
    caller = threading.get_ident()

    def work(first, last):
        if threading.get_ident() == caller:
            raise ZeroDivisionError
        time.sleep(0.01)  # leaves something to the caller

    with pytest.raises(ZeroDivisionError):
        workers.share(work, [(place, place + 1) for place in range(20)], threads)


def test_a_failure_of_another_thread_reaches_the_caller(workers):
    """An exception in a thread that helps is raised where the work was asked for."""
    caller = threading.get_ident()

    def work(first, last):
        if threading.get_ident() != caller:
            raise ZeroDivisionError
        time.sleep(0.01)  # leaves something to the helper

    with pytest.raises(ZeroDivisionError):
        workers.share(work, [(place, place + 1) for place in range(20)], 2)


def test_no_work_is_under_way_after_a_failure(workers):
    """When the failure reaches the caller the other threads have stopped, so that memory can be let go."""
    caller, running = threading.get_ident(), []

    def work(first, last):
        if threading.get_ident() == caller:
            raise ZeroDivisionError
        running.append(first)
        time.sleep(0.05)
        running.remove(first)

    with pytest.raises(ZeroDivisionError):
        workers.share(work, [(place, place + 1) for place in range(6)], 2)
    assert not running


def test_threads_are_started_once(workers):
    """A second call uses the threads of the first."""
    spans = [(0, 1), (1, 2)]
    workers.share(lambda *_: None, spans, 2)
    pool = workers._pool
    workers.share(lambda *_: None, spans, 2)
    assert workers._pool is pool


def test_many_callers_share_the_threads(workers):
    """Callers that work at the same time all have their own work done."""
    done = [Counter() for _ in range(8)]
    spans = [(place, place + 1) for place in range(20)]

    def call(mine):
        workers.share(lambda first, last: mine.update([(first, last)]), spans, 3)

    callers = [threading.Thread(target=call, args=(mine,)) for mine in done]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert done == [Counter(spans)] * 8


@pytest.mark.parametrize("batch", [0, 1, 2, 5, 6, 7, 23, 24, 25, 64, 1000])
@pytest.mark.parametrize("threads", [1, 2, 3, 8])
def test_tiles_hold_each_sequence_once(batch, threads):
    """Tiles follow each other from the first sequence to the last, none higher than allowed."""
    spans = tiles(batch, threads, 24)
    assert [b for first, last in spans for b in range(first, last)] == list(range(batch))
    assert all(0 < last - first <= 24 for first, last in spans)


@pytest.mark.parametrize(("batch", "threads", "count"), [(64, 1, 3), (64, 2, 4), (4, 2, 2), (3, 8, 3), (96, 4, 4)])
def test_there_is_a_tile_for_each_thread_where_sequences_suffice(batch, threads, count):
    """As many tiles as a whole number of rounds of all threads needs, fewer where sequences run out."""
    assert len(tiles(batch, threads, 24)) == count


@pytest.mark.parametrize("count", [0, 1, 64, 65, 256, 1000])
@pytest.mark.parametrize("threads", [1, 2, 3, 8])
def test_columns_are_held_once_and_begin_at_multiples(count, threads):
    """Spans follow each other from the first column to the last, one for each thread at most."""
    spans = columns(count, threads, 64)
    assert [column for first, last in spans for column in range(first, last)] == list(range(count))
    assert len(spans) <= threads
    assert all(first % 64 == 0 for first, _ in spans)
