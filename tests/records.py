"""What a reader of a format makes of a file."""

import io

from index.article import Draft
from index.formats import Refusal, format_of

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Le Fil &amp; Cie</title><language>fr-FR</language>
<item><title>Une attaque à Gao</title><link>https://exemple.test/1</link><guid>g1</guid>
<pubDate>Tue, 17 Sep 2024 23:30:00 +0200</pubDate><description>Court.</description>
<content:encoded><![CDATA[<p>Premier paragraphe.</p><p>« Second » paragraphe.</p>]]></content:encoded></item>
<item><title>Sans texte</title><link>https://exemple.test/2</link></item>
</channel></rss>"""


def read(name: str, data: str | bytes) -> list[Draft | Refusal]:
    reader = format_of(name)
    assert reader
    return list(reader(io.BytesIO(data.encode() if isinstance(data, str) else data)))


def drafts(name: str, data: str | bytes) -> list[Draft]:
    return [record for record in read(name, data) if isinstance(record, Draft)]
