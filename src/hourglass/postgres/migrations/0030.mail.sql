-- A send remembers that the rules for bulk mail were waived for it, and in which words it was stopped.

ALTER TABLE campaign_sends
  ADD COLUMN anyway        boolean NOT NULL DEFAULT false,
  ADD COLUMN problem_words jsonb;                          -- by language; NULL: those of `problem`

ALTER TABLE campaign_series
  ADD COLUMN anyway boolean NOT NULL DEFAULT false;        -- for each of its editions
