-- name: person
-- By number, or by whatever identifier they have; whoever was absorbed is answered with the person they are now.
WITH RECURSIVE way (id) AS (
  SELECT profile_id FROM identities WHERE workspace_id = :workspace_id AND value = ANY(:values::text[])
  UNION
  SELECT id FROM profiles WHERE workspace_id = :workspace_id AND id = :number::bigint
  UNION
  SELECT p.merged_into FROM way w JOIN profiles p ON p.workspace_id = :workspace_id AND p.id = w.id
  WHERE p.merged_into IS NOT NULL)
SELECT p.id, coalesce(p.traits ->> 'name', p.email, p.phone, '') AS name FROM way w
JOIN profiles p ON p.workspace_id = :workspace_id AND p.id = w.id AND p.merged_into IS NULL ORDER BY p.id LIMIT 1;

-- name: runs
SELECT r.id, r.entered_at, r.state, r.step, r.wake_at, r.ended_at, r.end_reason, r.entry ->> 'event' AS event
FROM journey_runs r WHERE r.workspace_id = :workspace_id AND r.journey_id = :definition_id
  AND r.profile_id = ANY(:profiles::bigint[]) ORDER BY r.entered_at DESC, r.id DESC LIMIT :most;

-- name: steps
SELECT run_id, step, at, outcome, detail FROM run_steps
WHERE workspace_id = :workspace_id AND run_id = ANY(:runs::bigint[]) ORDER BY at, place;

-- name: messages
SELECT m.id, m.step, m.channel, m.template, m.state, m.reason, m.detail, m.address, m.created_at, m.not_before, m.sent_at,
  m.delivered_at, m.opened_at, m.clicked_at, m.bounced_at, m.soft_bounced_at, m.complained_at,
  m.unsubscribed_at, m.bounce, m.bounce_said, m.answers, m.tried
FROM messages m WHERE m.workspace_id = :workspace_id AND m.journey_id = :definition_id
  AND m.profile_id = ANY(:profiles::bigint[]) ORDER BY m.created_at DESC, m.id DESC LIMIT :most;

-- name: came
-- How often the event that lets people in came from this person, and when last.
SELECT count(*), max(e.at) FROM events e
JOIN identities i ON i.workspace_id = e.workspace_id AND i.id = e.identity_id
JOIN event_names n ON n.workspace_id = e.workspace_id AND n.id = e.name_id
WHERE e.workspace_id = :workspace_id AND i.profile_id = ANY(:profiles::bigint[]) AND n.name = :event;

-- name: among_recipients
-- The part of a campaign in which this person waits, if there is one.
SELECT p.rest AND p.variant IS NULL AS for_winner, p.due_at
FROM campaign_sends s JOIN campaign_parts p ON p.workspace_id = s.workspace_id AND p.send_id = s.id
WHERE s.workspace_id = :workspace_id AND s.campaign_id = :definition_id AND p.queued_at IS NULL
  AND p.people && :profiles::bigint[]
ORDER BY p.due_at LIMIT 1;

-- name: family
WITH RECURSIVE family (id) AS (
  SELECT :id::bigint
  UNION
  SELECT p.id FROM family f JOIN profiles p ON p.workspace_id = :workspace_id AND p.merged_into = f.id)
SELECT id FROM family;
