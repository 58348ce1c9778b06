-- Segments are built beside the tick, from the lake.

-- `version` stays the one that the members answer, 0: none yet. Who came by a build has its `built_at` as `entered_at`.
ALTER TABLE segment_builds
  ALTER COLUMN built_at DROP NOT NULL,
  ADD COLUMN state text NOT NULL DEFAULT 'built' CHECK (state IN ('building', 'built', 'failed')),
  ADD COLUMN wanted integer,                        -- the version under way, or the one that failed
  ADD COLUMN started_at timestamptz,
  ADD COLUMN done integer NOT NULL DEFAULT 0,       -- passes over the lake, of `total`
  ADD COLUMN total integer NOT NULL DEFAULT 0,
  ADD COLUMN problem text,                          -- why it failed
  ADD COLUMN entered bigint NOT NULL DEFAULT 0,     -- by the last build
  ADD COLUMN "left" bigint NOT NULL DEFAULT 0;

CREATE TABLE segment_leavers (                      -- who left by the last build of a segment: the version changed, they did not
  workspace_id  integer NOT NULL,
  segment_id    integer NOT NULL,
  version       integer NOT NULL,
  at            timestamptz NOT NULL,
  people        bigint[] NOT NULL,                  -- bare numbers
  PRIMARY KEY (workspace_id, segment_id)
);

CREATE TABLE segment_asked (                        -- whom ticks asked while something was built; one row a tick
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace_id  integer NOT NULL,
  people        bigint[] NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
