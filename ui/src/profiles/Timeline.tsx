import { SegmentedControl } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.ts";
import type { TimelineItem, TimelineKind } from "../api/types.ts";
import { Answer } from "../design/Answer.tsx";
import { LoadMore } from "../design/LoadMore.tsx";
import { Panel } from "../design/Panel.tsx";
import { useFormat } from "../i18n/format.ts";
import { useShopNow } from "../session/now.ts";
import { byDay } from "./days.ts";
import css from "./Timeline.module.css";
import { TimelineRow } from "./TimelineRow.tsx";

const FILTERS = ["all", "event", "message", "run", "consent"] as const;

/** Everything that happened to one person, newest first, day by day. */
export function Timeline({ id }: { id: string }) {
  const { t } = useTranslation();
  const [filter, choose] = useState<"all" | TimelineKind>("all");
  const timeline = useInfiniteQuery(queries.timeline(id));
  return (
    <Panel title={t("person.timeline")}>
      <SegmentedControl
        size="xs"
        mb="sm"
        className={css.filter}
        aria-label={t("person.timeline")}
        value={filter}
        onChange={(value) => choose(value as typeof filter)}
        data={FILTERS.map((value) => ({ value, label: t(`person.filter.${value}`) }))}
      />
      <Answer of={timeline}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return <Days items={items.filter((item) => filter === "all" || item.kind === filter)} />;
        }}
      </Answer>
      <LoadMore of={timeline} />
    </Panel>
  );
}

function Days({ items }: { items: TimelineItem[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const today = format.dayKey(useShopNow());
  if (items.length === 0) return <p className={css.none}>{t("person.timelineEmpty")}</p>;
  return byDay(items, format.dayKey).map(({ day, rows }) => (
    <section key={day} className={css.day}>
      <h3>{day === today ? t("person.today") : format.day(rows[0].item.at)}</h3>
      <ol>
        {rows.map(({ key, item }) => (
          <TimelineRow key={key} item={item} />
        ))}
      </ol>
    </section>
  ));
}
