import {
  IconArrowsJoin,
  IconChecklist,
  IconHeartbeat,
  IconInbox,
  IconMailExclamation,
  IconRoute,
  IconUsers,
  IconUsersGroup,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import css from "./Nav.module.css";

const SECTIONS = [
  {
    name: "shop",
    pages: [
      { to: "/", word: "live", Icon: IconHeartbeat },
      { to: "/people", word: "people", Icon: IconUsers },
      { to: "/segments", word: "segments", Icon: IconUsersGroup },
    ],
  },
  {
    name: "talking",
    pages: [
      { to: "/journeys", word: "journeys", Icon: IconRoute },
      { to: "/tasks", word: "tasks", Icon: IconChecklist },
      { to: "/inbox", word: "inbox", Icon: IconInbox },
    ],
  },
  {
    name: "upkeep",
    pages: [
      { to: "/dead-letters", word: "deadLetters", Icon: IconMailExclamation },
      { to: "/merge-reviews", word: "mergeReviews", Icon: IconArrowsJoin },
    ],
  },
] as const;

/** The sections of the admin, in the order of the day's work. */
export function Nav() {
  const { t } = useTranslation();
  return SECTIONS.map(({ name, pages }) => (
    <div key={name} className={css.section}>
      <p className={css.label}>{t(`nav.${name}`)}</p>
      {pages.map(({ to, word, Icon }) => (
        <Link key={to} to={to} className={css.link} activeOptions={{ exact: to === "/" }}>
          <Icon size={19} stroke={1.6} aria-hidden />
          {t(`nav.${word}`)}
        </Link>
      ))}
    </div>
  ));
}
