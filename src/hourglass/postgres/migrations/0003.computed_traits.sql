-- Traits that follow from history as a whole: a customer's place among the others, stages, favourites, clusters.
CREATE TABLE computed_traits (
  workspace_id  integer NOT NULL,
  profile_id    bigint NOT NULL,
  traits        jsonb NOT NULL,                     -- "rfm.cell" → value; a trait without a value is not there
  computed_at   timestamptz NOT NULL,               -- when a value last changed
  PRIMARY KEY (workspace_id, profile_id)
) WITH (fillfactor = 70);

CREATE TABLE computed_runs (                        -- the last run of each workspace, and what the next one goes on from
  workspace_id  integer PRIMARY KEY,
  started_at    timestamptz NOT NULL,
  finished_at   timestamptz,                        -- older than started_at: under way, or given up
  night         date,                               -- day in the workspace's zone whose night is done
  report        jsonb,
  problem       text,                               -- why the last one did not finish
  clusters      jsonb NOT NULL DEFAULT '[]'         -- centres and names, so that a cluster keeps its number
);
