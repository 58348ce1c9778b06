import { IconMail, IconMailOff, IconRoute, IconShieldCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { TimelineItem } from "../api/types.ts";
import icon from "../design/EventIcon.module.css";
import { EventIcon } from "../design/EventIcon.tsx";
import { FatePill } from "../design/FatePill.tsx";
import { GeneratedLabel } from "../design/GeneratedLabel.tsx";
import { Pill } from "../design/Pill.tsx";
import { useFormat } from "../i18n/format.ts";
import { useWord } from "../i18n/words.ts";
import css from "./Timeline.module.css";
import { TimelineDetail } from "./TimelineDetail.tsx";

/** One thing that happened: what, its state, and for a message that stayed, why. */
export function TimelineRow({ item }: { item: TimelineItem }) {
  const format = useFormat();
  return (
    <li className={css.row}>
      {iconOf(item)}
      <div className={css.text}>
        <div className={css.line}>
          <Title item={item} />
          {item.generated && <GeneratedLabel />}
        </div>
        <TimelineDetail item={item} />
      </div>
      <time className={`${css.when} num`} dateTime={item.at} title={format.full(item.at)}>
        {format.minute(item.at)}
      </time>
    </li>
  );
}

function Title({ item }: { item: TimelineItem }) {
  const { t } = useTranslation();
  const word = useWord();
  if (item.kind === "event") return <b title={item.title}>{word("event", item.title)}</b>;
  if (item.kind === "consent") {
    const granted = item.detail.granted === true;
    return (
      <>
        <b>
          {[word("channel", String(item.detail.channel ?? "")), item.detail.topic ?? item.title]
            .filter(Boolean)
            .join(" · ")}
        </b>
        <Pill tone={granted ? "good" : "quiet"}>{granted ? t("person.granted") : t("person.refused")}</Pill>
      </>
    );
  }
  return (
    <>
      <b>{item.title}</b>
      {item.state &&
        (item.kind === "message" ? (
          <FatePill state={item.state} />
        ) : (
          <Pill tone="quiet">{word("run", item.state)}</Pill>
        ))}
    </>
  );
}

function iconOf(item: TimelineItem): ReactNode {
  if (item.kind === "event") return <EventIcon name={item.title} />;
  const Shown =
    item.kind === "run"
      ? IconRoute
      : item.kind === "consent"
        ? IconShieldCheck
        : item.state === "withheld"
          ? IconMailOff
          : IconMail;
  return (
    <span className={icon.icon} aria-hidden>
      <Shown size={16} stroke={1.7} />
    </span>
  );
}
