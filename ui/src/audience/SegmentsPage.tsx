import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.ts";
import { Answer } from "../design/Answer.tsx";
import { EmptyState } from "../design/EmptyState.tsx";
import { Page } from "../design/Page.tsx";
import { Panel } from "../design/Panel.tsx";
import { Snippet } from "../design/Snippet.tsx";
import { SegmentCard } from "./SegmentCard.tsx";
import css from "./SegmentsPage.module.css";

/** All segments with their size and what they mean. */
export function SegmentsPage() {
  const { t } = useTranslation();
  const segments = useQuery(queries.segments());
  const documents = useQuery(queries.segmentDocuments()).data ?? [];
  return (
    <Page title={t("segments.title")} lead={t("segments.lead")}>
      <Answer of={segments}>
        {(found) =>
          found.length === 0 ? (
            <Panel>
              <EmptyState title={t("segments.empty")} text={t("segments.emptyText")}>
                <Snippet text="hourglass apply DIR" label={t("segments.emptyText")} />
              </EmptyState>
            </Panel>
          ) : (
            <div className={css.cards}>
              {found.map((row) => (
                <SegmentCard key={row.key} row={row} document={documents.find((each) => each.key === row.key)} />
              ))}
            </div>
          )
        }
      </Answer>
    </Page>
  );
}
