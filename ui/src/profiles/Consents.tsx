import { useTranslation } from "react-i18next";
import type { Person } from "../api/types.ts";
import { Panel } from "../design/Panel.tsx";
import { Pill } from "../design/Pill.tsx";
import { useFormat } from "../i18n/format.ts";
import { useWord } from "../i18n/words.ts";
import css from "./PersonPage.module.css";

/** What the person agreed to, on which channel, since when and by whose word. */
export function Consents({ consents }: { consents: Person["consents"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const word = useWord();
  return (
    <Panel title={t("person.consents")}>
      {consents.length === 0 && <p className={css.none}>{t("person.consentsEmpty")}</p>}
      <ul className={css.list}>
        {consents.map((consent) => (
          <li key={`${consent.channel} ${consent.topic} ${consent.at}`}>
            <span>
              {word("channel", consent.channel)} · {consent.topic}
            </span>
            <Pill tone={consent.granted ? "good" : "quiet"}>
              {consent.granted ? t("person.granted") : t("person.refused")}
            </Pill>
            <span className={css.soft} style={{ width: "100%" }}>
              {t("person.consentFrom", { date: format.date(consent.at), source: consent.source })}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
