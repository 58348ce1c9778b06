-- Promo codes are good for a time, can be withdrawn, and it is known when they were used.

ALTER TABLE promo_codes
  ADD COLUMN valid_from  timestamptz,               -- inclusive; NULL: from the beginning
  ADD COLUMN valid_until timestamptz,               -- exclusive; NULL: for ever
  ADD COLUMN valid_for   interval,                  -- since it was given away
  ADD COLUMN expires_at  timestamptz,               -- of a code that was given away: the earlier of the two
  ADD COLUMN revoked_at  timestamptz,
  ADD COLUMN redeemed_at timestamptz,
  ADD COLUMN order_id    text;                      -- with which it was used

DROP INDEX promo_codes_left;
CREATE INDEX promo_codes_left ON promo_codes (workspace_id, pool, (coalesce(valid_until, 'infinity'::timestamptz)), id)
  WHERE given_at IS NULL AND revoked_at IS NULL AND redeemed_at IS NULL;
CREATE INDEX promo_codes_by_word ON promo_codes (workspace_id, lower(code));
