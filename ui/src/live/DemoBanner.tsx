import { useTranslation } from "react-i18next";
import { Pill } from "../design/Pill.tsx";
import { useFormat } from "../i18n/format.ts";
import { useSession } from "../session/current.ts";
import css from "./DemoBanner.module.css";

/** In the demo: what time it is in the shop, how fast time goes, and whether everything was caught up. */
export function DemoBanner({ now }: { now: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { demo } = useSession();
  if (!demo) return null;
  return (
    <aside className={css.banner} aria-label={t("demo.title")}>
      <strong>{t("demo.title")}</strong>
      <span className="num">{t("demo.clock", { time: format.moment(now) })}</span>
      {!demo.caught_up && (
        <span>{demo.rate === 1 ? t("demo.realTime") : t("demo.rate", { rate: format.number(demo.rate) })}</span>
      )}
      <Pill tone={demo.caught_up ? "good" : "held"}>{demo.caught_up ? t("demo.live") : t("demo.behind")}</Pill>
      <span className={css.about}>
        {t("demo.about")}
        {demo.generated_share !== undefined &&
          ` ${t("demo.generated", { share: format.percent(demo.generated_share) })}`}
      </span>
    </aside>
  );
}
