import { useTranslation } from "react-i18next";
import type { PersonRow } from "../api/types.ts";
import { PersonLink } from "../design/PersonLink.tsx";
import { Pill } from "../design/Pill.tsx";
import { useFormat } from "../i18n/format.ts";
import { useShopNow } from "../session/now.ts";
import css from "./PeopleTable.module.css";

/** People as a table; on a phone each row folds into a card of two lines. */
export function PeopleTable({ people }: { people: PersonRow[] }) {
  const { t } = useTranslation();
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th scope="col">{t("people.name")}</th>
          <th scope="col">{t("people.contact")}</th>
          <th scope="col" data-number>
            {t("people.orders")}
          </th>
          <th scope="col" data-number>
            {t("people.value")}
          </th>
          <th scope="col" data-number>
            {t("people.seen")}
          </th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <PersonLine key={person.id} person={person} />
        ))}
      </tbody>
    </table>
  );
}

function PersonLine({ person }: { person: PersonRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useShopNow();
  return (
    <tr>
      <th scope="row">
        <div className={css.name}>
          <PersonLink id={person.id} name={person.name ?? person.email} />
          {!person.known && <Pill tone="quiet">{t("person.visitor")}</Pill>}
        </div>
      </th>
      <td className={css.contact}>
        <span className="clip">{person.email ?? person.phone}</span>
      </td>
      <td data-number className="num" data-label={t("people.orders")}>
        {format.number(person.orders)}
      </td>
      <td data-number className="num">
        {format.money(person.revenue)}
      </td>
      <td data-number className={`${css.seen} num`} title={format.full(person.last_seen_at)}>
        {format.ago(person.last_seen_at, now)}
      </td>
    </tr>
  );
}
