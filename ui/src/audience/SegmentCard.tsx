import { useTranslation } from "react-i18next";
import type { Segment, SegmentRow } from "../api/types.ts";
import { Panel } from "../design/Panel.tsx";
import { counted, useFormat } from "../i18n/format.ts";
import { said } from "../i18n/words.ts";
import { ConditionText } from "./ConditionText.tsx";
import { CountNow } from "./CountNow.tsx";
import css from "./SegmentsPage.module.css";

/** One segment: name, size, meaning; can be counted afresh. Without its document the server's own words must do. */
export function SegmentCard({ row, document }: { row: SegmentRow; document: Segment | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel>
      <article className={css.card}>
        <header>
          <div className={css.head}>
            <h2>{row.name}</h2>
            <span className={`${css.size} num`}>{t("segments.members", counted(format, row.members))}</span>
          </div>
          {document?.description && <p className={css.lead}>{document.description}</p>}
          {row.building && <p className={css.lead}>{t("segments.building")}</p>}
        </header>
        <div className={css.condition}>
          {document ? <ConditionText condition={document.when} /> : <p className={css.plain}>{said(row.words)}</p>}
        </div>
        {document && <CountNow condition={document.when} />}
      </article>
    </Panel>
  );
}
