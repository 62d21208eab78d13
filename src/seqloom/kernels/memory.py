"""Vectors from and to rows of arrays, [rows, columns], C-contiguous."""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils

from seqloom.kernels.compile import inlined
from seqloom.kernels.vector import INT32, INT64, Builder, Value, Vector, broadcast, instruction

CACHE_LINE = 64
"""Bytes that come from memory at a time."""


def columns_of(context: Any, builder: Builder, kind: Any, array: Value) -> Value:
    """Columns of an array, from its row of one to the next."""
    return cgutils.unpack_tuple(builder, context.make_array(kind)(context, builder, array).shape, 2)[1]


def pointer(context: Any, builder: Builder, kind: Any, array: Value, row: Value, column: Value) -> Value:
    """Where an element of an array lies."""
    held = context.make_array(kind)(context, builder, array)
    past = builder.mul(row, columns_of(context, builder, kind, array))
    return builder.gep(held.data, [builder.add(past, column)])


def load_at(builder: Builder, vector: Vector, at: Value) -> Value:
    """The vector that begins at a pointer, wherever that is."""
    return builder.load(builder.bitcast(at, vector.llvm.as_pointer()), align=vector.bytes)


def store_at(builder: Builder, vector: Vector, at: Value, value: Value) -> None:
    """Put a vector where a pointer leads, wherever that is."""
    builder.store(value, builder.bitcast(at, vector.llvm.as_pointer()), align=vector.bytes)


@instruction
def lanes_of(typing: Any, array: Any) -> Any:
    """Numbers of an array's type in a vector, known when the code is compiled."""
    lanes = Vector(array.dtype).lanes

    def code(context: Any, builder: Builder, sig: Any, args: Any) -> Value:
        return INT64(lanes)

    return types.intp(array), code


@instruction
def splat(typing: Any, array: Any, number: Any) -> Any:
    """A vector of an array's type with a number in every lane."""
    vector = Vector(array.dtype)

    def code(context: Any, builder: Builder, sig: Any, args: Any) -> Value:
        return broadcast(builder, vector.llvm, context.cast(builder, args[1], sig.args[1], vector.element))

    return vector(array, number), code


@instruction
def load(typing: Any, array: Any, row: Any, column: Any) -> Any:
    """The vector that begins at an element."""
    vector = Vector(array.dtype)

    def code(context: Any, builder: Builder, sig: Any, args: Any) -> Value:
        return load_at(builder, vector, pointer(context, builder, sig.args[0], *args))

    return vector(array, types.intp, types.intp), code


@instruction
def store(typing: Any, array: Any, row: Any, column: Any, value: Any) -> Any:
    """Put a vector where an element begins."""
    vector = Vector(array.dtype)

    def code(context: Any, builder: Builder, sig: Any, args: Any) -> Value:
        store_at(builder, vector, pointer(context, builder, sig.args[0], *args[:3]), args[3])
        return context.get_dummy_value()

    return types.void(array, types.intp, types.intp, vector), code


def _first_lanes(builder: Builder, vector: Vector, count: Value) -> Value:
    """Whether each lane is among the first `count`."""
    kind = ir.VectorType(INT64, vector.lanes)
    return builder.icmp_signed("<", ir.Constant(kind, list(range(vector.lanes))), broadcast(builder, kind, count))


@instruction
def ones(typing: Any, array: Any, count: Any) -> Any:
    """A vector of an array's type with ones in the first `count` lanes, and zeros in the others."""
    vector = Vector(array.dtype)

    def code(context: Any, builder: Builder, sig: Any, args: Any) -> Value:
        return builder.select(_first_lanes(builder, vector, args[1]), vector.constant(1.0), vector.constant(0.0))

    return vector(array, types.intp), code


