import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/endpoints.ts";
import { queries } from "../api/queries.ts";
import type { Decision, MergeReview } from "../api/types.ts";
import { Answer } from "../design/Answer.tsx";
import { EmptyState } from "../design/EmptyState.tsx";
import { Page } from "../design/Page.tsx";
import { Panel } from "../design/Panel.tsx";
import { type Decided, LastDecision } from "./LastDecision.tsx";
import { ReviewPair } from "./ReviewPair.tsx";

/** Pairs of known people who may be one, each waiting for a decision. */
export function MergeReviewsPage() {
  const { t } = useTranslation();
  const asking = useQueryClient();
  const reviews = useQuery(queries.mergeReviews());
  const [last, remember] = useState<Decided | null>(null);
  const decide = useMutation({
    mutationFn: ({ review, decision }: { review: MergeReview; decision: Decision }) =>
      api.decide(review.low, review.high, decision),
    onSuccess: async (_, decided) => {
      remember(decided);
      await asking.invalidateQueries({ queryKey: ["merge-reviews"] });
    },
  });
  return (
    <Page title={t("reviews.title")} lead={t("reviews.lead")}>
      {last && <LastDecision decided={last} />}
      <Answer of={reviews}>
        {(found) =>
          found.reviews.length === 0 ? (
            <Panel>
              <EmptyState title={t("reviews.empty")} text={t("reviews.emptyText")} />
            </Panel>
          ) : (
            found.reviews.map((review) => (
              <ReviewPair
                key={`${review.low}-${review.high}`}
                review={review}
                busy={decide.isPending}
                decide={(decision) => decide.mutate({ review, decision })}
              />
            ))
          )
        }
      </Answer>
    </Page>
  );
}
