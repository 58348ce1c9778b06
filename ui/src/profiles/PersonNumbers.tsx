import { useTranslation } from "react-i18next";
import type { Person } from "../api/types.ts";
import { Tile } from "../design/Tile.tsx";
import { useFormat } from "../i18n/format.ts";
import { useShopNow } from "../session/now.ts";
import css from "./PersonPage.module.css";

/** The server names no more orders than this. */
const MOST = 50;

/** What this person is worth and how fresh the acquaintance is. */
export function PersonNumbers({ person }: { person: Person }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useShopNow();
  return (
    <div className={css.numbers}>
      <Tile name={t("person.value")} value={format.money(person.value)} />
      <Tile
        name={t("person.orders")}
        value={`${format.number(person.orders.length)}${person.orders.length < MOST ? "" : "+"}`}
      />
      <Tile name={t("person.last")} value={format.ago(person.last_seen_at, now)}>
        <p>{format.moment(person.last_seen_at)}</p>
      </Tile>
      <Tile name={t("person.first")} value={format.ago(person.first_seen_at, now)}>
        <p>{format.date(person.first_seen_at)}</p>
      </Tile>
    </div>
  );
}
