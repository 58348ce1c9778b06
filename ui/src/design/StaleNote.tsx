import { IconCloudOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/format.ts";
import css from "./StaleNote.module.css";

/** The server went away; the page keeps what it knew and says since when. `since`: epoch milliseconds. */
export function StaleNote({ since }: { since: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={css.note} role="status">
      <IconCloudOff size={18} stroke={1.7} aria-hidden />
      {t("failure.stale", { time: format.here(since) })}
    </div>
  );
}
