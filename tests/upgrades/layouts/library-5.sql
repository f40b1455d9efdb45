PRAGMA application_id = 1279873841;
PRAGMA user_version = 5;
BEGIN TRANSACTION;
CREATE TABLE annotation (
    revision TEXT PRIMARY KEY REFERENCES text (revision),
    annotator TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "annotation" VALUES('3120174d51b83ab5286fb5db26abdea94829faae3e080491aa475be5c89c76f1','rules-0');
CREATE TABLE article (
    id TEXT PRIMARY KEY CHECK (length(id) = 12),
    revision TEXT NOT NULL REFERENCES text (revision),
    title TEXT NOT NULL,
    date TEXT NOT NULL,
    place TEXT NOT NULL,
    lang TEXT NOT NULL,
    source TEXT NOT NULL,
    author TEXT NOT NULL,
    url TEXT NOT NULL,
    added TEXT NOT NULL
) STRICT;
INSERT INTO "article" VALUES('3120174d51b8','3120174d51b83ab5286fb5db26abdea94829faae3e080491aa475be5c89c76f1','Un titre','2024-09-19','Bamako','fr','Presse','','','2024-09-20T10:00:00+00:00');
CREATE TABLE cluster (
    article TEXT PRIMARY KEY REFERENCES article (id),
    cluster TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE file (
    path BLOB PRIMARY KEY,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "file" VALUES(X'2F6E6F77686572652F612E747874',80,1);
CREATE TABLE finding (
    number INTEGER PRIMARY KEY AUTOINCREMENT, -- so that every new finding shows
    revision TEXT NOT NULL UNIQUE REFERENCES text (revision),
    spans TEXT NOT NULL -- JSON: start, end, type, entity, surface of each
) STRICT;
INSERT INTO "finding" VALUES(1,'3120174d51b83ab5286fb5db26abdea94829faae3e080491aa475be5c89c76f1','[[41, 53, "person", "Oumar Diarra", "Oumar Diarra"]]');
CREATE TABLE folder (path BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO "folder" VALUES(X'2F6E6F7768657265');
CREATE TABLE location (
    path BLOB NOT NULL,
    key TEXT NOT NULL,
    article TEXT NOT NULL REFERENCES article (id), gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)), title TEXT NOT NULL DEFAULT '', date TEXT NOT NULL DEFAULT '', place TEXT NOT NULL DEFAULT '', lang TEXT NOT NULL DEFAULT '', source TEXT NOT NULL DEFAULT '', author TEXT NOT NULL DEFAULT '', url TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (path, key)
) STRICT, WITHOUT ROWID;
INSERT INTO "location" VALUES(X'2F6E6F77686572652F612E747874','','3120174d51b8',0,'Un titre','2024-09-19','Bamako','fr','Presse','','');
CREATE TABLE mention (
    revision TEXT NOT NULL REFERENCES text (revision),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL CHECK ("end" > start),
    type TEXT NOT NULL CHECK (type IN ('person', 'org', 'place', 'event', 'other')),
    entity TEXT NOT NULL,
    surface TEXT NOT NULL,
    -- Both without case and accents, so that a name is found however it is typed.
    entity_key TEXT NOT NULL,
    surface_key TEXT NOT NULL,
    PRIMARY KEY (revision, start, "end")
) STRICT, WITHOUT ROWID;
INSERT INTO "mention" VALUES('3120174d51b83ab5286fb5db26abdea94829faae3e080491aa475be5c89c76f1',41,53,'person','Oumar Diarra','Oumar Diarra','oumar diarra','oumar diarra');
CREATE TABLE naming (
    entity TEXT NOT NULL,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (entity, type)
) STRICT, WITHOUT ROWID;
CREATE TABLE pair (
    article TEXT NOT NULL REFERENCES article (id),
    other TEXT NOT NULL REFERENCES article (id),
    PRIMARY KEY (article, other)
) STRICT, WITHOUT ROWID;
CREATE TABLE sample (
    shingle INTEGER NOT NULL,
    article TEXT NOT NULL,
    PRIMARY KEY (shingle, article)
) STRICT, WITHOUT ROWID;
CREATE TABLE sampled (
    article TEXT PRIMARY KEY REFERENCES article (id),
    revision TEXT NOT NULL REFERENCES text (revision),
    size INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE text (
    revision TEXT PRIMARY KEY CHECK (length(revision) = 64),
    body TEXT NOT NULL
) STRICT;
INSERT INTO "text" VALUES('3120174d51b83ab5286fb5db26abdea94829faae3e080491aa475be5c89c76f1','Bamako, le 19 septembre 2024. Le général Oumar Diarra a parlé à l’aéroport.');
CREATE TABLE uncompared (article TEXT PRIMARY KEY REFERENCES article (id)) STRICT, WITHOUT ROWID;
CREATE TABLE unindexed (
    article TEXT PRIMARY KEY REFERENCES article (id),
    change INTEGER NOT NULL -- random, so that a debt renewed while it is paid is not forgotten
) STRICT, WITHOUT ROWID;
CREATE INDEX article_revision ON article (revision);
CREATE INDEX mention_entity ON mention (entity);
CREATE INDEX mention_entity_key ON mention (entity_key);
CREATE INDEX mention_surface_key ON mention (surface_key, entity);
CREATE INDEX cluster_name ON cluster (cluster);
CREATE INDEX location_best
    ON location (article, gone, (date = '') + (url = '') + (source = '') + (author = ''), path, key);
COMMIT;
