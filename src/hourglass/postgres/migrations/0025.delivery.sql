-- What a bounce said, beside the message that bounced.
ALTER TABLE messages
  ADD COLUMN bounce text,                           -- the sort: no_mailbox, full, later, ...
  ADD COLUMN bounce_said text;                      -- in the other side's words

-- What a message took of a budget, so that it can be given back.
ALTER TABLE budget_charges
  ADD COLUMN period timestamptz,                    -- null: charged before this was kept; it stays
  ADD COLUMN cost bigint,
  ADD COLUMN provider text;                         -- the budget pays for messages by this provider alone
