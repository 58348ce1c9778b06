-- Complaints are few and asked for often.
CREATE INDEX messages_complained ON messages (workspace_id, complained_at) WHERE complained_at IS NOT NULL;
