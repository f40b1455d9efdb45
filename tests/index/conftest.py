from collections.abc import Iterator

import pytest
from shelf import Shelf, article

from index.article import Draft
from index.engine import SearchIndex
from index.formats import Refusal, Unreadable
from index.parse_worker import parse
from index.parsing import Parser, _record
from index.places import Stamp


@pytest.fixture
def index(tmp_path):
    index = SearchIndex.create(tmp_path / "index")
    yield index
    index.close()


@pytest.fixture
def shelf(index):
    return Shelf(
        index,
        article(1, "L’attaque de Bamako par le JNIM.", "Bamako", date="2024-09-19", source="Jeune Afrique"),
        article(2, "Attaques au Mali : l’AES répond.", "Le Mal", date="2024-09", source="RFI"),
        article(
            3, "The attacks on the airport.", "Mali attacked", date="2023-01-02", lang="en", source="Reuters"
        ),
        article(4, "Un mal pour un bien, dit-on.", "Sans date", source="RFI"),
    )


class InProcess(Parser):
    """Parses without a child, so that a property can be tried often."""

    def records(self, path: bytes, known: str = "") -> Iterator[tuple[Draft | Refusal | Stamp, int]]:
        for said in parse(path, known):
            if reason := said.get("unreadable"):
                raise Unreadable(reason)
            if stamp := said.get("end"):
                yield Stamp(**stamp), stamp["size"]
            else:
                yield _record(said), said["at"]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.ingest.Parser", InProcess)
