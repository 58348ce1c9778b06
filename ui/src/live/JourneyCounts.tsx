import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { JourneyRow } from "../api/types.ts";
import { Panel } from "../design/Panel.tsx";
import link from "../design/PersonLink.module.css";
import { useFormat } from "../i18n/format.ts";
import css from "./JourneyCounts.module.css";
import rows from "./Rows.module.css";

const STATES = ["waiting", "finished", "exited"] as const;

/** Each journey with its people by state. */
export function JourneyCounts({ journeys }: { journeys: JourneyRow[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (journeys.length === 0) {
    return (
      <Panel title={t("live.journeys")} flush>
        <p className={rows.none}>{t("live.journeysEmpty")}</p>
      </Panel>
    );
  }
  return (
    <Panel title={t("live.journeys")}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">{t("nav.journeys")}</span>
            </th>
            {STATES.map((state) => (
              <th key={state} scope="col">
                {t(`journeys.${state}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {journeys.map((journey) => (
            <tr key={journey.key}>
              <th scope="row">
                <Link to="/journeys/$key" params={{ key: journey.key }} className={link.link}>
                  {journey.name || journey.key}
                </Link>
              </th>
              {STATES.map((state) => (
                <td key={state} className="num">
                  {format.number(journey[state])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
