-- Campaigns in variants, of which a test finds the best; campaigns that repeat, edition by edition.

ALTER TABLE campaign_sends
  ADD COLUMN occasion timestamptz,                  -- of a series: the moment of its schedule; null: sent once
  ADD COLUMN edition integer NOT NULL DEFAULT 1,    -- of a series: counted from 1
  ADD COLUMN choice jsonb,                          -- which variant the rest gets, with the numbers that it follows from
  ADD COLUMN looked_at timestamptz;                 -- when the numbers of the test were looked at last
DROP INDEX campaign_sends_one_open;
CREATE UNIQUE INDEX campaign_sends_one_open ON campaign_sends (workspace_id, campaign_id)
  WHERE state IN ('scheduled', 'sending', 'cancelling') AND occasion IS NULL;
CREATE UNIQUE INDEX campaign_sends_occasion ON campaign_sends (workspace_id, campaign_id, occasion)
  WHERE occasion IS NOT NULL;

ALTER TABLE campaign_parts
  ADD COLUMN variant text,                          -- what these people get; null: there are none, or it is not chosen yet
  ADD COLUMN rest boolean NOT NULL DEFAULT false,   -- waits for the choice
  ADD COLUMN zone text NOT NULL DEFAULT '';         -- where these people live, if each gets it by their own clock

CREATE TABLE campaign_series (                      -- a campaign that repeats
  workspace_id  integer NOT NULL,
  campaign_id   integer NOT NULL,                   -- definitions.id
  state         text NOT NULL CHECK (state IN ('running', 'paused', 'over')),
  author        text NOT NULL,
  began_at      timestamptz NOT NULL,
  upto          timestamptz NOT NULL,               -- occasions up to here are dealt with
  editions      integer NOT NULL DEFAULT 0,
  missed        integer NOT NULL DEFAULT 0,         -- occasions that nobody could keep
  PRIMARY KEY (workspace_id, campaign_id)
);
