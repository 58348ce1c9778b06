-- name: columns
-- Those that can be written.
SELECT attname FROM pg_attribute
WHERE attrelid = to_regclass(:tab) AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum;
