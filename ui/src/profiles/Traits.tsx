import { useTranslation } from "react-i18next";
import type { Person } from "../api/types.ts";
import { GeneratedLabel } from "../design/GeneratedLabel.tsx";
import { Panel } from "../design/Panel.tsx";
import { spelled } from "../i18n/words.ts";
import css from "./PersonPage.module.css";

/** The demo lists here which of the traits it made up. */
const MADE_UP = "generated_fields";

/** What was told about the person, word for word. */
export function Traits({ traits }: { traits: Person["traits"] }) {
  const { t } = useTranslation();
  const known = Object.entries(traits).filter(([name]) => name !== MADE_UP);
  const madeUp = Array.isArray(traits[MADE_UP]) ? traits[MADE_UP] : [];
  return (
    <Panel title={t("person.traits")}>
      {known.length === 0 && <p className={css.none}>{t("person.traitsEmpty")}</p>}
      <ul className={css.list}>
        {known.map(([name, value]) => (
          <li key={name}>
            <span className={css.soft}>
              {spelled(name)} {madeUp.includes(name) && <GeneratedLabel />}
            </span>
            <span className={css.pair}>{typeof value === "string" ? value : JSON.stringify(value)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
