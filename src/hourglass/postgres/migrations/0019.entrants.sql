-- Who waits to be let into a journey, whatever the occasion: a call, a segment, the calendar, the catalogue.

CREATE TABLE journey_entrants (
  workspace_id  integer NOT NULL,
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  journey_id    integer NOT NULL,                   -- definitions.id
  profile_id    bigint NOT NULL,
  correlation   text NOT NULL DEFAULT '',
  not_before    timestamptz NOT NULL,               -- later than `at` where a journey lets in so many an hour
  at            timestamptz NOT NULL,               -- of the occasion
  seq           bigint NOT NULL,                    -- only events behind this place of the log can end the run
  source        text NOT NULL,                      -- event | call | segment | schedule | date | product
  facts         jsonb NOT NULL DEFAULT '{}'         -- the entry of the run: event, at, message_id, properties
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
CREATE INDEX journey_entrants_due ON journey_entrants (workspace_id, journey_id, not_before, id);
CREATE INDEX journey_entrants_of_profile ON journey_entrants (workspace_id, profile_id);

CREATE TABLE journey_throttles (                    -- journeys that let in so many an hour
  workspace_id  integer NOT NULL,
  journey_id    integer NOT NULL,
  free_at       timestamptz NOT NULL,               -- when the next person may enter
  PRIMARY KEY (workspace_id, journey_id)
);

CREATE TABLE journey_sweeps (                       -- journeys whose occasions are looked for beside the tick
  workspace_id  integer NOT NULL,
  journey_id    integer NOT NULL,
  swept_to      timestamptz NOT NULL,               -- occasions up to here have been seen to
  welcomed      integer,                            -- the segment whose members of that moment were let in
  PRIMARY KEY (workspace_id, journey_id)
);

CREATE TABLE product_news (                         -- what changed about products, until journeys have looked at it
  workspace_id  integer NOT NULL,
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  product_id    text NOT NULL,
  at            timestamptz NOT NULL,               -- time of the event that said so
  is_new        boolean NOT NULL,
  old_price     bigint,                             -- minor units of the currency
  price         bigint,
  currency      text,
  old_stock     integer,
  stock         integer,
  was_available boolean,
  available     boolean
);
CREATE INDEX product_news_of_workspace ON product_news (workspace_id, id);

-- A trigger, because it must not matter who writes the catalogue: events, imports, connectors.
CREATE FUNCTION note_product_news() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO product_news (workspace_id, product_id, at, is_new, price, currency, stock, available)
    VALUES (NEW.workspace_id, NEW.id, NEW.updated_at, true, NEW.price, NEW.currency, NEW.stock, NEW.available);
  ELSE
    INSERT INTO product_news (workspace_id, product_id, at, is_new, old_price, price, currency, old_stock, stock,
                              was_available, available)
    VALUES (NEW.workspace_id, NEW.id, greatest(NEW.updated_at, NEW.stock_at), false,
      CASE WHEN OLD.currency IS NOT DISTINCT FROM NEW.currency THEN OLD.price END, NEW.price, NEW.currency,
      OLD.stock, NEW.stock, OLD.available, NEW.available);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER product_news_came AFTER INSERT ON products FOR EACH ROW EXECUTE FUNCTION note_product_news();
CREATE TRIGGER product_news_changed AFTER UPDATE ON products FOR EACH ROW
WHEN ((OLD.price, OLD.currency, OLD.stock, OLD.available) IS DISTINCT FROM
      (NEW.price, NEW.currency, NEW.stock, NEW.available))
EXECUTE FUNCTION note_product_news();
