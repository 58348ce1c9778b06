-- Shops that sell in several regions tell where a product can be bought.

ALTER TABLE products ADD COLUMN regions text[];      -- in small letters, sorted; null: nobody ever said
ALTER TABLE product_news ADD COLUMN old_regions text[], ADD COLUMN regions text[];

CREATE OR REPLACE FUNCTION note_product_news() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO product_news (workspace_id, product_id, at, is_new, price, currency, stock, available, regions)
    VALUES (NEW.workspace_id, NEW.id, NEW.updated_at, true, NEW.price, NEW.currency, NEW.stock, NEW.available, NEW.regions);
  ELSE
    INSERT INTO product_news (workspace_id, product_id, at, is_new, old_price, price, currency, old_stock, stock,
                              was_available, available, old_regions, regions)
    VALUES (NEW.workspace_id, NEW.id, greatest(NEW.updated_at, NEW.stock_at), false,
      CASE WHEN OLD.currency IS NOT DISTINCT FROM NEW.currency THEN OLD.price END, NEW.price, NEW.currency,
      OLD.stock, NEW.stock, OLD.available, NEW.available, OLD.regions, NEW.regions);
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER product_news_changed ON products;
CREATE TRIGGER product_news_changed AFTER UPDATE ON products FOR EACH ROW
WHEN ((OLD.price, OLD.currency, OLD.stock, OLD.available, OLD.regions) IS DISTINCT FROM
      (NEW.price, NEW.currency, NEW.stock, NEW.available, NEW.regions))
EXECUTE FUNCTION note_product_news();
