import { useTranslation } from "react-i18next";
import type { Person } from "../api/types.ts";
import { Panel } from "../design/Panel.tsx";
import { counted, useFormat } from "../i18n/format.ts";
import { useWord } from "../i18n/words.ts";
import css from "./PersonPage.module.css";

const SHOWN = 8;

/** By what this person is recognised. */
export function Identifiers({ identities }: { identities: Person["identities"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const word = useWord();
  const more = identities.length - SHOWN;
  return (
    <Panel title={t("person.identifiers")}>
      <ul className={css.list}>
        {identities.slice(0, SHOWN).map(({ kind, value }) => (
          <li key={`${kind} ${value}`}>
            <span className={css.soft}>{word("person.identity", kind)}</span>
            <span className={css.pair}>{value}</span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className={css.none}>{t("person.identitiesMore", counted(format, more))}</p>}
    </Panel>
  );
}
