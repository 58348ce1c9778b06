-- What journeys do beside sending: calls to other systems, tasks for people, promo codes, alerts.

CREATE TABLE journey_calls (                        -- webhooks; worked off beside the tick
  workspace_id  integer NOT NULL,
  run_id        bigint NOT NULL,
  visit         text NOT NULL,                      -- the step, and in a loop which time
  journey       text NOT NULL,
  step          text NOT NULL,
  state         text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'done', 'failed', 'dropped')),
  method        text NOT NULL,
  host          text NOT NULL,                      -- that of the address: one that is away is left alone
  request       jsonb NOT NULL,                     -- url, headers, body, sign; secrets only by name
  asked_at      timestamptz NOT NULL,
  not_before    timestamptz NOT NULL,               -- while it is tried, when somebody else may try it
  deadline      timestamptz NOT NULL,               -- the run waits no longer
  tries         smallint NOT NULL DEFAULT 0,
  proof         uuid NOT NULL DEFAULT gen_random_uuid(),  -- shows that the event about the answer is ours
  status        smallint,
  detail        text,
  ended_at      timestamptz,
  PRIMARY KEY (workspace_id, run_id, visit)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
CREATE INDEX journey_calls_due ON journey_calls (not_before) WHERE state = 'queued';
CREATE INDEX journey_calls_ended ON journey_calls (ended_at) WHERE state <> 'queued';

CREATE TABLE journey_tasks (                        -- for people
  workspace_id  integer NOT NULL,
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id        bigint NOT NULL,
  visit         text NOT NULL,
  journey       text NOT NULL,
  profile_id    bigint NOT NULL,
  title         text NOT NULL,
  assignee      text,                               -- as the journey says it: a name, an address, a team
  created_at    timestamptz NOT NULL,
  due_at        timestamptz,
  done_at       timestamptz,
  done_by       text,
  UNIQUE (workspace_id, run_id, visit)
);
CREATE INDEX journey_tasks_open ON journey_tasks (workspace_id, due_at, id) WHERE done_at IS NULL;
CREATE INDEX journey_tasks_of_profile ON journey_tasks (workspace_id, profile_id);

CREATE TABLE promo_codes (
  workspace_id  integer NOT NULL,
  pool          text NOT NULL,
  id            bigint GENERATED ALWAYS AS IDENTITY,
  code          text NOT NULL,
  added_at      timestamptz NOT NULL,
  given_at      timestamptz,
  run_id        bigint,                             -- who got it
  visit         text,
  profile_id    bigint,
  PRIMARY KEY (workspace_id, pool, code)
) WITH (fillfactor = 80);
CREATE INDEX promo_codes_left ON promo_codes (workspace_id, pool, id) WHERE given_at IS NULL;
CREATE INDEX promo_codes_of_run ON promo_codes (workspace_id, run_id) WHERE run_id IS NOT NULL;

CREATE TABLE journey_alerts (                       -- what a journey tells the people who run the shop
  workspace_id  integer NOT NULL,
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  journey       text NOT NULL,
  step          text NOT NULL,
  text          text NOT NULL,
  times         integer NOT NULL DEFAULT 1,
  first_at      timestamptz NOT NULL,
  last_at       timestamptz NOT NULL,
  profile_id    bigint NOT NULL,                    -- of whom it was said last
  seen_at       timestamptz,
  seen_by       text
);
CREATE UNIQUE INDEX journey_alerts_open ON journey_alerts (workspace_id, journey, step, md5(text)) WHERE seen_at IS NULL;
