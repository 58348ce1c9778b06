-- Static lists, pages of members, and how many people segments had over time.

-- Pages of members follow each other by person, so the index has them in that order.
DROP INDEX IF EXISTS members_of_segment;
CREATE INDEX members_of_segment ON segment_members (workspace_id, segment_id, profile_id);

-- Who is on a static list is there under an identity: so lists follow merges, and merges that are taken back.
CREATE TABLE list_identities (
  workspace_id  integer NOT NULL,
  list_id       integer NOT NULL,                   -- definitions.id of a segment with `list: true`
  identity_id   bigint NOT NULL,
  PRIMARY KEY (workspace_id, list_id, identity_id)
);
CREATE INDEX lists_of_identity ON list_identities (workspace_id, identity_id);

CREATE TABLE list_changes (                         -- who changed a list, when and how
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace_id  integer NOT NULL,
  list_id       integer NOT NULL,
  kind          text NOT NULL CHECK (kind IN ('import', 'add', 'remove', 'undo')),
  author        text NOT NULL,
  at            timestamptz NOT NULL,
  source        text NOT NULL,                      -- name of the file, or what was asked for
  entered       bigint NOT NULL DEFAULT 0,
  "left"        bigint NOT NULL DEFAULT 0,
  undoes        bigint,
  undone_by     bigint
);
CREATE INDEX list_changes_of_list ON list_changes (workspace_id, list_id, id);

CREATE TABLE list_change_parts (                    -- what a change did, so that it can be taken back; bare numbers
  workspace_id  integer NOT NULL,
  change_id     bigint NOT NULL,
  added         bigint[] NOT NULL DEFAULT '{}',     -- identities
  removed       bigint[] NOT NULL DEFAULT '{}'
);
CREATE INDEX parts_of_change ON list_change_parts (workspace_id, change_id);

CREATE TABLE list_pending (                         -- contacts that an import makes: on the list as soon as they exist
  workspace_id  integer NOT NULL,
  kind          text NOT NULL,
  value         text NOT NULL,
  list_id       integer NOT NULL,
  change_id     bigint NOT NULL,
  at            timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, kind, value, list_id)
);

-- Who entered or left outside of a tick; the next one takes them.
CREATE TABLE segment_moves (
  workspace_id  integer NOT NULL,
  profile_id    bigint NOT NULL,
  segment_id    integer NOT NULL,
  id            bigint GENERATED ALWAYS AS IDENTITY,
  entered       boolean NOT NULL,
  PRIMARY KEY (workspace_id, profile_id, segment_id, id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

CREATE TABLE segment_sizes (                        -- one row a day; the last one is still being counted
  workspace_id  integer NOT NULL,
  segment_id    integer NOT NULL,
  day           date NOT NULL,                      -- in the zone of the workspace
  members       bigint NOT NULL,
  entered       bigint NOT NULL,
  "left"        bigint NOT NULL,
  measured_at   timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, segment_id, day)
);
