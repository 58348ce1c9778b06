import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.ts";
import { Answer } from "../design/Answer.tsx";
import { Page } from "../design/Page.tsx";
import { Consents } from "./Consents.tsx";
import { Identifiers } from "./Identifiers.tsx";
import { PersonActions } from "./PersonActions.tsx";
import { PersonNumbers } from "./PersonNumbers.tsx";
import css from "./PersonPage.module.css";
import { Purchases } from "./Purchases.tsx";
import { Segments } from "./Segments.tsx";
import { Timeline } from "./Timeline.tsx";
import { Traits } from "./Traits.tsx";

/** Everything about one person. */
export function PersonPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: "/inside/people/$id" });
  const asked = useQuery(queries.person(id));
  const person = asked.data;
  const title = person?.name || person?.email || t("word.visitor", { id });
  return (
    <Page
      title={title}
      lead={person && [person.email, person.phone].filter((each) => each && each !== title).join(" · ")}
      aside={person && <PersonActions id={String(person.id)} name={title} />}
    >
      <Answer of={asked}>
        {(known) => (
          <>
            <PersonNumbers person={known} />
            <div className={css.columns}>
              <Timeline id={String(known.id)} />
              <div className={css.aside}>
                <Segments segments={known.segments} />
                <Consents consents={known.consents} />
                <Purchases orders={known.orders} carts={known.carts} />
                <Identifiers identities={known.identities} />
                <Traits traits={known.traits} />
              </div>
            </div>
          </>
        )}
      </Answer>
    </Page>
  );
}
