-- Bounces that pass: enough of them in a row suppress an address.
ALTER TABLE messages ADD COLUMN soft_bounced_at timestamptz;         -- the last one; bounced_at is the first of any kind
CREATE INDEX messages_soft_bounced ON messages (workspace_id, channel, lower(address)) WHERE soft_bounced_at IS NOT NULL;
