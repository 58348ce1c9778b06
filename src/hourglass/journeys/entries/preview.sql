-- name: members
SELECT count(*) FROM segment_members m JOIN definitions d
  ON d.workspace_id = m.workspace_id AND d.id = m.segment_id AND d.kind = 'segment'
WHERE m.workspace_id = :workspace_id AND d.key = :segment;

-- name: dates
SELECT count(*) FROM (
  SELECT CASE WHEN p.zone = ANY(:known::text[]) THEN p.zone ELSE '' END AS zone, p.day FROM (
    SELECT coalesce(traits->>'timezone', traits->>'zone', '') AS zone,
      CASE WHEN :yearly THEN substring(traits->>:trait FROM '^(?:\d{4}-|--)?(\d\d-\d\d)(?:\D|$)')
           ELSE substring(traits->>:trait FROM '^\d{4}-\d\d-\d\d') END AS day
    FROM profiles WHERE workspace_id = :workspace_id AND merged_into IS NULL AND CASE WHEN :yearly
      THEN substr(traits->>:trait, 6, 5) = ANY(:days::text[]) OR substr(traits->>:trait, 3, 5) = ANY(:days::text[])
      ELSE left(traits->>:trait, 10) = ANY(:days::text[]) END) AS p) AS people
JOIN unnest(:zones::text[], :days::text[]) AS d (zone, day) USING (zone, day);
