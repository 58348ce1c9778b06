-- Messages that may leave by another channel, and steps that count: who may pass when, which arm brought how much.
ALTER TABLE messages
  ADD COLUMN others jsonb,                          -- what may still be tried: [{channel, template}], the next one first
  ADD COLUMN tried jsonb;                           -- what was tried before, and why it did not do: oldest first
CREATE INDEX messages_with_others ON messages (workspace_id) WHERE state = 'queued' AND others IS NOT NULL;

ALTER TABLE journey_calls
  ADD COLUMN waited boolean NOT NULL DEFAULT true;  -- whether a run waits for the answer

CREATE TABLE journey_turns (                        -- throttles: who may pass when
  workspace_id  integer NOT NULL,
  journey_id    integer NOT NULL,
  step          text NOT NULL,                      -- its id, or else its path
  last_period   timestamptz NOT NULL DEFAULT 'epoch',  -- the last period of which turns are given out
  given         integer NOT NULL DEFAULT 0,         -- how many of it
  this_period   timestamptz NOT NULL DEFAULT 'epoch',  -- the one in which somebody passed last
  passed        integer NOT NULL DEFAULT 0,         -- how many did in it
  PRIMARY KEY (workspace_id, journey_id, step)
) WITH (fillfactor = 70);

CREATE TABLE journey_batches (                      -- who waits for each other
  workspace_id  integer NOT NULL,
  journey_id    integer NOT NULL,
  step          text NOT NULL,                      -- its id, or else its path
  deadline      timestamptz NOT NULL DEFAULT 'epoch',  -- until when the batch that gathers waits; its own, to the microsecond
  gathered      integer NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, journey_id, step)
) WITH (fillfactor = 70);

CREATE TABLE audience_syncs (                       -- who is to be told to other systems; worked off beside the tick
  workspace_id  integer NOT NULL,
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  connector     text NOT NULL,                      -- key of its document
  audience      text NOT NULL,
  profile_id    bigint NOT NULL,
  added         boolean NOT NULL,                   -- into the audience, or out of it
  run_id        bigint NOT NULL,
  visit         text NOT NULL,
  state         text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'telling', 'done', 'refused', 'failed')),
  reason        text,
  detail        text,
  asked_at      timestamptz NOT NULL,
  not_before    timestamptz NOT NULL,               -- while it is told, when somebody else may do it
  tries         smallint NOT NULL DEFAULT 0,
  ended_at      timestamptz,
  UNIQUE (workspace_id, run_id, visit)
) WITH (fillfactor = 80);
CREATE INDEX audience_syncs_open ON audience_syncs (workspace_id, connector, audience, profile_id)
  WHERE state IN ('queued', 'telling');
CREATE INDEX audience_syncs_due ON audience_syncs (not_before) WHERE state IN ('queued', 'telling');
CREATE INDEX audience_syncs_of_profile ON audience_syncs (workspace_id, profile_id);
CREATE INDEX audience_syncs_ended ON audience_syncs (ended_at) WHERE state NOT IN ('queued', 'telling');

CREATE TABLE journey_arms (                         -- bandits: what each arm has brought so far
  workspace_id  integer NOT NULL,
  journey_id    integer NOT NULL,
  step          text NOT NULL,
  arm           text NOT NULL,
  drawn         bigint NOT NULL DEFAULT 0,
  rewarded      bigint NOT NULL DEFAULT 0,
  settled_at    timestamptz NOT NULL DEFAULT '-infinity',  -- when somebody looked for rewards last
  PRIMARY KEY (workspace_id, journey_id, step, arm)
) WITH (fillfactor = 70);

CREATE TABLE journey_lots (                         -- what was drawn, as long as it may still bring a reward
  workspace_id  integer NOT NULL,
  run_id        bigint NOT NULL,
  visit         text NOT NULL,
  journey_id    integer NOT NULL,
  step          text NOT NULL,
  arm           text NOT NULL,
  drawn_at      timestamptz NOT NULL,
  until         timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, run_id, visit)
);
CREATE INDEX journey_lots_of_step ON journey_lots (workspace_id, journey_id, step, until);
