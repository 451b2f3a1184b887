"""Allegro's OpenAPI file as a judge of requests and responses.

`validate_request(method, url, headers, body)` and `validate_response(method, url, status, headers, body)`
raise AssertionError with every violation in one text; `url` may be a whole address or a path with a query,
`headers` any mapping, `body` the bytes on the wire. Mark a test that calls them with `needs_openapi`:
`conftest.py` skips it, with the reason, where the file is not there. `/auth/oauth` is not in the file.

The file is OpenAPI 3.0: schemas are JSON Schema draft 4 with `nullable`, which is turned into a type here.
What Allegro was seen to do although its file does not say so is listed in TOLERATED_STATUS, NULL_ANYWAY,
NOT_REQUIRED and LOOSE_BOUNDS, each with the reason; everything else must be in the file.
"""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import UUID

import yaml
from jsonschema import Draft4Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT4

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OPENAPI_FILE = Path(__file__).parents[2].parent / "shared" / "reference" / "allegro-openapi.yaml"
ROOT = "urn:allegro"
ERRORS = f"{ROOT}#/components/schemas/ErrorsHolder"
AUTH_ERROR = f"{ROOT}#/components/schemas/AuthError"

# Answers that Allegro gives to any request, whatever the file lists for it, and the schema of their body.
TOLERATED_STATUS = {
    400: (ERRORS, "a body that is no JSON: ERROR / Bad Request (allegro-api 8737)"),
    401: (AUTH_ERROR, "no or a bad token: the file lists it mostly without a body"),
    403: (ERRORS, "a scope is missing (AccessDenied, 5493), or the User-Agent is not welcome (13126)"),
    404: (ERRORS, "an id that is not there"),
    406: (ERRORS, "an Accept that the resource does not speak (seen live, 2026-09-10)"),
    415: (ERRORS, "a Content-Type that the resource does not speak"),
    422: (ERRORS, "a value that is wrong, or a language that is not spoken (openlinker 436)"),
    429: (ERRORS, "too many requests: one send a second, 9000 requests a minute (10510, 9991)"),
}

# Null where the file knows no null: counted on a live account, 2026-09-02 (the first seven by name; the
# others are optional fields of the same resource, for which the file never says nullable).
NULL_ANYWAY = {
    "CheckoutForm": {"messageToSeller", "note", "payment", "delivery"},
    "CheckoutFormPaymentReference": {"paidAmount", "finishedAt", "reconciliation"},
    "CheckoutFormDeliveryReference": {"pickupPoint", "address", "cancellation", "time"},
    "CheckoutFormInvoiceInfo": {"address", "dueDate"},
    "CheckoutFormInvoiceAddress": {"company", "naturalPerson"},
    "CheckoutFormBuyerReference": {"companyName", "personalIdentity", "phoneNumber"},
    "CheckoutFormDeliveryAddress": {"companyName", "phoneNumber", "modifiedAt"},
    "CheckoutFormDeliveryTime": {"guaranteed", "dispatch"},
    "CheckoutFormLineItem": {"deposit", "reconciliation", "tax"},
    "OfferReference": {"external", "productSet"},
    "PostPurchaseIssueMessage": {"id"},  # 12381, 12967
    "CustomerReturnBuyer": {"email"},
    "CustomerReturnReturnParcel": {"waybill"},
}

# Required by the file, which has no such property: it means `attachments`, and says that a text is enough.
NOT_REQUIRED = {"MessageRequest": {"attachment"}}

