import { useTranslation } from "react-i18next";
import type { Live, RecentMessage } from "../api/types.ts";
import { FatePill } from "../design/FatePill.tsx";
import { Panel } from "../design/Panel.tsx";
import { PersonLink } from "../design/PersonLink.tsx";
import { useFormat } from "../i18n/format.ts";
import { useWord } from "../i18n/words.ts";
import css from "./Rows.module.css";

const SHOWN = 8;

/** The last messages with what became of them; a message that stayed says why. */
export function RecentMessages({ messages }: { messages: Live["messages"] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t("live.recent")} flush>
      {messages.recent.length === 0 && <p className={css.none}>{t("live.recentEmpty")}</p>}
      <ul className={css.rows}>
        {messages.recent.slice(0, SHOWN).map((message) => (
          <MessageRow key={message.id} message={message} />
        ))}
      </ul>
    </Panel>
  );
}

function MessageRow({ message }: { message: RecentMessage }) {
  const format = useFormat();
  const word = useWord();
  const why = message.reason && word("reason", message.reason);
  return (
    <li className={css.row}>
      <div className={css.what}>
        <div className={css.line}>
          <PersonLink id={message.profile_id} name={message.name} />
          <span className={css.soft}>{word("channel", message.channel)}</span>
        </div>
        <div className={`${css.soft} ${css.sentence} clip`}>{why || message.subject || message.template}</div>
      </div>
      <div className={css.aside}>
        <FatePill state={message.state} />
        <time className={`${css.when} num`} dateTime={message.at} title={format.full(message.at)}>
          {format.clock(message.at)}
        </time>
      </div>
    </li>
  );
}
