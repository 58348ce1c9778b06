-- Files that messages carry: pictures shown inside them, and attachments.
CREATE TABLE assets (
  workspace_id  integer NOT NULL,
  key           text NOT NULL,
  media_type    text NOT NULL,
  content       bytea NOT NULL,
  size          integer NOT NULL GENERATED ALWAYS AS (octet_length(content)) STORED,
  updated_at    timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, key)
);
ALTER TABLE assets ALTER COLUMN content SET STORAGE EXTERNAL;   -- pictures do not get smaller
