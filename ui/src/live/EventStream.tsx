import { ActionIcon, Tooltip } from "@mantine/core";
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { RecentEvent } from "../api/types.ts";
import { Panel } from "../design/Panel.tsx";
import { EventRow } from "./EventRow.tsx";
import { useHeld } from "./held.ts";
import css from "./Rows.module.css";

/** The latest events as they come; can be held still to read one. */
export function EventStream({ events }: { events: RecentEvent[] }) {
  const { t } = useTranslation();
  const { shown, held, toggle } = useHeld(events);
  const word = held ? t("word.resume") : t("word.pause");
  return (
    <Panel
      title={t("live.stream")}
      lead={held ? t("live.streamHeld") : undefined}
      flush
      aside={
        <Tooltip label={word} withArrow>
          <ActionIcon variant="subtle" color="gray" onClick={toggle} aria-label={word} aria-pressed={held}>
            {held ? <IconPlayerPlayFilled size={17} /> : <IconPlayerPauseFilled size={17} />}
          </ActionIcon>
        </Tooltip>
      }
    >
      {shown.length === 0 && <p className={css.none}>{t("live.streamEmpty")}</p>}
      <ul className={css.rows}>
        {keyed(shown).map(({ key, event }) => (
          <EventRow key={key} event={event} />
        ))}
      </ul>
      {shown.some((event) => event.generated) && (
        <p className={css.footnote}>
          <b>{t("live.footnote")}</b> {t("word.generatedWhy")}
        </p>
      )}
    </Panel>
  );
}

/** Events carry no id here; the same person doing the same thing in one moment is told apart by its order. */
function keyed(events: RecentEvent[]): { key: string; event: RecentEvent }[] {
  const seen = new Map<string, number>();
  return events
    .toReversed()
    .map((event) => {
      const base = `${event.at}|${event.name}|${event.profile_id}|${event.summary}`;
      const nth = seen.get(base) ?? 0;
      seen.set(base, nth + 1);
      return { key: `${base}|${nth}`, event };
    })
    .toReversed();
}
