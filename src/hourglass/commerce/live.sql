-- name: carts
SELECT count(*) AS open, coalesce(sum(value) FILTER (WHERE currency = :currency), 0)::bigint AS value
FROM carts WHERE workspace_id = :workspace_id AND state = 'open';

-- name: orders
SELECT count(*) AS total, count(*) FILTER (WHERE ordered_at >= :since) AS today,
  coalesce(sum(net) FILTER (WHERE currency = :currency), 0)::bigint AS revenue,
  coalesce(sum(net) FILTER (WHERE currency = :currency AND ordered_at >= :since), 0)::bigint AS revenue_today
FROM orders WHERE workspace_id = :workspace_id;

-- name: products
SELECT count(*) FROM products WHERE workspace_id = :workspace_id;
