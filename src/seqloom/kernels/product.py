"""Matrix products whose results stay in registers: a few rows of numbers times a panel of weights.

A panel holds weights in the order in which they are read: for each `k` the few vectors that row `k` of the matrix has
in it. All sums of `height` rows and a panel's vectors are kept in registers while `k` runs, so that every weight that
is loaded is used `height` times, and every number `len(vectors)` times.

Source: the register-tiled inner kernel of Goto & van de Geijn, "Anatomy of high-performance matrix multiplication", ACM
Transactions on Mathematical Software 34 (2008).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from numba import types
from numba.core import cgutils

from seqloom.kernels.compile import inlined
from seqloom.kernels.layer import Form
from seqloom.kernels.memory import columns_of, load_at, pointer, store_at
from seqloom.kernels.vector import INT64, REGISTERS, Builder, Value, Vector, broadcast, call, instruction

HEIGHTS = (6, 2, 1) if REGISTERS > 16 else (3, 2, 1)  # noqa: PLR2004 - with 4 vectors wide, sums fill the registers
"""Rows a product may be high; what a machine's registers hold."""

FULL, PAIR, _ = HEIGHTS


@inlined
def height(rows: int) -> int:
    """The height of the next product when so many rows are left."""
    if rows >= FULL:
        return FULL
    return PAIR if rows >= PAIR else 1


@dataclass(frozen=True)
class Operand:
    """One of the matrices whose rows are multiplied.

    Args:
        kind: numba's type of the array.
        array: the array.
        row: its first row.
        column: its first column.
        depth: numbers `k` runs over.
        feeds: for each vector of the panel, the sum it is added to.
        step: numbers from one row of the panel to the next; None: they follow each other.
    """

    kind: Any
    array: Value
    row: Value
    column: Value
    depth: Value
    feeds: Sequence[int]
    step: Value | None = None


class Out(NamedTuple):
    """Where a product goes: rows of an array, from a column on.

    Args:
        kind: numba's type of the array.
        array: the array.
        column: the column.
    """

    kind: Any
    array: Value
    column: Value


class _Sums:
    """The sums of one product, `height` rows by some vectors, each in a register.

    Each is added to in the order of `k`, whatever the height: the numbers of a row do not depend on those beside it.
    """

    def __init__(self, builder: Builder, vector: Vector, rows: int, start: Sequence[Value]) -> None:
        self._builder, self._vector = builder, vector
        self._held = [[cgutils.alloca_once(builder, vector.llvm) for _ in start] for _ in range(rows)]
        for row in self._held:
            for held, first in zip(row, start, strict=True):
                builder.store(first, held)

    def add(self, row: int, place: int, number: Value, weights: Value) -> None:
        """Add a product to a sum."""
        held = self._held[row][place]
        self._builder.store(call(self._builder, self._vector, "fma", [number, weights, self._builder.load(held)]), held)

    def total(self, row: int, place: int) -> Value:
        """A sum."""
        return self._builder.load(self._held[row][place])


class _Emitter:
    """Writes the code of one product."""

    def __init__(self, context: Any, builder: Builder, vector: Vector, *, rows: int, transposed: bool) -> None:
        self.context, self.builder, self.vector = context, builder, vector
        self.rows, self.transposed = rows, transposed

    def vectors(self, at: Value, count: int) -> list[Value]:
        """The next vectors of a panel."""
        return [
            load_at(self.builder, self.vector, self.builder.gep(at, [INT64(place * self.vector.lanes)]))
            for place in range(count)
        ]

    def accumulate(self, operand: Operand, panel: Value, sums: _Sums) -> Value:
        """Add the products of an operand; returns where its part of the panel ends."""
        builder, width = self.builder, INT64(len(operand.feeds) * self.vector.lanes)
        first = pointer(self.context, builder, operand.kind, operand.array, operand.row, operand.column)
        stride = columns_of(self.context, builder, operand.kind, operand.array)
        across, along = (INT64(1), stride) if self.transposed else (stride, INT64(1))
        rows = [builder.gep(first, [builder.mul(INT64(row), across)]) for row in range(self.rows)]
        step = width if operand.step is None else operand.step

        with cgutils.for_range(builder, operand.depth) as loop:
            k = loop.index
            weights = self.vectors(builder.gep(panel, [builder.mul(k, step)]), len(operand.feeds))
            for row, begin in enumerate(rows):
                number = builder.load(builder.gep(begin, [builder.mul(k, along)]))
                spread = broadcast(builder, self.vector.llvm, number)
                for place, held in zip(operand.feeds, weights, strict=True):
                    sums.add(row, place, spread, held)
        return builder.gep(panel, [builder.mul(operand.depth, step)])

    def product(self, out: Out, panel: Value, operands: Sequence[Operand], *, start: bool) -> Value:
        """The whole product, from the panel's first vectors, or from zero, to the rows of `out`."""
        builder, vector = self.builder, self.vector
        count = 1 + max(place for operand in operands for place in operand.feeds)
        first = self.vectors(panel, count) if start else [vector.constant(0.0)] * count
        if start:
            panel = builder.gep(panel, [INT64(count * vector.lanes)])
        sums = _Sums(builder, vector, self.rows, first)
        for operand in operands:
            panel = self.accumulate(operand, panel, sums)
        for row in range(self.rows):
            begin = pointer(self.context, builder, out.kind, out.array, INT64(row), out.column)
            for place in range(count):
                at = builder.gep(begin, [INT64(place * vector.lanes)])
                store_at(builder, vector, at, sums.total(row, place))
        return self.context.get_dummy_value()


