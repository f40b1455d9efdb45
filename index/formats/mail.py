"""E-mail (RFC 5322, MIME) and mailboxes (RFC 4155): a message is an article."""

import re
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import BinaryIO, Final, cast

from index.article import Draft
from index.formats.dates import parse_date
from index.formats.decode import decode
from index.formats.markup import html_text
from index.formats.plain import as_paragraphs
from index.formats.record import MAX_DOCUMENT, Refusal, Unreadable, whole
from index.sanitise import clean_line

_FROM: Final = b"From "
_QUOTED_FROM: Final = re.compile(rb"^>(>*From )", re.MULTILINE)


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
        record = (
            _record(data) if data is not None else Refusal("", f"larger than {MAX_DOCUMENT // 2**20} MiB")
        )
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
    message = BytesParser(policy=policy.default).parsebytes(data)
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
    try:
        value = message.get(name, "")
    except (
        ValueError,
        IndexError,
        AttributeError,
        TypeError,
    ):  # what the email package makes of some headers
        return ""
    return clean_line(" ".join(str(value).split(" ")))


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
    except (LookupError, UnicodeDecodeError):
        try:
            text = decode(data)
        except Unreadable:
            return ""
    return html_text(text) if part.get_content_subtype() == "html" else as_paragraphs(text)
