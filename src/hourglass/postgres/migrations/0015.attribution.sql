-- Which message an order is credited to. What it earned is read from the order, so cancellations and refunds count at once.
CREATE TABLE attributions (
  workspace_id  integer NOT NULL,
  order_id      text NOT NULL,
  message_id    bigint NOT NULL,
  source_id     integer NOT NULL,                   -- definitions.id of the journey or campaign
  send_id       bigint,                             -- campaign_sends.id
  step          text NOT NULL,
  channel       text NOT NULL,
  touched_at    timestamptz NOT NULL,               -- when it was sent, opened or clicked, as the rule says
  touch         text NOT NULL CHECK (touch IN ('sent', 'opened', 'clicked')),
  PRIMARY KEY (workspace_id, order_id)
);
CREATE INDEX attributions_of_source ON attributions (workspace_id, source_id);
CREATE INDEX attributions_of_send ON attributions (send_id) WHERE send_id IS NOT NULL;
