"""A SIMD value type for Numba: arithmetic on as many numbers at once as a register of this machine holds.

A `Vector` is a value like a float: `a * b + c` on vectors becomes one instruction per operation, on whatever the
machine has (AVX-512, AVX2, NEON). A plain number beside a vector stands for that number in every lane.
"""

import operator
from collections.abc import Callable, Sequence
from typing import Any

import llvmlite.binding as llvm
from llvmlite import ir
from numba import types
from numba.core import cgutils, config
from numba.core.imputils import lower_builtin
from numba.core.typing.templates import AbstractTemplate, infer_global, signature
from numba.extending import intrinsic, models, register_model

Builder = Any
Value = Any
"""An LLVM value, as a builder gives it; llvmlite has no type information."""


def _vector_bytes() -> int:
    """Bytes of the widest register that code compiled here may use."""
    features = getattr(config, "CPU_FEATURES", None)
    if features is None:
        features = llvm.get_host_cpu_features().flatten()
    if "+avx512f" in features:
        return 64
    return 32 if "+avx2" in features else 16


VECTOR_BYTES = _vector_bytes()
REGISTERS = 16 if VECTOR_BYTES == 32 else 32  # noqa: PLR2004 - AVX2 has 16 of its 32-byte registers, the others 32
CONTRACT = ("contract", "nsz")
"""Liberties the compiler may take: fuse a product with a sum, ignore the sign of zero. Not: assume finite numbers."""

INT32, INT64 = ir.IntType(32), ir.IntType(64)


def instruction(define: Callable[..., Any]) -> Any:
    """A function for compiled code, from one that tells the type of its result and writes its LLVM code."""
    return intrinsic(define)


class Vector(types.Type):
    """As many numbers of one type as a register holds.

    Args:
        element: `float32` or `float64`.
    """

    def __init__(self, element: Any) -> None:
        self.element = element
        self.lanes = VECTOR_BYTES * 8 // element.bitwidth
        super().__init__(name=f"Vector({element}, {self.lanes})")

    @property
    def llvm(self) -> Any:
        """Its type in LLVM."""
        single = self.element.bitwidth == INT32.width
        return ir.VectorType(ir.FloatType() if single else ir.DoubleType(), self.lanes)

    @property
    def suffix(self) -> str:
        """How LLVM's intrinsics call it."""
        return f"v{self.lanes}f{self.element.bitwidth}"

    @property
    def bytes(self) -> int:
        """Bytes of one number."""
        return int(self.element.bitwidth) // 8

    def constant(self, number: float) -> Any:
        """The number in every lane."""
        return ir.Constant(self.llvm, [number] * self.lanes)


@register_model(Vector)
class VectorModel(models.PrimitiveModel):
    """A vector is held in one register."""

    def __init__(self, manager: Any, vector: Vector) -> None:
        super().__init__(manager, vector, vector.llvm)


def broadcast(builder: Builder, kind: Any, scalar: Value) -> Value:
    """A scalar in every lane of an LLVM vector type."""
    nothing = ir.Constant(kind, ir.Undefined)
    held = builder.insert_element(nothing, scalar, INT32(0))
    return builder.shuffle_vector(held, nothing, ir.Constant(ir.VectorType(INT32, kind.count), [0] * kind.count))


def call(builder: Builder, vector: Vector, name: str, values: Sequence[Value]) -> Value:
    """The result of one of LLVM's functions from vectors to a vector."""
    kind = ir.FunctionType(vector.llvm, [vector.llvm] * len(values))
    return builder.call(cgutils.get_or_insert_function(builder.module, kind, f"llvm.{name}.{vector.suffix}"), values)


def _common(kinds: Sequence[Any]) -> Vector | None:
    """The type of the vectors among some arguments, if the others are numbers."""
    vectors = {kind for kind in kinds if isinstance(kind, Vector)}
    numbers = all(isinstance(kind, types.Number) for kind in kinds if not isinstance(kind, Vector))
    return vectors.pop() if len(vectors) == 1 and numbers else None


def _lift(context: Any, builder: Builder, vector: Vector, kinds: Sequence[Any], values: Sequence[Value]) -> list[Value]:
    """All arguments as vectors."""
    return [
        value
        if isinstance(kind, Vector)
        else broadcast(builder, vector.llvm, context.cast(builder, value, kind, vector.element))
        for kind, value in zip(kinds, values, strict=True)
    ]


def _define(operation: Callable[[Any, Any], Any], instruction: str) -> None:
    """Give vectors an operator: its type and its instruction."""

    @infer_global(operation)
    class Typed(AbstractTemplate):
        def generic(self, args: Any, kws: Any) -> Any:  # noqa: ARG002 - numba's signature
            vector = _common(args)
            return vector and signature(vector, *args)

    def lower(context: Any, builder: Builder, sig: Any, args: Any) -> Value:
        left, right = _lift(context, builder, sig.return_type, sig.args, args)
        return getattr(builder, instruction)(left, right, flags=CONTRACT)

    for kinds in ((Vector, Vector), (Vector, types.Number), (types.Number, Vector)):
        lower_builtin(operation, *kinds)(lower)


