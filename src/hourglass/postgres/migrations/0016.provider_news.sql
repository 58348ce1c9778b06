-- Tokens of signed webhooks that are good for one body only (Mailgun); kept as long as a signature is believed.
CREATE TABLE webhook_tokens (
  workspace_id  integer NOT NULL,
  token         text NOT NULL,
  body          uuid NOT NULL,                      -- digest of the body it came with
  at            timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, token)
);
CREATE INDEX webhook_tokens_by_time ON webhook_tokens USING brin (at);

-- Opens and clicks that wait a few seconds: only then it shows whether one person came or a machine through all links.
CREATE TABLE message_hits (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  workspace_id  integer NOT NULL,
  message_id    bigint NOT NULL,
  kind          text NOT NULL CHECK (kind IN ('open', 'click', 'trap')),
  at            timestamptz NOT NULL,
  method        text NOT NULL DEFAULT 'GET',       -- HEAD, or PREFETCH where the browser says that nobody asked yet
  url           text NOT NULL DEFAULT '',
  ip            text NOT NULL DEFAULT '',
  user_agent    text NOT NULL DEFAULT '',
  told          boolean NOT NULL DEFAULT false     -- an event stands in the log; kept a while for those that follow
);
CREATE INDEX message_hits_waiting ON message_hits (at) WHERE NOT told;
CREATE INDEX message_hits_of_message ON message_hits (workspace_id, message_id);
