"""Forges the attack files of this folder: `python tests/attacks/forge.py` writes them anew.

Every attack starts from one small good artifact and does one thing to it. `ATTACKS` names each with the reason it must
be refused for. The code here signs and packs by itself, so that it shares no mistake with the package.
"""

import hashlib
import json
import pickle
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
SMALL = 64 * 1024
CANARY = "seqloom-attack-was-executed"


class _Payload:
    """An object whose pickle makes a folder when it is opened."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path(CANARY).mkdir, ()


PICKLE = pickle.dumps(_Payload(), protocol=2)


def tensors(header: object, body: bytes = bytes(16), *, length: int | None = None) -> bytes:
    """A safetensors file with this header, or this text as its header."""
    text = (header if isinstance(header, str) else json.dumps(header)).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text) if length is None else length) + text + body


def array(start: int, stop: int, *, dtype: str = "F32", shape: list[Any] | None = None) -> dict[str, Any]:
    """The header's fields of one array."""
    return {"dtype": dtype, "shape": [(stop - start) // 4] if shape is None else shape, "data_offsets": [start, stop]}


WEIGHTS = tensors({"a": array(0, 8), "b": array(8, 16)})
HISTORY = b'{"epoch":1}\n'
MEMBERS = {"weights.safetensors": WEIGHTS, "history.jsonl": HISTORY}


def stated(members: dict[str, bytes]) -> dict[str, Any]:
    """Hash and size of each member, as a manifest states them."""
    return {name: {"sha256": hashlib.sha256(raw).hexdigest(), "size": len(raw)} for name, raw in members.items()}


def signed(text: str) -> bytes:
    """A manifest with its digest filled in."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return text.replace('"digest": ""', f'"digest": "{digest}"').encode()


def unsigned(contents: dict[str, bytes] = MEMBERS, /, **fields: object) -> str:
    """A manifest that fits these members, with other fields on top, before it is signed."""
    whole = {"digest": "", "format": "seqloom artifact", "format_version": 1, "members": stated(contents), "task": "x"}
    return json.dumps({**whole, **fields})


def manifest(contents: dict[str, bytes] = MEMBERS, /, **fields: object) -> bytes:
    """A signed manifest that fits these members, with other fields on top."""
    return signed(unsigned(contents, **fields))


def with_extra(text: str) -> bytes:
    """A signed manifest in which one field holds this JSON text."""
    return signed(unsigned().replace('"x"', text))


def packed(contents: dict[str, bytes]) -> bytes:
    """Members in one zip with the headers the format asks for."""
    out, directory = b"", b""
    for name, raw in contents.items():
        crc = zlib.crc32(raw)
        common = struct.pack("<5H3I2H", 20, 0, 0, 0, 33, crc, len(raw), len(raw), len(name), 0)
        tail = struct.pack("<3H2I", 0, 0, 0, 0o100644 << 16, len(out))
        directory += b"PK\x01\x02" + struct.pack("<H", 3 << 8 | 20) + common + tail + name.encode()
        out += b"PK\x03\x04" + common + name.encode() + raw
    end = struct.pack("<4H2IH", 0, 0, len(contents), len(contents), len(directory), len(out), 0)
    return out + directory + b"PK\x05\x06" + end


def artifact(members: dict[str, bytes] = MEMBERS, *, head: bytes | None = None) -> bytes:
    """A whole artifact, the manifest first."""
    return packed({"manifest.json": manifest(members) if head is None else head, **members})


def with_weights(raw: bytes) -> bytes:
    """A whole artifact whose weights are these bytes, correctly signed."""
    return artifact({**MEMBERS, "weights.safetensors": raw})


def zipped(fill: Callable[[zipfile.ZipFile], object]) -> bytes:
    """A zip as Python writes it, begun with the good members."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, raw in {"manifest.json": manifest(), **MEMBERS}.items():
            file.writestr(_info(name), raw)
        fill(file)
    return buffer.getvalue()


def _info(name: str, mode: int = 0o100644, method: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.compress_type = method
    return info


def only(name: str, raw: bytes = b"x", *, mode: int = 0o100644, method: int = zipfile.ZIP_STORED) -> bytes:
    """A good artifact with one more member as Python's zipfile writes it."""
    return zipped(lambda file: file.writestr(_info(name, mode, method), raw))


def patched(raw: bytes, mark: bytes, field: int, new: bytes) -> bytes:
    """The bytes with a field changed, counted from the first place of a mark."""
    at = raw.index(mark) + field
    return raw[:at] + new + raw[at + len(new) :]


def duplicate() -> bytes:
    """A good artifact that holds its history twice."""
    twice = {"manifest.json": manifest(), **MEMBERS, "history.jsonX": HISTORY}
    return packed(twice).replace(b"history.jsonX", b"history.jsonl")


def overlapping_members() -> bytes:
    """Two entries of the directory that share their bytes."""
    good = artifact()
    last = good.rindex(b"PK\x01\x02")
    return good[: last + 42] + struct.pack("<I", 0) + good[last + 46 :]


def hole() -> bytes:
    """Bytes hidden between the last member and the directory."""
    good = artifact()
    place = good.index(b"PK\x01\x02")
    end = good.rindex(b"PK\x05\x06")
    moved = struct.pack("<I", place + 7)
    return good[:place] + b"hidden!" + good[place : end + 16] + moved + good[end + 20 :]


GOOD = artifact()
END = b"PK\x05\x06"
CENTRAL = b"PK\x01\x02"


@dataclass(frozen=True)
class Attack:
    """A forged artifact and the reason it must be refused for, as a regular expression."""

    make: Callable[[], bytes]
    reason: str


def _with_header(header: object) -> bytes:
    return with_weights(tensors(header))


def _with_head(head: Callable[[], bytes]) -> bytes:
    return artifact(head=head())


HEADERS: dict[str, tuple[object, str]] = {
    "overlap": ({"a": array(0, 8), "b": array(4, 16)}, "an overlap with the array before it"),
    "hole": ({"a": array(0, 4), "b": array(8, 16)}, "a hole before it"),
    "out-of-range": ({"a": array(0, 8), "b": array(8, 1 << 40)}, "arrays that end at byte"),
    "trailing-bytes": ({"a": array(0, 8)}, "fill 16 bytes, came arrays that end at byte 8"),
    "unknown-dtype": ({"a": array(0, 16, dtype="OBJECT")}, "the unknown dtype 'OBJECT'"),
    "too-many-elements": ({"a": array(0, 16, shape=[2**40, 2**40])}, "2\\*\\*48 elements"),
    "too-many-elements-beside-zero": ({"a": array(0, 0, shape=[0, 2**62, 2**62])}, "2\\*\\*48 elements"),
    "too-many-axes": ({"a": array(0, 16, shape=[4, *[1] * 40])}, "at most 8 axes"),
    "negative-shape": ({"a": array(0, 16, shape=[-2, -2])}, "shape: expected a list of whole numbers"),
    "fractional-shape": ({"a": array(0, 16, shape=[4.0])}, "shape: expected a list of whole numbers"),
    "boolean-shape": ({"a": array(0, 4, shape=[True])}, "shape: expected a list of whole numbers"),
    "shape-beyond-span": ({"a": array(0, 16, shape=[400])}, "a span of 1600 bytes"),
    "backward-span": ({"a": array(16, 0, shape=[4])}, "a span of 16 bytes"),
    "half-a-span": ({"a": {**array(0, 16), "data_offsets": [0]}}, "a start and a stop"),
    "misaligned": (
        {"a": array(0, 1, dtype="U8", shape=[1]), "b": array(1, 13), "c": array(13, 16, dtype="U8", shape=[3])},
        "a multiple of 4 bytes",
    ),
    "extra-field": ({"a": {**array(0, 16), "module": "os"}}, "exactly dtype, shape and data_offsets"),
    "not-an-entry": ({"a": array(0, 16), "__metadata__": "x"}, "exactly dtype, shape and data_offsets"),
    "duplicate-array": ('{"a": %s, "a": %s}' % ((json.dumps(array(0, 16)),) * 2), "the key 'a' twice"),
    "not-json": ("{'a': 1}", "text that is not JSON"),
    "not-an-object": ("[1, 2]", "a JSON object"),
}
"""Headers of tensors, by the attack's name, and the reason for each."""

MEMBERS_OF_WEIGHTS: dict[str, tuple[bytes, str]] = {
    "header-longer-than-file": (tensors({}, length=4000), "a header within the file"),
    "huge-header": (tensors({}, length=2**63), "a header within the file"),
    "too-short": (b"1234", "a header within the file"),
    "pickle": (PICKLE, "a pickle, which can run code"),
}
"""Whole members that are no tensors, likewise."""

HEADS: dict[str, tuple[Callable[[], bytes], str]] = {
    "not-json": (lambda: b"{'format': 1}", "text that is not JSON"),
    "not-utf-8": (lambda: with_extra('"?"').replace(b"?", b"\xff"), "text in UTF-8"),
    "half-a-surrogate": (lambda: with_extra('"\\ud800"'), "text in UTF-8"),
    "duplicate-key": (lambda: with_extra('{"k": 1, "k": 2}'), "the key 'k' twice"),
    "nan": (lambda: with_extra("NaN"), "the constant NaN"),
    "infinity": (lambda: with_extra("-Infinity"), "the constant -Infinity"),
    "beyond-double": (lambda: with_extra("1e400"), "'1e400', which is not finite"),
    "long-integer": (lambda: with_extra("9" * 5000), "text that is not JSON"),
    "deep": (lambda: with_extra("[" * 40 + "]" * 40), "nested too deep"),
    "very-deep": (lambda: with_extra("[" * 400_000 + "]" * 400_000), "nested too deep"),
    "unpaired": (lambda: with_extra("[" * 3), "brackets unpaired"),
    "many-values": (lambda: with_extra("[" + "0," * 1_100_000 + "0]"), "at most about 500000 values"),
    "many-quotes": (lambda: with_extra('"' + '\\"' * 1_000_000), "brackets unpaired"),
    "too-large": (lambda: with_extra(f'"{"x" * 17 * 2**20}"'), "at most 16777216 bytes"),
    "a-list": (lambda: b"[]", "a JSON object"),
    "other-format": (lambda: manifest(format="keras"), "format: expected 'seqloom artifact', came 'keras'"),
    "future-version": (lambda: manifest(format_version=2), "the future version 2; upgrade seqloom"),
    "version-zero": (lambda: manifest(format_version=0), "a whole number from 1 on"),
    "version-text": (lambda: manifest(format_version="1"), "a whole number from 1 on"),
    "version-boolean": (lambda: manifest(format_version=True), "a whole number from 1 on"),
    "no-digest": (lambda: manifest().replace(b'"digest"', b'"digits"'), "64 hexadecimal digits"),
    "edited": (lambda: manifest().replace(b'"x"', b'"y"'), "digest: expected the hash"),
    "wrong-hash": (
        lambda: manifest({**MEMBERS, "history.jsonl": b'{"epoch":2}\n'}),
        "history.jsonl: expected the hash .* came a member of hash",
    ),
    "wrong-size": (
        lambda: manifest({**MEMBERS, "history.jsonl": b"longer than it is"}),
        "history.jsonl: expected a size of 17 bytes, came 12",
    ),
    "missing-member": (lambda: manifest({**MEMBERS, "report.html": b""}), "a missing member"),
    "unlisted-member": (
        lambda: manifest({"weights.safetensors": WEIGHTS}),
        "history.jsonl, which it does not list",
    ),
    "huge-declared-size": (
        lambda: manifest(members={**stated(MEMBERS), "history.jsonl": {"sha256": "0" * 64, "size": 10**15}}),
        "1000000000000000: too large",
    ),
    "negative-size": (
        lambda: manifest(members={"history.jsonl": {"sha256": "0" * 64, "size": -1}}),
        "sha256 and size alone",
    ),
    "members-a-list": (lambda: manifest(members=["history.jsonl"]), "an object of members"),
    "extra-member-field": (
        lambda: manifest(members={"history.jsonl": {"sha256": "0" * 64, "size": 1, "url": "http://x"}}),
        "sha256 and size alone",
    ),
    "lists-itself": (
        lambda: manifest(members={**stated(MEMBERS), "manifest.json": {"sha256": "0" * 64, "size": 1}}),
        "a manifest that does not list itself",
    ),
}
"""Manifests, likewise."""

ARCHIVES: dict[str, tuple[Callable[[], bytes], str]] = {
    "pickle": (lambda: PICKLE, "a pickle, which can run code when opened"),
    "pickle-in-zip": (lambda: packed({"archive/data.pkl": PICKLE}), "a pickle, which can run code"),
    "pickle-member": (lambda: only("model.pkl", PICKLE), "a pickle, which can run code"),
    "table": (lambda: b"date,load\n2020-01-01,1\n", "an artifact, came a file that begins with"),
    "empty": (lambda: b"", "an artifact, came a file that begins with"),
    "zip-mark-only": (lambda: b"PK\x03\x04", "only 4 bytes"),
    "zip-slip": (lambda: only("../evil.txt"), "a path that leads elsewhere"),
    "absolute-name": (lambda: only("/etc/cron.d/evil"), "a path that leads elsewhere"),
    "windows-name": (lambda: only("C:evil.txt"), "a path that leads elsewhere"),
    "parent-name": (lambda: only(".."), "a path that leads elsewhere"),
    "not-ascii-name": (lambda: only("wéights"), "member names in plain ASCII"),
    "symbolic-link": (lambda: only("report.html", b"/etc/passwd", mode=0o120777), "a symbolic link"),
    "duplicate-member": (duplicate, "a duplicate"),
    "unknown-member": (lambda: artifact({**MEMBERS, "code.py": b"1"}), "the unknown member 'code.py'"),
    "no-manifest": (lambda: packed(MEMBERS), "a manifest.json, came none"),
    "compressed": (lambda: only("report.html", bytes(2**20), method=zipfile.ZIP_DEFLATED), "a compressed one"),
    "bomb-sizes": (lambda: patched(GOOD, CENTRAL, 24, struct.pack("<I", 2**32 - 1)), "a compressed one"),
    "encrypted": (lambda: patched(GOOD, CENTRAL, 8, b"\x01"), "an encrypted one"),
    "extra-field": (lambda: patched(GOOD, CENTRAL, 30, b"\x04"), "other times, attributes or extra fields"),
    "other-time": (lambda: patched(GOOD, CENTRAL, 12, b"\x01"), "other times, attributes or extra fields"),
    "huge-sizes": (lambda: patched(GOOD, CENTRAL, 20, struct.pack("<II", 2**31, 2**31)), "one that differs"),
    "local-name-differs": (lambda: patched(GOOD, b"PK\x03\x04", 30, b"M"), "one that differs"),
    "local-size-differs": (lambda: patched(GOOD, b"PK\x03\x04", 22, b"\x00"), "one that differs"),
    "overlapping-members": (overlapping_members, "an overlap or a hole"),
    "hole": (hole, "bytes that belong to neither"),
    "prefix": (lambda: b"#!/bin/sh\n" + GOOD, "an artifact, came a file that begins with"),
    "prefix-with-mark": (lambda: b"PK\x03\x04" + GOOD, "a directory right before the end"),
    "trailing-bytes": (lambda: GOOD + b"x", "trailing bytes behind its directory"),
    "comment": (lambda: zipped(lambda file: setattr(file, "comment", b"hi")), "trailing bytes"),
    "cut-short": (lambda: GOOD[:-40], "a file cut short"),
    "two-disks": (lambda: patched(GOOD, END, 4, b"\x01"), "a directory right before the end"),
    "more-entries-declared": (lambda: patched(GOOD, END, 8, b"\x05\x00\x05"), "the end of its directory"),
    "fewer-entries-declared": (lambda: patched(GOOD, END, 8, b"\x02\x00\x02"), "bytes that belong to neither"),
    "many-entries": (lambda: packed({f"m{i}": b"" for i in range(100)}), "at most 64 members, came 100"),
    "wrong-checksum": (lambda: GOOD.replace(HISTORY, b'{"epoch":3}\n'), "expected the checksum"),
}
"""Whole files, likewise."""

ATTACKS = {
    **{name: Attack(make, reason) for name, (make, reason) in ARCHIVES.items()},
    **{f"manifest-{name}": Attack(partial(_with_head, head), reason) for name, (head, reason) in HEADS.items()},
    **{f"tensors-{name}": Attack(partial(_with_header, header), reason) for name, (header, reason) in HEADERS.items()},
    **{
        f"tensors-{name}": Attack(partial(with_weights, raw), reason)
        for name, (raw, reason) in MEMBERS_OF_WEIGHTS.items()
    },
}
"""Every attack by name."""


def write() -> None:
    """Write every attack small enough to be kept as a file."""
    for name, attack in ATTACKS.items():
        raw = attack.make()
        if len(raw) <= SMALL:
            (FOLDER / f"{name}.loom").write_bytes(raw)


if __name__ == "__main__":
    write()
