"""Where sessions of live streams are kept: durable before anything is acknowledged."""

from seqloom.store.address import open_store as open_store
from seqloom.store.change import Change as Change
from seqloom.store.limits import LARGEST as LARGEST
from seqloom.store.memory import MemoryStore as MemoryStore
from seqloom.store.record import Record as Record
from seqloom.store.session import Session as Session
from seqloom.store.sqlite import SQLiteStore as SQLiteStore
from seqloom.store.store import Store as Store

__all__ = ["LARGEST", "Change", "MemoryStore", "Record", "SQLiteStore", "Session", "Store", "open_store"]
