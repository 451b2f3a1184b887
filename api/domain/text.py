"""Making a stranger's text safe for a terminal, once, where it enters.

    clean(text)       a text of several lines: a message, a note
    clean_line(text)  one line: a login, a name, a file's name

Both first decode HTML entities once (`decode`) and then take out what could act on a terminal or hide
from the eye (`sanitise`). The order matters: `&#27;` must become an ESC before escape sequences are
looked for. Only `sanitise` is idempotent; decoding twice would turn `&amp;lt;` into `<`.

What `sanitise` does, and the bounds of it:

- CRLF, CR, U+2028 and U+2029 become a newline.
- Escape sequences go whole: CSI, OSC, DCS, SOS, PM, APC and the title of screen(1), in their 7-bit and
  8-bit forms, and the two-character escapes. A control string ends with BEL or ST on its own line; one
  that does not loses only its introducer, so that it cannot swallow the rest of the message.
- C0 and C1 controls go, except newline and tab.
- Characters without a shape go: every character of category Cf (bidi controls, zero-width spaces, soft
  hyphen, BOM, tags), U+034F, the Khmer inherent vowels, the Hangul fillers, unassigned code points
  that Unicode reserves for such, noncharacters. So a flag that is spelled with tags (Wales) becomes a
  black flag: tags can hide a whole second text. Variation selectors stay.
- ZWJ stays between two emoji only.
- Lone surrogates become U+FFFD.
- More than 8 combining marks in a row are cut to 8.

Look-alike letters are not its business. Nothing else is touched: no trimming in `clean`, no Unicode
normalisation, no-break spaces stay.
"""

from __future__ import annotations

import html
import re
import unicodedata
from html.entities import html5
from typing import Final

MAX_MARKS: Final = 8
"""How many combining marks one character may carry; living languages need four."""

# Category Cf but ZWJ, and further characters that show nothing; unicodedata has no quick way to ask.
_SHAPELESS = (
    "\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb"
    "\ufffe\uffff\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
) + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17))
_CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f"

_BREAK = re.compile("\r\n?|\u2028|\u2029")
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSAFE = re.compile(
    # control strings: OSC, DCS, SOS, PM, APC, title of screen(1)
    rf"(?:\x1b[\]PX^_k]|[\x90\x98\x9d-\x9f])[^{_CONTROLS}\n]*(?:\x07|\x1b\\|\x9c)"
    # CSI
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    # ESC, intermediates, final; also the introducer of a string or a CSI that does not end
    r"|\x1b[ -/]{0,3}[0-~]"
    rf"|[{_CONTROLS}{_SHAPELESS}]"
)

# What a ZWJ may stand between: pictographs, arrows and signs (Unicode's Extended_Pictographic, roundly).
_EMOJI = "[©®‼⁉™ℹ←-⇿⌀-⏿Ⓜ■-➿⤀-⥿⬀-⯿〰〽㊗㊙\U0001f000-\U0001faff]"
_STRAY_ZWJ = re.compile(f"(?<!{_EMOJI})(?<!{_EMOJI}\ufe0f)\u200d|\u200d(?!{_EMOJI})")

# Marks are neither letters nor spaces, so a run that holds too many of them matches this first.
_MANY_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{MAX_MARKS + 1},}}")

# Is there anything to do? Nearly every message is answered by the first look: a single character class
# of the BMP is what `re` is quickest at (2,000 characters take 7 µs). `isprintable` (5 µs) knows all of
# Unicode's controls, format characters and surrogates; the marks cost 24 µs.
_BEYOND_LATIN = re.compile("[^\t\n -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u20ac]")
_SPACE_LIKE = re.compile("[\t\n\xa0]")
_PRINTABLE_SHAPELESS = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]")

_REFERENCE = re.compile(r"&(?:#(?P<decimal>[0-9]{1,7})|#[xX](?P<hex>[0-9a-fA-F]{1,6})|(?P<name>\w{2,32}));")


def clean(text: str) -> str:
    """A stranger's text of several lines, decoded once and made safe; see the module's docstring."""
    return sanitise(decode(text))


def clean_line(text: str) -> str:
    """The same for one line: newlines and tabs become spaces, the ends are trimmed."""
    return one_line(decode(text))


def one_line(text: str) -> str:
    """One safe line of a text that holds no entities (an id, a header)."""
    return sanitise(text).replace("\n", " ").replace("\t", " ").strip()


def decode(text: str) -> str:
    """Decode HTML's character references once.

    Only references that end with a semicolon count: `html.unescape` alone would turn the link
    `?a=1&copy=2` into `?a=1©=2`. References to C0 controls become these controls (HTML drops them), so
    that `sanitise` sees whole escape sequences.
    """
    return _REFERENCE.sub(_decoded, text) if "&" in text else text


def sanitise(text: str) -> str:
    """Take out what could act on a terminal or hide; no entities are decoded. Idempotent."""
    if not _BEYOND_LATIN.search(text):
        return text
    printable = _SPACE_LIKE.sub(" ", text).isprintable()
    if printable and not _PRINTABLE_SHAPELESS.search(text) and not _MANY_MARKS.search(text):
        return text
    text = _BREAK.sub("\n", text)
    text = _UNSAFE.sub("", text)
    text = _SURROGATE.sub("\ufffd", text)
    text = _STRAY_ZWJ.sub("", text)
    return _MANY_MARKS.sub(_fewer_marks, text)


def _decoded(reference: re.Match[str]) -> str:
    whole = reference[0]
    if reference["name"]:
        return html5.get(whole[1:], whole)
    code = int(reference["decimal"]) if reference["decimal"] else int(reference["hex"], 16)
    return chr(code) if 0 < code < ord(" ") else html.unescape(whole)


def _fewer_marks(run: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if marks <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)
