"""What the processes of the kill tests do. A module of its own: they are forked from a server that has
imported nothing but this."""

from __future__ import annotations

import os
import resource
from dataclasses import replace
from typing import TYPE_CHECKING

from api.store import Draft, Drafts
from tests.unit.builders import NOW

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.synchronize import Barrier
    from pathlib import Path

GROWTH = 3_000
"""Characters by which a document grows with every write."""

DRAFT = Draft("1", "t1", "o1", "", NOW)


def text_of(number: int) -> str:
    """The text that the write of this number leaves behind: it can be told whole from torn."""
    return f"{number}:" + "ż" * (GROWTH * number)


def write_for_ever(folder: Path, thread: str, told: Connection) -> None:
    """Write ever longer drafts; one byte goes down the pipe for every write that is on the disk."""
    drafts = Drafts(folder)
    kept = drafts.get(DRAFT.account, thread)
    number = int(kept.text.partition(":")[0]) if kept else 0
    os.write(told.fileno(), b"!")
    while True:
        number = number % 40 + 1  # a full disk would prove nothing
        drafts.put(replace(DRAFT, thread=thread, text=text_of(number)))
        os.write(told.fileno(), b".")


def add_many(folder: Path, name: str, count: int, start: Barrier) -> None:
    """Add drafts for threads of our own, while others add theirs."""
    drafts = Drafts(folder)
    start.wait()
    for number in range(count):
        drafts.put(replace(DRAFT, thread=f"{name}{number}"))
    drafts.close()


def add_and_remove(folder: Path, name: str, count: int, start: Barrier) -> None:
    """Add drafts and remove every second one at once."""
    drafts = Drafts(folder)
    start.wait()
    for number in range(count):
        drafts.put(replace(DRAFT, thread=f"{name}{number}"))
        if number % 2:
            drafts.remove(DRAFT.account, f"{name}{number}")
    drafts.close()


def write_beyond_the_room(folder: Path, told: Connection) -> None:
    """Write a draft that fits, then one for which the disk has no room; tell what was raised."""
    drafts = Drafts(folder)
    drafts.put(replace(DRAFT, text="mieści się"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, 4_096))
    try:
        drafts.put(replace(DRAFT, text="x" * 100_000))
    except Exception as error:  # noqa: BLE001  whatever it is, the test judges it
        told.send((type(error).__name__, str(error)))
    else:
        told.send(("nothing", ""))


def write_into_a_read_only_folder(folder: Path, told: Connection) -> None:
    """Write a draft, take the right to write from the folder, write again; tell what was raised."""
    give_up_privileges()
    drafts = Drafts(folder)
    drafts.put(replace(DRAFT, text="przedtem"))
    folder.chmod(0o500)
    try:
        drafts.put(replace(DRAFT, text="potem"))
    except Exception as error:  # noqa: BLE001  whatever it is, the test judges it
        told.send((type(error).__name__, str(error)))
    else:
        told.send(("nothing", ""))
    finally:
        folder.chmod(0o700)


def open_in_a_read_only_folder(folder: Path, told: Connection) -> None:
    """Open a store where none was, in a folder that must not be written; tell what was raised."""
    give_up_privileges()
    folder.chmod(0o500)
    try:
        Drafts(folder)
    except Exception as error:  # noqa: BLE001  whatever it is, the test judges it
        told.send((type(error).__name__, str(error)))
    else:
        told.send(("nothing", ""))
    finally:
        folder.chmod(0o700)


def give_up_privileges() -> None:
    """Let the rights of files bind this process although it may be root's (Linux; see capset(2))."""
    import ctypes  # noqa: PLC0415  only here

    class Header(ctypes.Structure):
        _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))

    class Sets(ctypes.Structure):
        _fields_ = (
            ("effective", ctypes.c_uint32),
            ("permitted", ctypes.c_uint32),
            ("inheritable", ctypes.c_uint32),
        )

    libc = ctypes.CDLL(None, use_errno=True)
    if libc.capset(ctypes.byref(Header(0x20080522, 0)), (Sets * 2)()) != 0:
        raise OSError(ctypes.get_errno(), "capset")
