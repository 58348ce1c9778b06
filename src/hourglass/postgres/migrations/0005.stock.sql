-- What is in stock, and which products people have to be looked at again for.

ALTER TABLE products
  ADD COLUMN stock        integer,                  -- pieces, where the shop tells them
  ADD COLUMN available    boolean,                  -- null: nobody ever said
  ADD COLUMN stock_at     timestamptz,              -- time of the event that said so
  ADD COLUMN restocked_at timestamptz;              -- when it last came back after it was sold out

CREATE TABLE product_changes (                      -- whoever looked at one of these may answer a condition differently now
  workspace_id  integer NOT NULL,
  product_id    text NOT NULL,
  PRIMARY KEY (workspace_id, product_id)
);

-- A trigger, because it must not matter who writes the catalogue: events, imports, connectors.
CREATE FUNCTION note_product_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO product_changes (workspace_id, product_id) VALUES (NEW.workspace_id, NEW.id) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER product_changed AFTER UPDATE ON products FOR EACH ROW
WHEN ((OLD.price, OLD.currency, OLD.stock, OLD.available, OLD.restocked_at, OLD.name, OLD.category, OLD.brand)
  IS DISTINCT FROM
  (NEW.price, NEW.currency, NEW.stock, NEW.available, NEW.restocked_at, NEW.name, NEW.category, NEW.brand))
EXECUTE FUNCTION note_product_change();