# Bounds that cannot hold: an empty list of orders has a count of 0, the file asks for at least 1.
LOOSE_BOUNDS = {"CheckoutForms": {"count": "minimum", "totalCount": "minimum"}}


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path of the file; `pointer` is where it stands."""

    method: str
    template: str
    pointer: str
    spec: dict[str, Any]
    path: dict[str, str]


def validate_request(method: str, url: str, headers: Mapping[str, str], body: bytes) -> None:
    """Path, query, headers, media type and JSON body of a request against the file."""
    _raise(f"{method} {url}", _request_violations(method, url, headers, body))


def validate_response(method: str, url: str, status: int, headers: Mapping[str, str], body: bytes) -> None:
    """Status, media type and JSON body of a response against the file."""
    _raise(f"{status} for {method} {url}", _response_violations(method, url, status, headers, body))


def find_operation(method: str, url: str) -> Operation | None:
    """The operation that a request addresses; a literal path wins over one with a parameter."""
    path = urlsplit(url).path
    for pattern, template in _templates():
        match = pattern.fullmatch(path)
        if match and method.lower() in _document()["paths"][template]:
            escaped = template.replace("~", "~0").replace("/", "~1")
            values = {
                name: unquote(value) for name, value in zip(_names(template), match.groups(), strict=True)
            }
            spec = _document()["paths"][template][method.lower()]
            return Operation(method, template, f"{ROOT}#/paths/{escaped}/{method.lower()}", spec, values)
    return None


def _request_violations(method: str, url: str, headers: Mapping[str, str], body: bytes) -> Iterator[str]:
    operation = find_operation(method, url)
    if operation is None:
        yield "the file has no such path and method"
        return
    lower = {name.lower(): value for name, value in headers.items()}
    query = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    parameters = [_resolved(it) for it in operation.spec.get("parameters", [])]
    known = {it["name"] for it in parameters if it["in"] == "query"}
    yield from (f"query parameter {name!r} is not in the file" for name, _ in query if name not in known)
    for parameter in parameters:
        values = {
            "query": [value for name, value in query if name == parameter["name"]],
            "header": [lower[parameter["name"].lower()]] if parameter["name"].lower() in lower else [],
            "path": [operation.path[parameter["name"]]] if parameter["name"] in operation.path else [],
        }[parameter["in"]]
        yield from _parameter_violations(parameter, values)
    yield from _accept_violations(operation, lower.get("accept", "*/*"))
    yield from _request_body_violations(operation, lower.get("content-type", ""), body)


def _parameter_violations(parameter: dict[str, Any], values: list[str]) -> Iterator[str]:
    place = f"{parameter['in']} parameter {parameter['name']!r}"
    if parameter.get("required") and not values:
        yield f"{place} is missing"
    schema = _resolved(parameter.get("schema", {}))
    element = _resolved(schema.get("items", {})) if schema.get("type") == "array" else schema
    for value in values:
        yield from (f"{place}: {it}" for it in _violations(element, _typed(value, element)))


def _accept_violations(operation: Operation, accept: str) -> Iterator[str]:
    """The answer that is hoped for must be one that the file offers."""
    ranges = {part.partition(";")[0].strip().lower() for part in accept.split(",")}
    offered = {
        media
        for status, response in operation.spec["responses"].items()
        if status.startswith("2")
        for media in _resolved(response).get("content", {})
    }
    if offered and "*/*" not in ranges | offered and not ranges & offered:
        yield f"Accept {accept!r} is none of {sorted(offered)}"
    if "*/*" in offered and any(it.startswith("application/vnd.allegro") for it in ranges):
        yield f"Accept {accept!r}: this resource gives files and refuses a vendor type (seen live)"


def _request_body_violations(operation: Operation, content_type: str, body: bytes) -> Iterator[str]:
    declared = _resolved(operation.spec.get("requestBody", {}))
    if not declared:
        if body:
            yield "a body where the file has none"
        return
    media = content_type.partition(";")[0].strip().lower()
    if media not in declared["content"]:
        if body or declared.get("required"):
            yield f"Content-Type {content_type!r} is none of {sorted(declared['content'])}"
        return
    if media.endswith("json"):
        yield from _json_violations(declared["content"][media].get("schema", {}), body)


def _response_violations(
    method: str, url: str, status: int, headers: Mapping[str, str], body: bytes
) -> Iterator[str]:
    operation = find_operation(method, url)
    if operation is None:
        yield "the file has no such path and method"
        return
    responses = operation.spec["responses"]
    if str(status) not in responses and status not in TOLERATED_STATUS:
        yield f"status {status} is not in the file, which has {sorted(responses)}"
        return
    lower = {name.lower(): value for name, value in headers.items()}
    media = lower.get("content-type", "").partition(";")[0].strip().lower()
    content = _resolved(responses.get(str(status), {})).get("content", {})
    if media in content:
        yield from _json_violations(content[media].get("schema", {}), body)
    elif status in TOLERATED_STATUS:
        if not media.endswith("json"):
            yield f"Content-Type {media!r} of an error is not JSON"
        yield from _json_violations({"$ref": TOLERATED_STATUS[status][0]}, body)
    elif content and "*/*" not in content:
        yield f"Content-Type {media!r} is none of {sorted(content)}"


def _json_violations(schema: dict[str, Any], body: bytes) -> Iterator[str]:
    try:
        value = json.loads(body)
    except ValueError as error:
        yield f"the body is no JSON: {error}"
        return
    yield from _violations(schema, value)


def _violations(schema: dict[str, Any], value: object) -> Iterator[str]:
    # The schema is judged from inside the document, so that its references find their way.
    rooted = _rooted(schema)
    validator = Draft4Validator(rooted, registry=_registry(), format_checker=_formats())
    for error in validator.iter_errors(value):
        place = "/".join(map(str, error.absolute_path)) or "the value"
        yield f"{place}: {error.message}"


def _rooted(schema: Any) -> Any:
    """The schema with its local references (`#/...`) pointing into the document."""
    if isinstance(schema, dict):
        return {
            key: ROOT + value if key == "$ref" and str(value).startswith("#") else _rooted(value)
            for key, value in schema.items()
        }
    return [_rooted(it) for it in schema] if isinstance(schema, list) else schema


def _typed(value: str, schema: dict[str, Any]) -> object:
    """The value of a parameter as its schema means it; one that cannot be stays a text and fails there."""
    kind = schema.get("type")
    if kind == "boolean" and value in {"true", "false"}:
        return value == "true"
    if kind in {"integer", "number"} and re.fullmatch(r"-?\d+", value):
        return int(value)
    return value


def _resolved(element: dict[str, Any]) -> dict[str, Any]:
    """A parameter, response or body, with a reference followed."""
    while "$ref" in element:
        found: Any = _document()
        for step in element["$ref"].removeprefix(ROOT).removeprefix("#/").split("/"):
            found = found[step.replace("~1", "/").replace("~0", "~")]
        element = found
    return element


@functools.cache
def _document() -> dict[str, Any]:
    """The file, read once a session, with what a draft 4 validator understands."""
    with OPENAPI_FILE.open(encoding="utf-8") as file:
        document: dict[str, Any] = yaml.load(file, Loader=yaml.CSafeLoader)
    for name, schema in document["components"]["schemas"].items():
        for field in NULL_ANYWAY.get(name, ()):
            schema["properties"][field] = {"anyOf": [schema["properties"][field]], "nullable": True}
        for field, bound in LOOSE_BOUNDS.get(name, {}).items():
            schema["properties"][field].pop(bound)
        for field in NOT_REQUIRED.get(name, ()):
            schema["required"].remove(field)
    changed: dict[str, Any] = _with_null(document)
    return changed


def _with_null(element: Any) -> Any:
    """`nullable: true` becomes a null in `type`, in `enum` and beside a schema without a type."""
    if isinstance(element, list):
        return [_with_null(it) for it in element]
    if not isinstance(element, dict):
        return element
    changed = {key: _with_null(value) for key, value in element.items()}
    if changed.get("nullable") is not True:
        return changed
    del changed["nullable"]
    if "enum" in changed:
        changed["enum"] = [*changed["enum"], None]
    if isinstance(changed.get("type"), str):
        changed["type"] = [changed["type"], "null"]
        return changed
    return {"anyOf": [changed, {"type": "null"}]}


@functools.cache
def _registry() -> Registry[Any]:
    empty: Registry[Any] = Registry()
    filled: Registry[Any] = empty.with_resource(ROOT, DRAFT4.create_resource(_document()))
    return filled


@functools.cache
def _templates() -> list[tuple[re.Pattern[str], str]]:
    """Patterns of all paths, those with fewer parameters first."""
    ordered = sorted(_document()["paths"], key=lambda it: (it.count("{"), it))
    return [
        (
            re.compile(
                "".join("([^/]+)" if part.startswith("{") else re.escape(part) for part in _parts(it))
            ),
            it,
        )
        for it in ordered
    ]


def _parts(template: str) -> list[str]:
    return re.split(r"(\{[^}]+\})", template)


def _names(template: str) -> list[str]:
    return re.findall(r"\{([^}]+)\}", template)


@functools.cache
def _formats() -> FormatChecker:
    """Only the formats that mean something here; Allegro writes free text into `format` elsewhere."""
    checker = FormatChecker(formats=())

    @checker.checks("date-time", raises=ValueError)
    def _is_moment(value: object) -> bool:
        return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None

    @checker.checks("uuid", raises=ValueError)
    def _is_uuid(value: object) -> bool:
        return not isinstance(value, str) or bool(UUID(value))

    return checker


def _raise(what: str, violations: Iterator[str]) -> None:
    found = list(violations)
    assert not found, f"{what} against Allegro's OpenAPI file:\n" + "\n".join(f"- {it}" for it in found)
