import { useTranslation } from "react-i18next";
import type { Person } from "../api/types.ts";
import { Panel } from "../design/Panel.tsx";
import { spelled } from "../i18n/words.ts";
import css from "./PersonPage.module.css";

/** What was told about the person, word for word. */
export function Traits({ traits }: { traits: Person["traits"] }) {
  const { t } = useTranslation();
  const known = Object.entries(traits);
  return (
    <Panel title={t("person.traits")}>
      {known.length === 0 && <p className={css.none}>{t("person.traitsEmpty")}</p>}
      <ul className={css.list}>
        {known.map(([name, value]) => (
          <li key={name}>
            <span className={css.soft}>{spelled(name)}</span>
            <span className={css.pair}>{typeof value === "string" ? value : JSON.stringify(value)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
