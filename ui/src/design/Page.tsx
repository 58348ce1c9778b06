import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import css from "./Page.module.css";

type Props = { title: string; lead?: ReactNode; aside?: ReactNode; children: ReactNode };

/** A page: its name (also of the browser tab), one sentence on what it is for, and what it shows. */
export function Page({ title, lead, aside, children }: Props) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t("app.name")}`;
  }, [title, t]);
  return (
    <div className={css.page}>
      <header className={css.head}>
        <div>
          <h1 className={css.title}>{title}</h1>
          {lead && <p className={css.lead}>{lead}</p>}
        </div>
        {aside}
      </header>
      {children}
    </div>
  );
}
