import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Decision, MergeReview, ReviewSide } from "../api/types.ts";
import { Panel } from "../design/Panel.tsx";
import { PersonLink } from "../design/PersonLink.tsx";
import { useFormat } from "../i18n/format.ts";
import { useWord } from "../i18n/words.ts";
import css from "./ReviewPair.module.css";

type Props = { review: MergeReview; busy: boolean; decide: (decision: Decision) => void };

/** Two people side by side, what speaks for their being one, and the decision. */
export function ReviewPair({ review, busy, decide }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const word = useWord();
  return (
    <Panel>
      <article>
        <div className={css.sides}>
          <Side side={review.left} />
          <Side side={review.right} />
        </div>
        <section className={css.evidence}>
          <h2>{t("reviews.evidence")}</h2>
          <ul>
            {review.evidence.map((each) => (
              <li key={`${each.kind} ${each.value} ${each.at}`}>
                <b>{word("reviews.evidenceKind", each.kind)}</b>
                <code>{each.value}</code>
                <span>{format.moment(each.at)}</span>
              </li>
            ))}
          </ul>
        </section>
        <Group gap="xs" mt="md">
          <Button disabled={busy} onClick={() => decide("merge")}>
            {t("reviews.merge")}
          </Button>
          <Button variant="default" disabled={busy} onClick={() => decide("reject")}>
            {t("reviews.reject")}
          </Button>
        </Group>
      </article>
    </Panel>
  );
}

function Side({ side }: { side: ReviewSide }) {
  const { t } = useTranslation();
  const format = useFormat();
  const facts: [string, string | null][] = [
    [t("person.identity.email"), side.email],
    [t("person.identity.phone"), side.phone],
    [t("person.orders"), `${format.number(side.orders)} · ${format.money(side.revenue)}`],
    [t("person.first"), format.date(side.first_seen_at)],
    [t("person.last"), format.moment(side.last_seen_at)],
  ];
  return (
    <div className={css.side}>
      <PersonLink id={side.id} name={side.name ?? side.email} />
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="num">{value ?? "—"}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
