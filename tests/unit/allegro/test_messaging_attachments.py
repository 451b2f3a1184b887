"""Files of messages: declared, uploaded, sent once; and fetched only when that is safe."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx
import pytest

from api.allegro import errors
from api.allegro.outgoing_file import OutgoingFile
from api.domain import Attachment, AttachmentState
from tests.unit.allegro.script import ME, MESSAGE, TEXT, Script, answer, page, refusal

if TYPE_CHECKING:
    from pathlib import Path

PDF = OutgoingFile.of("faktura.pdf", b"%PDF-1.7 canary")
UPLOAD = "https://upload.allegro.test/somewhere/a1?key=x"
DECLARED = {"id": "a1"}
FAILED = "ASSIGNING_ATTACHMENTS_TO_MESSAGE_FAILED"


def attachment(state: AttachmentState = AttachmentState.SAFE, identifier: str = "a1") -> Attachment:
    return Attachment(identifier, "faktura.pdf", "application/pdf", state)


async def test_a_file_is_declared_and_put_as_raw_bytes() -> None:
    """`filename` and size first; then the bytes alone, under the bare type, at the path of the file."""
    script = Script(answer(DECLARED, 201), answer(DECLARED))
    async with script.client() as allegro:
        assert await allegro.messaging.attach(PDF) == "a1"
    declare, put = script.requests
    assert json.loads(declare.content) == {"filename": "faktura.pdf", "size": 15}
    assert (put.method, put.url.path) == ("PUT", "/messaging/message-attachments/a1")
    assert (put.headers["Content-Type"], put.content) == ("application/pdf", PDF.content)


async def test_the_bytes_go_where_allegro_says() -> None:
    """An address in `Location` wins, and nobody makes one up."""
    script = Script(answer(DECLARED, 201, Location=UPLOAD), answer(DECLARED))
    async with script.client() as allegro:
        await allegro.messaging.attach(PDF)
    assert str(script.requests[1].url) == UPLOAD


async def test_the_bytes_go_to_no_other_host() -> None:
    """Whatever an answer says."""
    script = Script(answer(DECLARED, 201, Location="https://evil.test/a1"), answer(DECLARED))
    async with script.client() as allegro:
        with pytest.raises(errors.Undecodable, match="upload address"):
            await allegro.messaging.attach(PDF)
    assert len(script.requests) == 1


async def test_an_upload_that_breaks_off_is_repeated() -> None:
    """The same bytes at the same place are there once."""
    script = Script(answer(DECLARED, 201), httpx.ReadError("cut"), refusal(503), answer(DECLARED))
    async with script.client() as allegro:
        assert await allegro.messaging.attach(PDF) == "a1"
    assert [it.method for it in script.requests] == ["POST", "PUT", "PUT", "PUT"]


async def test_a_declaration_that_is_gone_is_made_again() -> None:
    """Once; the id that counts is the second one's."""
    script = Script(answer(DECLARED, 201), refusal(404), answer({"id": "a2"}, 201), answer({"id": "a2"}))
    async with script.client() as allegro:
        assert await allegro.messaging.attach(PDF) == "a2"
    assert script.requests[3].url.path.endswith("/a2")


@pytest.mark.parametrize(
    ("response", "error", "advice"),
    [
        (refusal(415, "UNSUPPORTED_MIME_TYPE"), errors.TypeNotTaken, "png, gif, bmp, tiff, jpeg and pdf"),
        (refusal(413), errors.TooLarge, "smaller"),
        (refusal(422, "VALIDATION_ERROR", path="size"), errors.Unprocessable, "size"),
    ],
)
async def test_a_file_that_allegro_does_not_want(
    response: httpx.Response, error: type[errors.AllegroError], advice: str
) -> None:
    """The reason is told, the bytes are not; and it is no sign of an unknown version."""
    script = Script(answer(DECLARED, 201), response)
    async with script.client() as allegro:
        with pytest.raises(error, match=advice) as caught:
            await allegro.messaging.attach(PDF)
        assert allegro.messaging.version.problems_visible
    assert len(script.requests) == 2
    assert "canary" not in str(caught.value) + repr(caught.value)