_define(operator.add, "fadd")
_define(operator.sub, "fsub")
_define(operator.mul, "fmul")
_define(operator.truediv, "fdiv")


def _generate(name: str, kinds: Sequence[Any]) -> Any:
    """Signature and code of a call of one of LLVM's functions; None: it is not for these types."""
    vector = _common(kinds)
    if vector is None:
        return None

    def code(context: Any, builder: Builder, sig: Any, args: Any) -> Value:
        return call(builder, vector, name, _lift(context, builder, vector, sig.args, args))

    return signature(vector, *kinds), code


@instruction
def fma(typing: Any, x: Any, y: Any, z: Any) -> Any:
    """`x * y + z`, rounded once."""
    return _generate("fma", (x, y, z))


def _choose(comparison: str, kinds: Sequence[Any]) -> Any:
    """The second of each pair where it compares so to the first, else the first: one instruction on x86."""
    vector = _common(kinds)
    if vector is None:
        return None

    def code(context: Any, builder: Builder, sig: Any, args: Any) -> Value:
        x, y = _lift(context, builder, vector, sig.args, args)
        return builder.select(builder.fcmp_ordered(comparison, y, x), y, x)

    return signature(vector, *kinds), code


@instruction
def minimum(typing: Any, x: Any, y: Any) -> Any:
    """The smaller of each pair; NaN where the first is."""
    return _choose("<", (x, y))


@instruction
def maximum(typing: Any, x: Any, y: Any) -> Any:
    """The larger of each pair; NaN where the first is."""
    return _choose(">", (x, y))


@instruction
def nearest(typing: Any, x: Any) -> Any:
    """The nearest whole number of each."""
    return _generate("rint", (x,))


@instruction
def root(typing: Any, x: Any) -> Any:
    """The square root of each."""
    return _generate("sqrt", (x,))


@instruction
def positive(typing: Any, x: Any) -> Any:
    """One where a number is above zero, else zero."""
    if not isinstance(x, Vector):
        return None

    def code(context: Any, builder: Builder, sig: Any, args: Any) -> Value:
        above = builder.fcmp_ordered(">", args[0], x.constant(0.0))
        return builder.select(above, x.constant(1.0), x.constant(0.0))

    return signature(x, x), code


@instruction
def power_of_two(typing: Any, n: Any) -> Any:
    """2 to the power of whole numbers that a normal number can have as its exponent."""
    if not isinstance(n, Vector):
        return None
    whole = ir.VectorType(ir.IntType(n.element.bitwidth), n.lanes)
    mantissa, bias = (23, 127) if n.element.bitwidth == INT32.width else (52, 1023)

    def code(context: Any, builder: Builder, sig: Any, args: Any) -> Value:
        biased = builder.add(builder.fptosi(args[0], whole), ir.Constant(whole, [bias] * n.lanes))
        return builder.bitcast(builder.shl(biased, ir.Constant(whole, [mantissa] * n.lanes)), n.llvm)

    return signature(n, n), code


@instruction
def swap(typing: Any, x: Any) -> Any:
    """Each number changed for its neighbour: the first for the second, the third for the fourth."""
    if not isinstance(x, Vector):
        return None

    def code(context: Any, builder: Builder, sig: Any, args: Any) -> Value:
        order = ir.Constant(ir.VectorType(INT32, x.lanes), [lane ^ 1 for lane in range(x.lanes)])
        return builder.shuffle_vector(args[0], ir.Constant(x.llvm, ir.Undefined), order)

    return signature(x, x), code


@instruction
def total(typing: Any, x: Any) -> Any:
    """The sum of all lanes, halves added to halves, in every lane."""
    if not isinstance(x, Vector):
        return None

    def code(context: Any, builder: Builder, sig: Any, args: Any) -> Value:
        whole, nothing, distance = args[0], ir.Constant(x.llvm, ir.Undefined), x.lanes // 2
        while distance:
            order = ir.Constant(ir.VectorType(INT32, x.lanes), [lane ^ distance for lane in range(x.lanes)])
            whole = builder.fadd(whole, builder.shuffle_vector(whole, nothing, order))
            distance //= 2
        return whole

    return signature(x, x), code


@instruction
def first(typing: Any, x: Any) -> Any:
    """The number in the first lane."""
    if not isinstance(x, Vector):
        return None

    def code(context: Any, builder: Builder, sig: Any, args: Any) -> Value:
        return builder.extract_element(args[0], INT32(0))

    return signature(x.element, x), code
