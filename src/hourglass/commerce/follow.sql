-- name: orders
UPDATE orders o SET profile_id = m.target
FROM unnest(:ids::bigint[], :origins::bigint[], :targets::bigint[]) AS m (id, origin, target)
WHERE o.workspace_id = :workspace_id AND o.profile_id = m.origin AND o.identity_id = m.id;

-- name: carts
UPDATE carts c SET profile_id = m.target
FROM unnest(:ids::bigint[], :origins::bigint[], :targets::bigint[]) AS m (id, origin, target)
WHERE c.workspace_id = :workspace_id AND c.profile_id = m.origin AND c.identity_id = m.id;
