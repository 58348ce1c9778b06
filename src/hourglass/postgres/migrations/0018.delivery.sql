-- How providers do, as each worker sees them.
CREATE TABLE delivery_providers (
  workspace_id  integer NOT NULL,                   -- 0: the provider of the installation
  provider      text NOT NULL,                      -- key of its document, or name of the plug-in
  channel       text NOT NULL,
  worker        uuid NOT NULL,
  state         text NOT NULL CHECK (state IN ('closed', 'open', 'probing')),
  since         timestamptz NOT NULL,
  until         timestamptz,                        -- open: when it is tried again
  why           text,
  seen_at       timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, provider, channel, worker)
);

-- How much of its limits each provider has used up, as a whole (domain '') and for the domains that have limits.
CREATE TABLE delivery_lines (
  workspace_id  integer NOT NULL,                   -- 0: the provider of the installation
  provider      text NOT NULL,
  domain        text NOT NULL,
  used_until    timestamptz NOT NULL,               -- what has left takes until then at the pace that is allowed
  booked_until  timestamptz NOT NULL,               -- and what was asked to come back later
  day           date NOT NULL,                      -- in UTC
  day_used      bigint NOT NULL,
  PRIMARY KEY (workspace_id, provider, domain)
);
