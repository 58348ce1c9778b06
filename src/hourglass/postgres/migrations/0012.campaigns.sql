-- Campaigns: who gets them is fixed once, in parts; the outbox has a lane for them beside the one for single messages.

ALTER TABLE messages
  ADD COLUMN lane smallint NOT NULL DEFAULT 0,      -- 0: triggered, first out; 1: campaigns; 2: parked, its campaign is paused
  ADD COLUMN send_id bigint,                        -- campaign_sends.id
  ADD COLUMN provider text,                         -- who took it
  ADD COLUMN complained_at timestamptz,
  ADD COLUMN unsubscribed_at timestamptz;           -- by this message

DROP INDEX messages_queue;
CREATE INDEX messages_queue ON messages (lane, not_before) WHERE state = 'queued';
CREATE UNIQUE INDEX messages_once_per_send ON messages (send_id, profile_id) WHERE send_id IS NOT NULL;
CREATE INDEX messages_open_of_send ON messages (send_id) WHERE send_id IS NOT NULL AND state IN ('queued', 'claimed');

CREATE TABLE campaign_sends (                       -- one going out of a campaign
  workspace_id  integer NOT NULL,
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  campaign_id   integer NOT NULL,                   -- definitions.id
  version       integer NOT NULL,                   -- of the document, as it stood when it was sent
  state         text NOT NULL CHECK (state IN ('scheduled', 'sending', 'cancelling', 'finished', 'cancelled')),
  paused        boolean NOT NULL DEFAULT false,
  author        text NOT NULL,
  created_at    timestamptz NOT NULL,
  due_at        timestamptz NOT NULL,               -- when recipients are fixed
  started_at    timestamptz,                        -- when they were
  finished_at   timestamptz,
  recipients    bigint NOT NULL DEFAULT 0,
  totals        jsonb NOT NULL DEFAULT '{}',        -- messages by state, noted when it ended
  problem       text                                -- code: why it does not go on
);
CREATE UNIQUE INDEX campaign_sends_one_open ON campaign_sends (workspace_id, campaign_id)
  WHERE state IN ('scheduled', 'sending', 'cancelling');

CREATE TABLE campaign_parts (                       -- recipients on their way into the outbox
  workspace_id  integer NOT NULL,
  send_id       bigint NOT NULL,
  part          integer NOT NULL,
  due_at        timestamptz NOT NULL,
  people        bigint[] NOT NULL,
  queued_at     timestamptz,
  PRIMARY KEY (send_id, part)
);
CREATE INDEX campaign_parts_waiting ON campaign_parts (send_id, due_at, part) WHERE queued_at IS NULL;
