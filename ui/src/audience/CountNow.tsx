import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.ts";
import type { Condition, Preview } from "../api/types.ts";
import { counted, useFormat } from "../i18n/format.ts";
import css from "./SegmentsPage.module.css";

const NAMES = 3;

/** Counts a condition over everybody, on demand, and names a few of them. */
export function CountNow({ condition }: { condition: Condition }) {
  const { t } = useTranslation();
  const preview = useQuery(queries.preview(condition));
  return (
    <footer className={css.foot}>
      <Button size="xs" variant="default" loading={preview.isFetching} onClick={() => preview.refetch()}>
        {t("segments.count")}
      </Button>
      <span role="status">
        {preview.isError
          ? preview.error.message || t("failure.away")
          : preview.data && <Counted preview={preview.data} />}
      </span>
    </footer>
  );
}

function Counted({ preview }: { preview: Preview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const names = preview.sample
    .slice(0, NAMES)
    .map((each) => each.name ?? each.email ?? t("word.visitor", { id: each.id }));
  return (
    <>
      <b>{t("segments.counted", counted(format, preview.count))}</b>
      {names.length > 0 && <> · {t("segments.such", { names: names.join(", ") })}</>}
    </>
  );
}
