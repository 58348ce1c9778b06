import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Id } from "../api/types.ts";
import css from "./PersonLink.module.css";

/** A person by name, or by number while nobody knows it. */
export function PersonLink({ id, name }: { id: Id; name: string | null | undefined }) {
  const { t } = useTranslation();
  return (
    <Link to="/people/$id" params={{ id: String(id) }} className={`${css.link} clip`}>
      {name || t("word.visitor", { id })}
    </Link>
  );
}
