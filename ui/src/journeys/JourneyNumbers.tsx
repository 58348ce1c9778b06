import { useTranslation } from "react-i18next";
import type { JourneyRow } from "../api/types.ts";
import { useFormat } from "../i18n/format.ts";
import css from "./Journeys.module.css";

const COUNTS = ["entered", "waiting", "finished", "exited", "sent", "withheld", "goal"] as const;

/** How many came, where they are, and what was said to them. */
export function JourneyNumbers({ journey }: { journey: JourneyRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <dl className={css.counts}>
      {COUNTS.map((name) => {
        const count = journey[name];
        return typeof count === "number" ? (
          <div key={name} data-quiet={count === 0}>
            <dt>{t(`journeys.${name}`)}</dt>
            <dd className="num">{format.number(count)}</dd>
          </div>
        ) : null;
      })}
    </dl>
  );
}
