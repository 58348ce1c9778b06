import { useTranslation } from "react-i18next";
import type { Live } from "../api/types.ts";
import { Tile } from "../design/Tile.tsx";
import { counted, useFormat } from "../i18n/format.ts";
import css from "./Headline.module.css";

/** The six numbers an owner asks for first. */
export function Headline({ live }: { live: Live }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { events, people, carts, orders, runs, messages } = live;
  const line = (count: number) => ({ formatted: format.number(count) });
  return (
    <div className={css.tiles}>
      <Tile name={t("live.events")} value={format.number(events.today)} unit={t("live.eventsToday")}>
        <p>{t("live.perSecond", { rate: format.number(events.per_second) })}</p>
        <p>{live.lag_seconds < 1 ? t("live.lagFresh") : t("live.lag", { lag: format.number(live.lag_seconds) })}</p>
        {live.backlog > 0 && <p>{t("live.backlog", counted(format, live.backlog))}</p>}
      </Tile>
      <Tile name={t("live.people")} value={format.number(people.known)} unit={t("live.peopleKnown")}>
        <p>{t("live.visitors", counted(format, people.visitors))}</p>
        <p>{t("live.newToday", counted(format, people.new_today))}</p>
      </Tile>
      <Tile name={t("live.orders")} value={format.number(orders.today)} unit={format.sum(orders.revenue_today)}>
        <p>{t("live.ordersTotal", line(orders.total))}</p>
        <p>{t("live.ordersRevenueTotal", { revenue: format.sum(orders.revenue) })}</p>
      </Tile>
      <Tile name={t("live.carts")} value={format.number(carts.open)}>
        <p>{t("live.cartsValue", { value: format.sum(carts.value) })}</p>
      </Tile>
      <Tile name={t("live.runs")} value={format.number(runs.waiting)} unit={t("live.runsNow")}>
        <p>{t("live.runsFinished", line(runs.finished))}</p>
        <p>{t("live.runsExited", line(runs.exited))}</p>
      </Tile>
      <Tile
        name={t("live.messages")}
        value={format.number(messages.sent)}
        unit={messages.orders > 0 ? t("live.messagesCredited", { revenue: format.sum(messages.revenue) }) : undefined}
      >
        <p className={css.held}>{t("live.messagesWithheld", counted(format, messages.withheld))}</p>
        <p>{t("live.messagesOpened", line(messages.opened))}</p>
        <p>{t("live.messagesClicked", line(messages.clicked))}</p>
      </Tile>
    </div>
  );
}
