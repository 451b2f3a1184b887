"""One table of keyed values, the same for every kind of value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec
from tinydb import TinyDB
from tinydb.table import Document, Table

from api.store.storage import AtomicJSONStorage

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")


class _KeyedTable(Table):
    """Documents under our own keys: TinyDB's running numbers clash between processes."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB allows it and types it as int


class KeyedStore(Generic[T]):
    """Frozen dataclasses of one kind by key in one file; every change is one locked read-modify-write.

    Every method raises StoreError where the file cannot be used.
    """

    def __init__(self, path: Path, table: str, kind: type[T]) -> None:
        self._kind = kind
        self._storage = AtomicJSONStorage(path, self._value)
        self._database = TinyDB(path, storage=lambda _path: self._storage)
        self._table = _KeyedTable(self._storage, table, cache_size=0)

    def get(self, key: str) -> T | None:
        document = self._table.get(doc_id=key)  # type: ignore[call-overload]  # see _KeyedTable
        return None if document is None else self._value(dict(document))

    def put(self, key: str, value: T) -> None:
        """Keep a value under its key; it is on the disk when this returns."""
        with self._storage.lock():
            self._table.upsert(Document(msgspec.to_builtins(value), doc_id=key))  # type: ignore[arg-type]

    def remove(self, key: str) -> None:
        """Forget a value; nothing happens where there is none."""
        with self._storage.lock():
            if self._table.contains(doc_id=key):  # type: ignore[arg-type]
                self._table.remove(doc_ids=[key])  # type: ignore[list-item]

    def all(self) -> list[T]:
        return [self._value(dict(document)) for document in self._table.all()]

    def take_notices(self) -> list[str]:
        """What went wrong with the file and was dealt with, once each, for the screen to tell."""
        notices, self._storage.notices = self._storage.notices, []
        return notices

    def close(self) -> None:
        self._database.close()

    def _value(self, document: Any) -> T:
        return msgspec.convert(document, self._kind)  # its ValidationError is a ValueError