def _at_any_height(builder: Builder, rows: Value, write: Callable[[int], Value]) -> None:
    """Code for each of `HEIGHTS`, of which the one runs that `rows` is."""
    after = builder.append_basic_block("after")
    choice = builder.switch(rows, after)
    for high in HEIGHTS:
        block = builder.append_basic_block(f"height{high}")
        choice.add_case(INT64(high), block)
        builder.position_at_end(block)
        write(high)
        builder.branch(after)
    builder.position_at_end(after)


def gate_product(form: Form) -> Any:
    """The product of a cell: gates of some rows from their inputs and their hidden vectors.

        out[row, column:] = panel's first vectors + x[x_row + row] · panel's next + h[h_row + row] · panel's last

    Args:
        form: of the cell; where no gate reads the hidden vectors, neither does the product.

    Returns:
        A function for compiled code: (one of `HEIGHTS`, out [rows, sums], its column, panels, which of them, x, x_row,
        h, h_row).
    """
    feeds_x, feeds_h = (
        [part * form.units + unit for part in parts for unit in range(form.units)]
        for parts in (form.from_input, form.from_hidden)
    )

    @instruction
    def product(
        typing: Any,
        rows: Any,
        out: Any,
        column: Any,
        panels: Any,
        block: Any,
        x: Any,
        x_row: Any,
        h: Any,
        h_row: Any,
    ) -> Any:
        def code(context: Any, builder: Builder, sig: Any, args: Any) -> Value:
            vector, zero = Vector(sig.args[1].dtype), INT64(0)
            begin = pointer(context, builder, sig.args[3], args[3], args[4], zero)
            operands = [
                Operand(kind, array, row, zero, columns_of(context, builder, kind, array), feeds)
                for kind, array, row, feeds in ((sig.args[5], *args[5:7], feeds_x), (sig.args[7], *args[7:], feeds_h))
                if feeds
            ]

            def write(high: int) -> Value:
                emitter = _Emitter(context, builder, vector, rows=high, transposed=False)
                return emitter.product(Out(sig.args[1], args[1], args[2]), begin, operands, start=True)

            _at_any_height(builder, args[0], write)
            return context.get_dummy_value()

        place = types.intp
        return types.void(place, out, place, panels, place, x, place, h, place), code

    return product


def panel_product(vectors: int, *, transposed: bool = False) -> Any:
    """A product of one matrix with a panel.

        out[row] = sum over k of left[row, k] · panel[k]

    Args:
        vectors: how wide.
        transposed: whether the numbers of a row lie below each other: left[k, row].

    Returns:
        A function for compiled code: (one of `HEIGHTS`, out [rows, vectors], panel, its first number, numbers from one
        of its rows to the next, left, row, column, depth).
    """

    @instruction
    def product(
        typing: Any,
        rows: Any,
        out: Any,
        panel: Any,
        at: Any,
        step: Any,
        left: Any,
        row: Any,
        column: Any,
        depth: Any,
    ) -> Any:
        def code(context: Any, builder: Builder, sig: Any, args: Any) -> Value:
            vector = Vector(sig.args[1].dtype)
            begin = builder.gep(context.make_array(sig.args[2])(context, builder, args[2]).data, [args[3]])
            operand = Operand(sig.args[5], args[5], args[6], args[7], args[8], range(vectors), args[4])

            def write(high: int) -> Value:
                emitter = _Emitter(context, builder, vector, rows=high, transposed=transposed)
                return emitter.product(Out(sig.args[1], args[1], INT64(0)), begin, [operand], start=False)

            _at_any_height(builder, args[0], write)
            return context.get_dummy_value()

        place = types.intp
        return types.void(place, out, panel, place, place, left, place, place, place), code

    return product
