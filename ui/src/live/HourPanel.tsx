import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { Minute } from "../api/types.ts";
import { Panel } from "../design/Panel.tsx";
import { useFormat } from "../i18n/format.ts";
import css from "./HourPanel.module.css";

// The chart library is larger than the rest of the page; the numbers do not wait for it.
const HourChart = lazy(() => import("./HourChart.tsx"));

/** Sixty minutes of events, orders and messages, each on its own scale. */
export function HourPanel({ series }: { series: Minute[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sum = (of: "events" | "orders" | "messages") => format.number(series.reduce((all, at) => all + at[of], 0));
  const summary = t("live.hourSummary", { events: sum("events"), orders: sum("orders"), messages: sum("messages") });
  return (
    <Panel title={t("live.hour")} lead={t("live.hourPerMinute")} className={css.hour}>
      <div role="img" className={css.chart} aria-label={summary}>
        <Suspense fallback={<Skeleton height={270} radius="md" />}>
          <HourChart series={series} />
        </Suspense>
      </div>
    </Panel>
  );
}
