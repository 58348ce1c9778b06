import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/format.ts";
import css from "./Pulse.module.css";

/** A beating dot: the numbers are of this second. It stands still when they are not. */
export function Pulse({ now, beating }: { now: string; beating: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className={css.pulse} data-beating={beating}>
      <span className={css.dot} aria-hidden />
      <span className="num">{t("live.updated", { time: format.clock(now) })}</span>
    </span>
  );
}
