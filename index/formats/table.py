"""CSV and TSV with a line of column names: each row with a text is an article."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, Final

from index.article import Draft
from index.formats.decode import decoded
from index.formats.fields import has_text_field, record_of
from index.formats.record import MAX_DOCUMENT, MAX_RECORDS, Refusal, Unreadable, whole

_DELIMITERS: Final = ",;\t|"


def read(stream: BinaryIO) -> Iterator[Draft | Refusal]:
    """Yield a draft for each row that has a text, and a refusal for each that has none.

    The delimiter is the one that the column names are most often apart by. Raises
    Unreadable where no column has the usual name of a text.
    """
    found = decoded(whole(stream, MAX_RECORDS))
    text = found.text.lstrip("\ufeff")
    header = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=header.count)
    csv.field_size_limit(MAX_DOCUMENT)
    rows = csv.DictReader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    try:
        if not has_text_field(rows.fieldnames or ()):
            message = "no column of texts: one named text, texte, body, content or contenu is expected"
            raise Unreadable(message)
        for number, fields in enumerate(rows, start=1):
            record = record_of({str(name).strip(): value for name, value in fields.items()}, f"row {number}")
            if isinstance(record, Draft):
                record = replace(record, encoding=found.name)
            yield record
    except csv.Error as error:
        message = f"not a table: {error}"
        raise Unreadable(message) from error
