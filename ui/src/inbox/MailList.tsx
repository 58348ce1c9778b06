import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { MailRow } from "../api/types.ts";
import { useFormat } from "../i18n/format.ts";
import css from "./Inbox.module.css";

/** The mails, newest first; new ones appear on top by themselves. */
export function MailList({ mails, shown }: { mails: MailRow[]; shown: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ul className={css.list} aria-label={t("inbox.list")}>
      {mails.map((mail) => (
        <li key={mail.id}>
          <Link
            to="/inbox/$id"
            params={{ id: String(mail.id) }}
            className={css.mail}
            data-shown={String(mail.id) === shown}
            aria-current={String(mail.id) === shown ? "true" : undefined}
          >
            <div className={css.top}>
              <span className="clip">{mail.recipient}</span>
              <time className="num" dateTime={mail.received_at} style={{ flex: "none" }}>
                {format.moment(mail.received_at)}
              </time>
            </div>
            <div className={`${css.subject} clip`}>{mail.subject}</div>
            <div className={`${css.preview} clip`}>{mail.preview}</div>
          </Link>
        </li>
      ))}
    </ul>
  );
}
