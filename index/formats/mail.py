"""E-mail (RFC 5322, MIME) and mailboxes (RFC 4155): a message is an article."""

import re
from collections.abc import Iterator
from dataclasses import replace
from email.headerregistry import BaseHeader
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from typing import BinaryIO, Final, cast

from index.article import Draft
from index.formats.dates import parse_date
from index.formats.decode import decode
from index.formats.markup import html_text
from index.formats.plain import as_paragraphs
from index.formats.record import MAX_DOCUMENT, Refusal, Unreadable, reason_of, whole
from index.sanitise import clean_line

_FROM: Final = b"From "
_MAX_HEADER: Final = 4_000
"""Characters of a header that are looked at: what its parser needs grows with their square."""
_TOO_LARGE: Final = Refusal("", f"larger than {MAX_DOCUMENT // 2**20} MiB")
_QUOTED_FROM: Final = re.compile(rb"^>(>*From )", re.MULTILINE)


class _Wary(EmailPolicy):
    """Headers as the email package reads them; those that it cannot read, as they are written."""

    def header_fetch_parse(self, name: str, value: str) -> BaseHeader:
        value = value[:_MAX_HEADER]
        try:
            return cast("BaseHeader", super().header_fetch_parse(name, _unescaped(value)))
        except (ValueError, LookupError, ArithmeticError, AttributeError, TypeError, RecursionError):
            if name.lower().startswith("content-"):  # what is asked of these has an answer for an empty one
                return cast("BaseHeader", self.header_factory(name, ""))
            return cast("BaseHeader", self.header_factory("Comments", value))


def _unescaped(header: str) -> str:
    """Return a header whose bytes, though it should have none, are in UTF-8 or in cp1252."""
    data = header.encode("ascii", "surrogateescape") if not header.isascii() else b""
    try:
        return data.decode() or header
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def read(stream: BinaryIO) -> Iterator[Draft | Refusal]:
    """Yield the one draft of a message. Raises Unreadable for one without a text."""
    record = _record(whole(stream))
    if isinstance(record, Refusal):
        raise Unreadable(record.reason)
    yield replace(record, key="")


def read_mbox(stream: BinaryIO) -> Iterator[Draft | Refusal]:
    """Yield a draft for each message; its key is its Message-ID, else its number, counted from 1."""
    seen: set[str] = set()
    for number, data in enumerate(_messages(stream), start=1):
        try:
            record = _record(data) if data is not None else _TOO_LARGE
        except Exception as error:  # noqa: BLE001 - the border: one bad message must not cost the mailbox
            record = Refusal("", reason_of(error))
        key = record.key if record.key and record.key not in seen else f"message {number}"
        seen.add(key)
        yield replace(record, key=key)


def _messages(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield each message of a mailbox as bytes; None for one too large to hold. Raises Unreadable."""
    first = stream.readline(MAX_DOCUMENT)
    if not first.startswith(_FROM):
        message = "not a mailbox: it does not begin with a From line"
        raise Unreadable(message)
    lines: list[bytes] = []
    size, blank = 0, False
    for line in stream:
        if blank and line.startswith(_FROM):
            yield b"".join(lines) if size <= MAX_DOCUMENT else None
            lines, size = [], 0
        else:
            size += len(line)
            if size <= MAX_DOCUMENT:
                lines.append(_QUOTED_FROM.sub(rb"\1", line))
        blank = not line.strip()
    yield b"".join(lines) if size <= MAX_DOCUMENT else None


def _record(data: bytes) -> Draft | Refusal:
    message = cast("EmailMessage", BytesParser(policy=_Wary()).parsebytes(data))
    key = _header(message, "Message-ID")
    text = _body(message)
    if not text.strip():
        return Refusal(key, "no text in this message")
    return Draft(
        text=text,
        title=_header(message, "Subject"),
        date=parse_date(_header(message, "Date")),
        lang=_header(message, "Content-Language")[:2].lower(),
        source=_header(message, "From"),
        author=_header(message, "From"),
        key=key,
    )


def _header(message: EmailMessage, name: str) -> str:
    return clean_line(" ".join(str(message.get(name, "")).split()))


def _body(message: EmailMessage) -> str:
    """Return the text of a message: its plain part, else its HTML part; forwarded messages follow theirs."""
    parts = [_part(part) for part in _texts(message)]
    return "\n\n".join(filter(None, parts))


def _texts(message: EmailMessage) -> Iterator[EmailMessage]:
    forwarded = [part.get_payload() for part in message.walk() if part.get_content_type() == "message/rfc822"]
    for one in [message, *(inner[0] for inner in forwarded if isinstance(inner, list) and inner)]:
        try:
            body = cast("EmailMessage", one).get_body(preferencelist=("plain", "html"))
        except (KeyError, AttributeError, TypeError):  # a multipart that is none
            continue
        if body is not None:
            yield cast("EmailMessage", body)


def _part(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = str(part.get_content_charset() or "")
    try:
        text = data.decode(charset) if charset else decode(data)
    except (LookupError, ValueError):  # a charset that is none, or not this text's
        try:
            text = decode(data)
        except Unreadable:
            return ""
    return html_text(text) if part.get_content_subtype() == "html" else as_paragraphs(text)