@instruction
def load_part(typing: Any, array: Any, row: Any, column: Any, count: Any) -> Any:
    """The vector of the next `count` elements; zeros in the lanes beyond, whose memory is not touched."""
    vector = Vector(array.dtype)

    def code(context: Any, builder: Builder, sig: Any, args: Any) -> Value:
        at = builder.bitcast(pointer(context, builder, sig.args[0], *args[:3]), vector.llvm.as_pointer())
        mask = _first_lanes(builder, vector, args[3])
        kind = ir.FunctionType(vector.llvm, [at.type, INT32, mask.type, vector.llvm])
        function = cgutils.get_or_insert_function(builder.module, kind, f"llvm.masked.load.{vector.suffix}.p0")
        return builder.call(function, [at, INT32(vector.bytes), mask, vector.constant(0.0)])

    return vector(array, types.intp, types.intp, types.intp), code


@instruction
def store_part(typing: Any, array: Any, row: Any, column: Any, count: Any, value: Any) -> Any:
    """Put the first `count` lanes of a vector where an element begins; what lies beyond is not touched."""
    vector = Vector(array.dtype)

    def code(context: Any, builder: Builder, sig: Any, args: Any) -> Value:
        at = builder.bitcast(pointer(context, builder, sig.args[0], *args[:3]), vector.llvm.as_pointer())
        mask = _first_lanes(builder, vector, args[3])
        kind = ir.FunctionType(ir.VoidType(), [vector.llvm, at.type, INT32, mask.type])
        function = cgutils.get_or_insert_function(builder.module, kind, f"llvm.masked.store.{vector.suffix}.p0")
        builder.call(function, [args[4], at, INT32(vector.bytes), mask])
        return context.get_dummy_value()

    return types.void(array, types.intp, types.intp, types.intp, vector), code


@inlined
def get(array: Any, row: int, column: int) -> Any:
    """The vector from a place in a row that may end within it; zeros beyond the end."""
    left = array.shape[1] - column
    if left >= lanes_of(array):
        return load(array, row, column)
    return load_part(array, row, column, left)


@inlined
def put(array: Any, row: int, column: int, value: Any) -> None:
    """Put a vector at a place in a row that may end within it; lanes beyond the end are dropped."""
    left = array.shape[1] - column
    if left >= lanes_of(array):
        store(array, row, column, value)
    else:
        store_part(array, row, column, left, value)


@inlined
def add(array: Any, row: int, column: int, value: Any) -> None:
    """Add a vector to the numbers where an element begins."""
    store(array, row, column, load(array, row, column) + value)


@inlined
def load_four(array: Any, row: int, column: int, step: int) -> Any:
    """Four vectors of a row, so many numbers from one to the next."""
    return (
        load(array, row, column),
        load(array, row, column + step),
        load(array, row, column + 2 * step),
        load(array, row, column + 3 * step),
    )


@inlined
def store_four(array: Any, row: int, column: int, step: int, a: Any, b: Any, c: Any, d: Any) -> None:
    """Put four vectors in a row, so many numbers from one to the next."""
    store(array, row, column, a)
    store(array, row, column + step, b)
    store(array, row, column + 2 * step, c)
    store(array, row, column + 3 * step, d)


@instruction
def fetch(typing: Any, array: Any, row: Any, column: Any) -> Any:
    """Ask for what lies around an element, so that it is in the cache when it is read."""

    def code(context: Any, builder: Builder, sig: Any, args: Any) -> Value:
        at = builder.bitcast(pointer(context, builder, sig.args[0], *args), ir.IntType(8).as_pointer())
        kind = ir.FunctionType(ir.VoidType(), [at.type, INT32, INT32, INT32])
        function = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        builder.call(function, [at, INT32(1), INT32(3), INT32(1)])  # to be written, to be kept near, data
        return context.get_dummy_value()

    return types.void(array, types.intp, types.intp), code


@inlined
def fetch_row(array: Any, row: int) -> None:
    """Ask for a row."""
    for column in range(0, array.shape[1], CACHE_LINE // array.itemsize):
        fetch(array, row, column)


@inlined
def copy_row(to: Any, to_row: int, array: Any, row: int) -> None:
    """Copy a row of an array to a row of another, as long."""
    for column in range(0, array.shape[1], lanes_of(array)):
        put(to, to_row, column, get(array, row, column))
