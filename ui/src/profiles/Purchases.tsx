import { useTranslation } from "react-i18next";
import type { Purchase } from "../api/types.ts";
import { Panel } from "../design/Panel.tsx";
import { Pill, type Tone } from "../design/Pill.tsx";
import { counted, useFormat } from "../i18n/format.ts";
import { useWord } from "../i18n/words.ts";
import css from "./PersonPage.module.css";

const TONES: Record<string, Tone> = {
  completed: "calm",
  shipped: "calm",
  delivered: "good",
  cancelled: "quiet",
  refunded: "quiet",
};
const SHOWN = 8;

/** What lies in carts and what was bought. */
export function Purchases({ orders, carts }: { orders: Purchase[]; carts: Purchase[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const word = useWord();
  const open = carts.filter((cart) => cart.state === "open");
  return (
    <>
      {open.length > 0 && (
        <Panel title={t("person.carts")}>
          <ul className={css.list}>
            {open.map((cart) => (
              <li key={cart.id}>
                <span className="num">{cart.value && format.money(cart.value)}</span>
                <span className={css.soft}>
                  {t("person.lines", counted(format, cart.lines.length))}
                  {cart.updated_at && `, ${format.moment(cart.updated_at)}`}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Panel title={t("person.latestOrders")}>
        {orders.length === 0 && <p className={css.none}>{t("person.ordersEmpty")}</p>}
        <ul className={css.list}>
          {orders.slice(0, SHOWN).map((order) => (
            <li key={order.id}>
              <span>
                № {order.id} <Pill tone={TONES[order.state] ?? "quiet"}>{word("order", order.state)}</Pill>
              </span>
              <span className="num">{order.revenue && format.money(order.revenue)}</span>
              <span className={css.soft} style={{ width: "100%" }}>
                {order.ordered_at && format.date(order.ordered_at)}
              </span>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}
