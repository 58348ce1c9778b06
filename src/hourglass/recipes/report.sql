-- name: metrics
-- What people did within a span after a recipe reached them: when the first message of a run left, or when the run began,
-- where the recipe writes nothing. Each event and each order counts once, whatever runs it follows. Place -1: whom it reached.
WITH asked AS (
  SELECT * FROM unnest(:places::int[], :events::text[], :sums::text[], :spans::interval[]) AS a (place, event, sum, span)),
runs AS (
  SELECT r.id, r.profile_id, r.entered_at FROM journey_runs r
  JOIN definitions d ON d.workspace_id = :workspace_id AND d.id = r.journey_id AND d.kind = 'journey'
    AND d.key = ANY(:keys::text[])
  WHERE r.workspace_id = :workspace_id AND r.end_reason IS DISTINCT FROM 'control_group'),
reached AS (
  SELECT r.profile_id, min(m.sent_at) AS at FROM runs r
  JOIN messages m ON m.workspace_id = :workspace_id AND m.profile_id = r.profile_id AND m.run_id = r.id
  WHERE :writes AND m.sent_at IS NOT NULL GROUP BY r.id, r.profile_id
  UNION ALL
  SELECT profile_id, entered_at FROM runs WHERE NOT :writes),
ordered AS (
  SELECT DISTINCT a.place, o.id, o.profile_id, CASE WHEN o.currency = :currency THEN o.net ELSE 0 END AS amount
  FROM asked a JOIN reached t ON a.event = :ordered
  JOIN orders o ON o.workspace_id = :workspace_id AND o.profile_id = t.profile_id AND o.net > 0 AND NOT o.historical
    AND o.ordered_at > t.at AND o.ordered_at <= t.at + a.span),
happened AS (
  SELECT DISTINCT a.place, e.message_id, t.profile_id,
    CASE WHEN jsonb_typeof(e.properties->a.sum) = 'number' THEN (e.properties->>a.sum)::float8 END AS amount
  FROM asked a JOIN reached t ON a.event <> :ordered
  JOIN event_names n ON n.workspace_id = :workspace_id AND n.name = a.event
  JOIN identities i ON i.workspace_id = :workspace_id AND i.profile_id = t.profile_id
  JOIN events e ON e.workspace_id = :workspace_id AND e.identity_id = i.id AND e.name_id = n.id
    AND e.at > t.at AND e.at <= t.at + a.span)
SELECT -1, count(DISTINCT profile_id)::int, 0, NULL::float8 FROM reached
UNION ALL
SELECT place, count(DISTINCT profile_id)::int, count(*)::int, sum(amount)::float8 FROM ordered GROUP BY place
UNION ALL
SELECT place, count(DISTINCT profile_id)::int, count(*)::int, sum(amount)::float8 FROM happened GROUP BY place;
