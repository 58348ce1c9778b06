import { useTranslation } from "react-i18next";
import type { Live } from "../api/types.ts";
import { FatePill } from "../design/FatePill.tsx";
import { Panel } from "../design/Panel.tsx";
import { useFormat } from "../i18n/format.ts";
import { useWord } from "../i18n/words.ts";
import css from "./Fate.module.css";

const STATES = ["sent", "queued", "withheld", "failed", "unknown"] as const;

/** What became of all messages, and in words why some were not sent. */
export function Fate({ messages }: { messages: Live["messages"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const word = useWord();
  const shown = STATES.filter((state) => messages[state] > 0);
  const most = Math.max(1, ...messages.by_reason.map((reason) => reason.count));
  if (shown.length === 0) {
    return (
      <Panel title={t("live.fate")}>
        <p className={css.none}>{t("live.fateNothing")}</p>
      </Panel>
    );
  }
  return (
    <Panel title={t("live.fate")} lead={t("live.fateLead")}>
      <div className={css.bar} aria-hidden>
        {shown.map((state) => (
          <span key={state} data-state={state} style={{ flexGrow: messages[state] }} />
        ))}
      </div>
      <ul className={css.states}>
        {shown.map((state) => (
          <li key={state}>
            <FatePill state={state} /> <span className="num">{format.number(messages[state])}</span>
          </li>
        ))}
      </ul>
      {messages.by_reason.length === 0 && <p className={css.none}>{t("live.fateNone")}</p>}
      <ul className={css.reasons}>
        {messages.by_reason.map(({ reason, count }) => (
          <li key={reason} title={reason}>
            <span>{word("reason", reason)}</span>
            <span className="num">{format.number(count)}</span>
            <span className={css.share} style={{ width: `${(count / most) * 100}%` }} aria-hidden />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
