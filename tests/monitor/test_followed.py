"""Which streams are followed."""

from hashlib import blake2b

from seqloom.monitor.followed import Followed


def test_few_streams_are_all_followed():
    """Each by its own number, the same again and again."""
    followed = Followed(3)
    numbers = [followed.find(name).number for name in "abcab"]
    assert len(set(numbers)) == 3 == len(followed)
    assert numbers[:2] == numbers[3:]


def test_of_many_the_same_share_is_followed_whatever_their_order():
    """Those whose names have the smallest digests."""
    names = [f"stream {place}" for place in range(100)]
    first, second = Followed(5), Followed(5)
    for name in names:
        first.find(name)
    for name in reversed(names):
        second.find(name)
    kept = sorted(names, key=lambda name: blake2b(name.encode(), digest_size=8).digest())[:5]
    assert [name for name in names if first.find(name)] == [name for name in names if name in kept]
    assert [name for name in names if second.find(name)] == [name for name in names if name in kept]


def test_a_stream_that_ended_gives_up_its_place():
    """After so many records of others."""
    followed = Followed(1, idle=10)
    first, second = sorted("ab", key=lambda name: blake2b(name.encode(), digest_size=8).digest())
    assert followed.find(first)
    found = [followed.find(second) for _ in range(40)]
    assert found[0] is None
    assert found[-1] is not None
    assert followed.find(first) is not None
