PRAGMA application_id = 1279873870;
PRAGMA user_version = 3;
BEGIN TRANSACTION;
CREATE TABLE draft (
    article TEXT NOT NULL,
    anchor TEXT,
    note TEXT NOT NULL,
    comment TEXT NOT NULL,
    tags TEXT NOT NULL,
    saved TEXT NOT NULL
) STRICT;
INSERT INTO "draft" VALUES('3120174d51b8',NULL,'','à moitié','','2024-09-20T10:00:00.000000+00:00');
CREATE TABLE note (
    id TEXT PRIMARY KEY CHECK (length(id) = 12),
    article TEXT NOT NULL CHECK (article <> ''),
    created TEXT NOT NULL,
    current INTEGER,
    FOREIGN KEY (id, current) REFERENCES note_revision (note, number)
) STRICT;
INSERT INTO "note" VALUES('000000000000','3120174d51b8','2024-09-20T10:00:00.000000+00:00',2);
CREATE TABLE note_revision (
    note TEXT NOT NULL REFERENCES note (id),
    number INTEGER NOT NULL CHECK (number > 0),
    parent INTEGER CHECK (parent < number),
    operation INTEGER NOT NULL REFERENCES operation (id),
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    revision TEXT NOT NULL CHECK (revision <> ''),
    start INTEGER CHECK (start >= 0),
    "end" INTEGER CHECK ("end" > start),
    quote TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('exact', 'moved', 'changed', 'ambiguous', 'orphan')),
    comment TEXT NOT NULL,
    modified TEXT NOT NULL,
    title TEXT NOT NULL,
    date TEXT NOT NULL,
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    path TEXT NOT NULL,
    PRIMARY KEY (note, number),
    UNIQUE (operation, note),
    FOREIGN KEY (note, parent) REFERENCES note_revision (note, number),
    CHECK ((start IS NULL) = ("end" IS NULL) AND (start IS NULL) = (quote = ''))
) STRICT;
INSERT INTO "note_revision" VALUES('000000000000',1,NULL,1,0,'3120174d51b83ab5286fb5db26abdea94829faae3e080491aa475be5c89c76f1',41,53,'Oumar Diarra','Bamako, le 19 septembre 2024. Le général ',' a parlé à l’aéroport.','exact','avant','2024-09-20T10:00:00.000000+00:00','Un titre','2024-09-19','Presse','','/nowhere/a.txt');
INSERT INTO "note_revision" VALUES('000000000000',2,1,2,0,'3120174d51b83ab5286fb5db26abdea94829faae3e080491aa475be5c89c76f1',41,53,'Oumar Diarra','Bamako, le 19 septembre 2024. Le général ',' a parlé à l’aéroport.','exact','un commentaire','2024-09-20T10:00:00.000000+00:00','Un titre','2024-09-19','Presse','','/nowhere/a.txt');
CREATE TABLE note_revision_tag (
    note TEXT NOT NULL,
    number INTEGER NOT NULL,
    position INTEGER NOT NULL,
    tag INTEGER NOT NULL REFERENCES tag (id),
    PRIMARY KEY (note, number, position),
    UNIQUE (note, number, tag),
    FOREIGN KEY (note, number) REFERENCES note_revision (note, number)
) STRICT, WITHOUT ROWID;
INSERT INTO "note_revision_tag" VALUES('000000000000',2,0,1);
CREATE TABLE operation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind <> ''),
    time TEXT NOT NULL,
    standing TEXT NOT NULL DEFAULT 'done' CHECK (standing IN ('done', 'undone', 'dropped'))
) STRICT;
INSERT INTO "operation" VALUES(1,'add','2024-09-20T10:00:00.000000+00:00','done');
INSERT INTO "operation" VALUES(2,'revise','2024-09-21T10:00:00.000000+00:00','done');
CREATE TABLE snapshot (
    revision TEXT PRIMARY KEY CHECK (length(revision) = 64),
    text TEXT NOT NULL
) STRICT;
INSERT INTO "snapshot" VALUES('3120174d51b83ab5286fb5db26abdea94829faae3e080491aa475be5c89c76f1','Bamako, le 19 septembre 2024. Le général Oumar Diarra a parlé à l’aéroport.');
CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    key TEXT NOT NULL UNIQUE CHECK (key <> '')
) STRICT;
INSERT INTO "tag" VALUES(1,'groupe/armée','groupe/armee');
CREATE TABLE tag_revision (
    tag INTEGER NOT NULL REFERENCES tag (id),
    operation INTEGER NOT NULL REFERENCES operation (id),
    name TEXT NOT NULL CHECK (name <> ''),
    color TEXT NOT NULL,
    description TEXT NOT NULL,
    PRIMARY KEY (tag, operation)
) STRICT, WITHOUT ROWID;
CREATE INDEX operation_standing ON operation (standing, id);
CREATE INDEX note_article ON note (article);
CREATE INDEX note_revision_tag_tag ON note_revision_tag (tag);
CREATE TRIGGER note_is_kept BEFORE DELETE ON note
BEGIN SELECT RAISE(ABORT, 'a note is removed by a revision, never deleted'); END;
CREATE TRIGGER note_is_itself BEFORE UPDATE OF id, article, created ON note
BEGIN SELECT RAISE(ABORT, 'what a note is never changes'); END;
CREATE TRIGGER revision_is_kept BEFORE DELETE ON note_revision
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER revision_is_final BEFORE UPDATE ON note_revision
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER revision_tag_is_kept BEFORE DELETE ON note_revision_tag
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER revision_tag_is_final BEFORE UPDATE ON note_revision_tag
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER snapshot_is_final BEFORE UPDATE ON snapshot
BEGIN SELECT RAISE(ABORT, 'a text is named by its content'); END;
CREATE VIEW tag_now AS
SELECT t.id, t.key, ifnull(r.name, t.name) AS name, ifnull(r.color, '') AS color,
       ifnull(r.description, '') AS description
FROM tag t LEFT JOIN tag_revision r ON r.tag = t.id AND r.operation = (
    SELECT max(s.operation) FROM tag_revision s JOIN operation o ON o.id = s.operation
    WHERE s.tag = t.id AND o.standing = 'done');
CREATE TRIGGER tag_revision_is_kept BEFORE DELETE ON tag_revision
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER tag_revision_is_final BEFORE UPDATE ON tag_revision
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
COMMIT;
