import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.ts";
import type { Live } from "../api/types.ts";
import { Answer } from "../design/Answer.tsx";
import { Page } from "../design/Page.tsx";
import { DemoBanner } from "./DemoBanner.tsx";
import { EventStream } from "./EventStream.tsx";
import { Fate } from "./Fate.tsx";
import { FirstEvent } from "./FirstEvent.tsx";
import { Headline } from "./Headline.tsx";
import { HourPanel } from "./HourPanel.tsx";
import { JourneyCounts } from "./JourneyCounts.tsx";
import css from "./LivePage.module.css";
import { LiveSkeleton } from "./LiveSkeleton.tsx";
import { Pulse } from "./Pulse.tsx";
import { RecentMessages } from "./RecentMessages.tsx";

/** The shop right now, asked for every second while somebody looks. */
export function LivePage() {
  const { t } = useTranslation();
  const live = useQuery(queries.live());
  return (
    <Page
      title={t("live.title")}
      lead={t("live.lead")}
      aside={live.data && <Pulse now={live.data.now} beating={!live.isError} />}
    >
      <Answer of={live} waiting={<LiveSkeleton />}>
        {(now) => (
          <>
            <DemoBanner now={now.now} />
            {now.events.total === 0 ? <FirstEvent /> : <Shop live={now} />}
          </>
        )}
      </Answer>
    </Page>
  );
}

/** As many as one reads at a glance. */
const EVENTS = 12;

function Shop({ live }: { live: Live }) {
  return (
    <>
      <Headline live={live} />
      <div className={css.wide}>
        <HourPanel series={live.series} />
        <Fate messages={live.messages} />
      </div>
      <div className={css.halves}>
        <EventStream events={live.recent_events.slice(0, EVENTS)} />
        <div className={css.stack}>
          <RecentMessages messages={live.messages} />
          <JourneyCounts journeys={live.runs.by_journey} />
        </div>
      </div>
    </>
  );
}
