import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.ts";
import type { Preview, Segment } from "../api/types.ts";
import { Panel } from "../design/Panel.tsx";
import { counted, useFormat } from "../i18n/format.ts";
import { ConditionText } from "./ConditionText.tsx";
import css from "./SegmentsPage.module.css";

/** One segment: name, size, meaning; can be counted afresh on all events. */
export function SegmentCard({ segment }: { segment: Segment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const preview = useQuery(queries.preview(segment.when));
  const known = segment.members !== null && segment.members !== undefined;
  return (
    <Panel>
      <article className={css.card}>
        <header>
          <div className={css.head}>
            <h2>{segment.name ?? segment.key}</h2>
            <span className={`${css.size} num`} data-known={known}>
              {known ? t("segments.members", counted(format, segment.members ?? 0)) : t("segments.building")}
            </span>
          </div>
          {segment.description && <p className={css.lead}>{segment.description}</p>}
        </header>
        <div className={css.condition}>
          <ConditionText condition={segment.when} />
        </div>
        <footer className={css.foot}>
          <Button size="xs" variant="default" loading={preview.isFetching} onClick={() => preview.refetch()}>
            {t("segments.count")}
          </Button>
          <span role="status">
            {preview.isError ? preview.error.message : preview.data && <Counted preview={preview.data} />}
          </span>
        </footer>
      </article>
    </Panel>
  );
}

function Counted({ preview }: { preview: Preview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = preview.sample.slice(0, 3).map((each) => each.name ?? each.email ?? t("word.visitor", { id: each.id }));
  return (
    <>
      <b>{t("segments.counted", counted(format, preview.count))}</b>
      {names.length > 0 && <> · {t("segments.such", { names: names.join(", ") })}</>}
    </>
  );
}
