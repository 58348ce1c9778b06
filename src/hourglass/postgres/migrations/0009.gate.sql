-- Who may be written to: proof of consent, double opt-in, wishes, domains that take mail, budgets, the gate's answers.

-- The ledger is append only; a regrouping of identities alone may move a line to another person.
ALTER TABLE consents
  ADD COLUMN purpose text NOT NULL DEFAULT 'marketing',
  ADD COLUMN told text,                             -- the text that was shown
  ADD COLUMN form text,                             -- the form and its version
  ADD COLUMN ip text,
  ADD COLUMN user_agent text,
  ADD COLUMN event uuid;                            -- digest of the messageId of the event that says the same
CREATE UNIQUE INDEX consents_of_event ON consents (workspace_id, event, purpose, channel, topic) WHERE event IS NOT NULL;
CREATE FUNCTION consents_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The consent ledger is append only.';
END $$;
CREATE TRIGGER consents_append_only
  BEFORE UPDATE OF workspace_id, identity_id, purpose, channel, topic, granted, at, source, proof, told, form, ip, user_agent
  ON consents FOR EACH STATEMENT EXECUTE FUNCTION consents_stay();

CREATE TABLE consent_requests (                     -- double opt-in: asked for, and confirmed or not
  workspace_id  integer NOT NULL,
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  identity_id   bigint NOT NULL,                    -- whose; the person is identities.profile_id
  purpose       text NOT NULL DEFAULT 'marketing',
  channel       text NOT NULL,
  topic         text NOT NULL,
  at            timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL,
  source        text NOT NULL,
  told          text,
  form          text,
  ip            text,
  user_agent    text,
  proof         jsonb NOT NULL DEFAULT '{}',
  message_id    bigint,                             -- the message that carries the link
  confirmed_at  timestamptz
);
CREATE INDEX consent_requests_of_identity ON consent_requests (workspace_id, identity_id);
CREATE INDEX consent_requests_unsent ON consent_requests (id) WHERE message_id IS NULL AND confirmed_at IS NULL;

CREATE TABLE wishes (                               -- how people want to be written to; the latest of a kind counts
  workspace_id  integer NOT NULL,
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  identity_id   bigint NOT NULL,
  wish          text NOT NULL CHECK (wish IN ('pause', 'fewer')),
  until         timestamptz,                        -- null: taken back
  at            timestamptz NOT NULL,
  source        text NOT NULL,
  ip            text,
  user_agent    text
);
CREATE INDEX wishes_of_identity ON wishes (workspace_id, identity_id, wish, at DESC);

ALTER TABLE suppressions
  ADD COLUMN author text,                           -- who put it there; null: the provider's news
  ADD COLUMN detail text;
CREATE TABLE suppression_changes (                  -- what people did to the list by hand
  workspace_id  integer NOT NULL,
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  channel       text NOT NULL,
  address       text NOT NULL,
  action        text NOT NULL CHECK (action IN ('added', 'removed')),
  reason        text NOT NULL,
  author        text NOT NULL,
  at            timestamptz NOT NULL
);
CREATE INDEX suppression_changes_of_address ON suppression_changes (workspace_id, channel, address);

CREATE TABLE mail_domains (                         -- what the DNS says, the same for everybody
  domain        text PRIMARY KEY,
  takes_mail    boolean,                            -- null: not known
  detail        text,
  checked_at    timestamptz,
  expires_at    timestamptz NOT NULL DEFAULT '-infinity'
);
CREATE INDEX mail_domains_expired ON mail_domains (expires_at);

CREATE TABLE budget_use (                           -- messages that passed the gate in a period
  workspace_id  integer NOT NULL,
  budget        text NOT NULL,
  period        timestamptz NOT NULL,               -- its beginning
  used          bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, budget, period)
);
CREATE TABLE budget_charges (                       -- so that a message tried again is counted once
  workspace_id  integer NOT NULL,
  message_id    bigint NOT NULL,
  budget        text NOT NULL,
  PRIMARY KEY (workspace_id, message_id, budget)
);

ALTER TABLE messages ADD COLUMN answers jsonb;      -- what the gate answered each time it was asked, oldest first
