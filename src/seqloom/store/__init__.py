"""Where sessions of live streams are kept: durable before anything is acknowledged."""

from seqloom.store.address import open_records as open_records
from seqloom.store.address import open_store as open_store
from seqloom.store.change import Change as Change
from seqloom.store.limits import LARGEST as LARGEST
from seqloom.store.memory import MemoryStore as MemoryStore
from seqloom.store.record import Record as Record
from seqloom.store.remote import asked as asked
from seqloom.store.served import Records as Records
from seqloom.store.served import ServedRecords as ServedRecords
from seqloom.store.served import written as written
from seqloom.store.session import Session as Session
from seqloom.store.sqlite import SQLiteStore as SQLiteStore
from seqloom.store.store import Place as Place
from seqloom.store.store import Store as Store

__all__ = [
    "LARGEST",
    "Change",
    "MemoryStore",
    "Place",
    "Record",
    "Records",
    "SQLiteStore",
    "ServedRecords",
    "Session",
    "Store",
    "asked",
    "open_records",
    "open_store",
    "written",
]
