import { Link } from "@tanstack/react-router";
import type { JourneyRow } from "../api/types.ts";
import { Panel } from "../design/Panel.tsx";
import link from "../design/PersonLink.module.css";
import { JourneyNumbers } from "./JourneyNumbers.tsx";
import { JourneyState } from "./JourneyState.tsx";
import css from "./Journeys.module.css";

/** One journey in the list. */
export function JourneyCard({ journey }: { journey: JourneyRow }) {
  return (
    <Panel>
      <article className={css.card}>
        <div className={css.name}>
          <Link to="/journeys/$key" params={{ key: journey.key }} className={link.link}>
            {journey.name ?? journey.key}
          </Link>
          <JourneyState state={journey.state} />
        </div>
        <JourneyNumbers journey={journey} />
      </article>
    </Panel>
  );
}
