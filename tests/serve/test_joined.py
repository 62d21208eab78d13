"""What is written to a WebSocket at a time goes out together."""

import asyncio

import pytest

from seqloom.serve.joined import Joined


class Wire:
    """A transport that keeps each piece it is given."""

    def __init__(self):
        self.pieces, self.closed = [], False

    def write(self, data):
        """Keep it."""
        self.pieces.append(data)

    def close(self):
        """End."""
        self.closed = True

    def is_closing(self):
        """Whether it ended."""
        return self.closed

    def get_extra_info(self, name):
        """Whatever is asked."""
        return f"the {name}"


def on_a_loop(what):
    """Run it, and give back the wire."""

    async def run():
        wire = Wire()
        await what(Joined(wire), wire)
        return wire

    return asyncio.run(run())


def test_what_is_written_before_the_loop_comes_round_is_one_piece_in_order():
    """And what comes afterwards is another one."""

    async def write(joined, wire):
        joined.write(b"one ")
        joined.write(b"two")
        assert wire.pieces == []
        await asyncio.sleep(0)
        joined.write(b"three")
        await asyncio.sleep(0)

    assert on_a_loop(write).pieces == [b"one two", b"three"]


def test_what_is_left_is_sent_before_the_connection_ends():
    """Once: the loop finds nothing more."""

    async def write(joined, wire):
        joined.write(b"goodbye")
        joined.close()
        assert wire.closed
        await asyncio.sleep(0)

    assert on_a_loop(write).pieces == [b"goodbye"]


def test_nothing_is_written_to_a_client_that_is_gone():
    """The transport would warn of it."""

    async def write(joined, wire):
        joined.write(b"too late")
        wire.closed = True
        await asyncio.sleep(0)

    assert on_a_loop(write).pieces == []


def test_all_else_is_asked_of_the_transport():
    """Also what it does not have."""

    async def ask(joined, wire):
        assert joined.get_extra_info("peername") == "the peername"
        with pytest.raises(AttributeError):
            joined.nothing  # noqa: B018 - to ask is the test

    on_a_loop(ask)
