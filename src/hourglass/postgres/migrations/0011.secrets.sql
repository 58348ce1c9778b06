-- Keys and passwords of providers, encrypted by the program; the key is not in the database.
CREATE TABLE secrets (
  workspace_id  integer NOT NULL,
  name          text NOT NULL,
  sealed        bytea NOT NULL,
  author        text NOT NULL,
  updated_at    timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, name)
);
