import { useTranslation } from "react-i18next";
import { api } from "../api/endpoints.ts";
import type { Mail } from "../api/types.ts";
import css from "./Inbox.module.css";

export type Side = "mail" | "text" | "headers";
export type Width = "desktop" | "phone";

/** The mail itself. Its HTML lives in a sandbox: no scripts, no reach into the admin; links open in a new tab. */
export function MailBody({ mail, side, width }: { mail: Mail; side: Side; width: Width }) {
  const { t } = useTranslation();
  if (side === "headers") return <Plain text={mail.headers.map(([name, value]) => `${name}: ${value}`).join("\n")} />;
  if (side === "text") return <Plain text={mail.text ?? t("inbox.noText")} />;
  if (!mail.html) return <Plain text={`${t("inbox.noHtml")}\n\n${mail.text ?? ""}`} />;
  return (
    <div className={css.stage}>
      <iframe
        className={css.frame}
        data-width={width}
        title={t("inbox.frame")}
        src={api.mailAddress(mail.id)}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
      />
    </div>
  );
}

function Plain({ text }: { text: string }) {
  return (
    <div className={css.stage}>
      <pre className={css.text}>{text}</pre>
    </div>
  );
}
