-- Mail that came back, and what mailboxes think of us as a sender.
CREATE TABLE returned_mail (                        -- kept for a while, for people to look at
  workspace_id  integer NOT NULL,
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  message_id    bigint NOT NULL,
  at            timestamptz NOT NULL,
  kind          text NOT NULL,                      -- bounced, complained, ...
  sort          text NOT NULL DEFAULT '',           -- of bounces: no_mailbox, full, policy, ...
  domain        text NOT NULL DEFAULT '',           -- of the recipient
  status        text NOT NULL DEFAULT '',           -- RFC 3463
  said          text NOT NULL DEFAULT ''            -- in the other side's words, without addresses
);
CREATE UNIQUE INDEX returned_mail_once ON returned_mail (workspace_id, message_id, kind, sort);
CREATE INDEX returned_mail_by_time ON returned_mail (workspace_id, at);
