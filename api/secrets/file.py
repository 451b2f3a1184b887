"""An encrypted file, opened by a passphrase: for a server without a keyring.

scrypt (N=2^17, r=8, p=1: 128 MB and about 0.35 s here) makes the key, AES-256-GCM encrypts all accounts as
one text under a fresh nonce at every write, and vouches for the header too. Without the passphrase nobody
reads the file or changes it unnoticed; an older copy of the same file in its place is not noticed.
The file and its lock have mode 0600; a write goes to a temporary file, to the disk, and then into place.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from api.secrets.errors import PassphraseNeededError, VaultDamagedError, VaultError, WrongPassphraseError
from api.secrets.vault import Secrets, VaultKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from api.config import Folders

    Passphrase = Callable[[], str | None]
    """Asks for the passphrase; None where nobody can be asked."""

COST: Final = 2**17
HIGHEST_COST: Final = 2**20
"""A file that asks for more (1 GB of memory) was not written by this program."""
LOCK_SECONDS: Final = 30.0
"""How long a rival may hold the file; a write takes milliseconds, a passphrase less than a second."""

_BLOCK, _PARALLEL, _KEY = 8, 1, 32
_VERSION = 1


def vault_file(folders: Folders) -> Path:
    """Where the encrypted file is."""
    return folders.data / "secrets.encrypted"


def passphrase_from(environ: Mapping[str, str]) -> Passphrase:
    """The passphrase of `OKIENKO_PASSPHRASE`, and nobody to ask without it."""
    return lambda: environ.get("OKIENKO_PASSPHRASE") or None


@dataclass(frozen=True, slots=True)
class _Key:
    """What the passphrase gave for one salt and cost, so that it is worked out once a process."""

    salt: bytes
    cost: int
    key: bytes = field(repr=False)


class FileVault:
    """Secrets of all accounts in one encrypted file. Raises VaultError wherever it cannot be used."""

    kind = VaultKind.FILE

    def __init__(self, path: Path, passphrase: Passphrase, *, cost: int = COST) -> None:
        """`cost` is scrypt's N for a file that is not there yet, a power of two; lower it in tests only."""
        self.path = path
        self._ask = passphrase
        self._cost = cost
        self._passphrase: bytes | None = None
        self._key: _Key | None = None

    def check(self) -> None:
        """Open it and write it anew: the passphrase is right, and the disk takes it.

        Where there is no file yet the passphrase is asked for, and no file is made yet.
        """
        with self._locked():
            if self.path.exists():
                self._write(self._read())
            else:
                self._key_for(self._header())

    def read(self, account: str) -> Secrets | None:
        text = self._read().get(account)
        return None if text is None else Secrets.from_text(text)

    def write(self, account: str, secrets: Secrets) -> None:
        with self._locked():
            self._write({**self._read(), account: secrets.to_text()})

    def remove(self, account: str) -> None:
        """Forget an account; the file goes with its last one."""
        if not self.path.exists():
            return
        with self._locked():
            kept = self._read()
            if kept.pop(account, None) is None:
                return
            if kept:
                self._write(kept)
            else:
                self.path.unlink()

    def _read(self) -> dict[str, str]:
        """The texts by account; none where there is no file."""
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise VaultError(f"{self.path}: cannot be read ({error.strerror})") from error
        header, nonce, data = self._parts(raw)
        key = self._key_for(header)
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415  30 ms that only this vault pays for
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  as above

        try:
            plain = AESGCM(key).decrypt(nonce, data, _vouched(header))
        except InvalidTag:
            self._passphrase = self._key = None  # the next try asks again
        else:
            return self._texts(plain)
        raise WrongPassphraseError(self.path)

    def _write(self, texts: Mapping[str, str]) -> None:
        header = self._header()
        key = self._key_for(header)
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  see _read

        nonce = os.urandom(12)
        data = AESGCM(key).encrypt(nonce, json.dumps(texts).encode(), _vouched(header))
        whole = {**header, "nonce": _base64(nonce), "data": _base64(data)}
        self._replace(json.dumps(whole, indent=1).encode() + b"\n")

    def _header(self) -> dict[str, Any]:
        """That of the key at hand, which spares scrypt; a new salt for a new file."""
        known = self._key
        salt, cost = (known.salt, known.cost) if known else (os.urandom(16), self._cost)
        return {"okienko": _VERSION, "kdf": "scrypt", "n": cost, "salt": _base64(salt)}

    def _key_for(self, header: Mapping[str, Any]) -> bytes:
        salt, cost = base64.b64decode(header["salt"]), header["n"]
        if self._key is None or (self._key.salt, self._key.cost) != (salt, cost):
            if self._passphrase is None:
                asked = self._ask()
                if not asked:
                    raise PassphraseNeededError(self.path)
                self._passphrase = asked.encode(errors="surrogateescape")  # the bytes as they were typed
            made = hashlib.scrypt(
                self._passphrase,
                salt=salt,
                n=cost,
                r=_BLOCK,
                p=_PARALLEL,
                maxmem=2 * 128 * cost * _BLOCK,
                dklen=_KEY,
            )
            self._key = _Key(salt, cost, made)
        return self._key.key

    def _parts(self, raw: bytes) -> tuple[dict[str, Any], bytes, bytes]:
        """Header, nonce and encrypted text of a file. Raises VaultDamagedError."""
        try:
            whole = json.loads(raw)
            nonce = base64.b64decode(whole.pop("nonce"), validate=True)
            data = base64.b64decode(whole.pop("data"), validate=True)
            salt, cost = base64.b64decode(whole["salt"], validate=True), whole["n"]
            sound = whole["okienko"] == _VERSION and whole["kdf"] == "scrypt" and len(nonce) == 12  # noqa: PLR2004
            if sound and salt and type(cost) is int and 2 <= cost <= HIGHEST_COST and not cost & (cost - 1):  # noqa: PLR2004
                return whole, nonce, data
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            pass
        raise VaultDamagedError(
            f"{self.path}: not an encrypted file of this version of okienko. Put a copy back, or move it "
            "away and sign in again: okienko login"
        )

    def _texts(self, plain: bytes) -> dict[str, str]:
        texts: dict[str, str] = json.loads(plain)  # ours: the seal was whole
        return texts

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep other processes out during a read-modify-write."""
        from filelock import FileLock, Timeout  # noqa: PLC0415  45 ms that only a write pays for

        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = FileLock(f"{self.path}.lock", timeout=LOCK_SECONDS, mode=0o600)
            lock.acquire()
        except Timeout:
            raise VaultError(f"{self.path}: another program holds it; try again") from None
        except OSError as error:
            raise VaultError(f"{self.path}: cannot be locked ({error.strerror})") from error
        try:
            yield
        finally:
            lock.release()

    def _replace(self, raw: bytes) -> None:
        temporary = ""
        try:
            handle, temporary = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}.")  # 0600
            with os.fdopen(handle, "wb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(self.path)
            folder = os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as error:
            with suppress(OSError):
                Path(temporary).unlink()
            raise VaultError(f"{self.path}: cannot be written ({error.strerror})") from error


def _vouched(header: Mapping[str, Any]) -> bytes:
    """The header as the seal covers it."""
    return json.dumps(header, sort_keys=True).encode()


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