@pytest.mark.parametrize("body", [{}, {"id": None}, []])
async def test_a_declaration_without_an_id_is_not_understood(body: object) -> None:
    """Nothing is uploaded to nowhere."""
    script = Script(answer(body, 201))
    async with script.client() as allegro:
        with pytest.raises(errors.Undecodable):
            await allegro.messaging.attach(PDF)
    assert len(script.requests) == 1


async def test_a_message_names_its_files() -> None:
    """In a thread and to a buyer; without files the field stays away."""
    script = Script(answer(MESSAGE, 201))
    async with script.client() as allegro:
        await allegro.messaging.reply(ME, "t1", TEXT, ["a1", "a2"])
        await allegro.messaging.write(ME, order="o1", buyer="b", text=TEXT, attachments=["a1"])
        await allegro.messaging.reply(ME, "t1", TEXT)
    bodies = [json.loads(it.content) for it in script.requests]
    assert [it.get("attachments") for it in bodies] == [[{"id": "a1"}, {"id": "a2"}], [{"id": "a1"}], None]


@pytest.mark.parametrize("text", ["", " \n", "\u200b"])
async def test_beside_a_file_the_text_may_be_empty(text: str) -> None:
    """The file of Allegro's API asks for the field and for no length; alone it is refused as ever."""
    script = Script(answer(MESSAGE, 201))
    async with script.client() as allegro:
        await allegro.messaging.reply(ME, "t1", text, ["a1"])
        with pytest.raises(errors.TextEmpty):
            await allegro.messaging.reply(ME, "t1", text)
    assert [json.loads(it.content)["text"] for it in script.requests] == [""]


async def test_files_that_cannot_be_assigned_are_told_apart() -> None:
    """The message was not sent, and is not sent again by itself."""
    script = Script(refusal(422, FAILED))
    async with script.client() as allegro:
        with pytest.raises(
            errors.AttachmentsNotTaken, match="was not sent: attach the files again"
        ) as caught:
            await allegro.messaging.reply(ME, "t1", TEXT, ["a1"])
    assert len(script.requests) == 1
    assert not caught.value.may_have_happened


async def test_a_word_of_allegro_does_not_hide_an_outage() -> None:
    """In a 500 it says nothing about whether the message was taken."""
    script = Script(refusal(500, FAILED))
    async with script.client() as allegro:
        with pytest.raises(errors.SendOutcomeUnknown) as caught:
            await allegro.messaging.reply(ME, "t1", TEXT, ["a1", "a2"])
    assert caught.value.attachments == 2


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        (attachment(AttachmentState.UNSAFE), errors.AttachmentUnsafe),
        (attachment(AttachmentState.NEW), errors.AttachmentNotScanned),
        (attachment(AttachmentState.EXPIRED), errors.AttachmentExpired),
        (attachment(identifier=""), errors.AttachmentElsewhere),
    ],
)
async def test_what_is_not_to_be_had_is_not_asked_for(
    tmp_path: Path, wanted: Attachment, error: type[errors.AttachmentUnavailable]
) -> None:
    """The error names the file and what to do."""
    script = Script(page(500))
    async with script.client() as allegro:
        with pytest.raises(error, match=r"faktura\.pdf: "):
            await allegro.messaging.save(wanted, tmp_path)
    assert script.requests == []


@pytest.mark.parametrize("state", [AttachmentState.SAFE, AttachmentState.OTHER])
async def test_an_attachment_is_asked_for_by_id_without_a_vendor_type(
    tmp_path: Path, state: AttachmentState
) -> None:
    """A vendor Accept is 406, the address in the message 403: both were measured."""
    script = Script(httpx.Response(200, content=b"%PDF", headers={"Content-Type": "application/pdf"}))
    async with script.client() as allegro:
        path = await allegro.messaging.save(attachment(state), tmp_path)
    assert path.read_bytes() == b"%PDF"
    assert script.requests[0].url.path == "/messaging/message-attachments/a1"
    assert script.requests[0].headers["Accept"] == "*/*"


async def test_an_attachment_that_allegro_does_not_find_has_expired(tmp_path: Path) -> None:
    """With the Trace-Id."""
    async with Script(refusal(404)).client() as allegro:
        with pytest.raises(errors.AttachmentExpired, match=r"six months.*trace-1"):
            await allegro.messaging.save(attachment(), tmp_path)
