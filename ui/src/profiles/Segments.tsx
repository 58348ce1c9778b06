import { useTranslation } from "react-i18next";
import type { Person } from "../api/types.ts";
import { Panel } from "../design/Panel.tsx";
import { Pill } from "../design/Pill.tsx";
import css from "./PersonPage.module.css";

/** The groups this person is in at the moment. */
export function Segments({ segments }: { segments: Person["segments"] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t("person.segments")}>
      {segments.length === 0 && <p className={css.none}>{t("person.segmentsEmpty")}</p>}
      <div className={css.pills}>
        {segments.map((segment) => (
          <Pill key={segment.key} tone="calm">
            {segment.name}
          </Pill>
        ))}
      </div>
    </Panel>
  );
}
