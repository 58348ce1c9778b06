import { Anchor, Group } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api } from "../api/endpoints.ts";
import { queries } from "../api/queries.ts";
import { Answer } from "../design/Answer.tsx";
import { Page } from "../design/Page.tsx";
import { Panel } from "../design/Panel.tsx";
import { Drawing } from "./Drawing.tsx";
import { JourneyNumbers } from "./JourneyNumbers.tsx";
import { JourneyState } from "./JourneyState.tsx";

/** One journey: its numbers, and its steps from top to bottom with the people on each. */
export function JourneyPage() {
  const { t, i18n } = useTranslation();
  const { key } = useParams({ from: "/inside/journeys/$key" });
  const journey = useQuery(queries.journey(key));
  return (
    <Page title={journey.data?.name ?? key} lead={journey.data?.definition.description} aside={<Back />}>
      <Answer of={journey}>
        {(found) => (
          <>
            <Panel>
              <Group mb="sm" gap="xs">
                <JourneyState state={found.state} />
                <span style={{ color: "var(--hg-soft)", fontSize: "0.85rem" }}>
                  {t("journeys.version", { version: found.version })}
                </span>
              </Group>
              <JourneyNumbers journey={found} />
            </Panel>
            <Panel
              title={t("journeys.steps")}
              aside={
                <Anchor href={api.reportAddress(key, i18n.language)} target="_blank" size="sm">
                  {t("journeys.report")}
                </Anchor>
              }
            >
              <Drawing journey={found} />
            </Panel>
          </>
        )}
      </Answer>
    </Page>
  );
}

function Back() {
  const { t } = useTranslation();
  return (
    <Anchor component={Link} to="/journeys" size="sm">
      <Group gap={4}>
        <IconArrowLeft size={16} aria-hidden /> {t("journeys.title")}
      </Group>
    </Anchor>
  );
}
