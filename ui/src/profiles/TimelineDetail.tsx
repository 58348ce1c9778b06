import { useTranslation } from "react-i18next";
import type { TimelineItem } from "../api/types.ts";
import { useFormat } from "../i18n/format.ts";
import { useWord } from "../i18n/words.ts";
import css from "./Timeline.module.css";

const NEWS = ["delivered", "opened", "clicked", "bounced"] as const;

/** The second line of what happened: how much of what, by which channel, what came of it, and why not. */
export function TimelineDetail({ item }: { item: TimelineItem }) {
  const { t } = useTranslation();
  const about = useAbout(item);
  const why = useWhy(item);
  return (
    <>
      {about && <div className={css.soft}>{about}</div>}
      {why && <div className={css.why}>{item.kind === "message" ? `${t("person.why")}: ${why}` : why}</div>}
    </>
  );
}

function useAbout({ kind, detail }: TimelineItem): string {
  const { t } = useTranslation();
  const format = useFormat();
  const word = useWord();
  const { summary, channel, source } = detail;
  const news = NEWS.flatMap((each) => {
    const at = detail[`${each}_at`];
    return typeof at === "string" ? [t(`person.${each}`, { time: format.moment(at) })] : [];
  });
  return [
    typeof summary === "string" && summary,
    kind === "message" && typeof channel === "string" && word("channel", channel),
    kind === "consent" && typeof source === "string" && source,
    ...news,
  ]
    .filter(Boolean)
    .join(" · ");
}

function useWhy({ kind, reason }: TimelineItem): string | undefined {
  const word = useWord();
  return reason ? word(kind === "run" ? "runEnd" : "reason", reason) : undefined;
}
