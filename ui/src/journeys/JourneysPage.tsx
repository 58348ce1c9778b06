import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.ts";
import { Answer } from "../design/Answer.tsx";
import { EmptyState } from "../design/EmptyState.tsx";
import { Page } from "../design/Page.tsx";
import { Panel } from "../design/Panel.tsx";
import { Snippet } from "../design/Snippet.tsx";
import { JourneyCard } from "./JourneyCard.tsx";
import css from "./Journeys.module.css";

/** All journeys with their people and what was sent. */
export function JourneysPage() {
  const { t } = useTranslation();
  const journeys = useQuery(queries.journeys());
  return (
    <Page title={t("journeys.title")} lead={t("journeys.lead")}>
      <Answer of={journeys}>
        {(found) =>
          found.length === 0 ? (
            <Panel>
              <EmptyState title={t("journeys.empty")} text={t("journeys.emptyText")}>
                <Snippet text="hourglass apply DIR" label={t("journeys.emptyText")} />
              </EmptyState>
            </Panel>
          ) : (
            <ul className={css.list}>
              {found.map((journey) => (
                <li key={journey.key}>
                  <JourneyCard journey={journey} />
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Page>
  );
}
