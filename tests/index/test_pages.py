"""Pages as many systems make them: title, date, author and address right, the text whole, nothing beside it."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from records import drafts

from index.article import canonical

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_is_its_article(path: Path) -> None:
    gold = json.loads(path.with_suffix(".json").read_text("utf-8"))
    (draft,) = drafts(path.name, path.read_bytes())
    told = {name: getattr(draft, name) for name in ("title", "date", "source", "author", "url")}
    assert told == {name: gold.get(name) or told[name] for name in told}
    text = canonical(draft.text)
    assert words("\n".join(gold["body"])) - words(text) == Counter()
    beside = words(text) - words("\n".join(gold["body"]))
    assert beside.total() <= 0.04 * words(text).total(), beside
