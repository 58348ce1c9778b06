-- What audits of segments found: live membership held against a rebuild from the lake.
CREATE TABLE segment_audits (
  workspace_id  integer NOT NULL,
  at            timestamptz NOT NULL,
  wrong         bigint NOT NULL,                    -- pairs of person and segment that differ
  report        jsonb NOT NULL,
  PRIMARY KEY (workspace_id, at)
);
