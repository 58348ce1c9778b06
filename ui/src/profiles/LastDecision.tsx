import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../api/endpoints.ts";
import type { Decision, MergeReview } from "../api/types.ts";
import { Panel } from "../design/Panel.tsx";

export type Decided = { review: MergeReview; decision: Decision };

/** What was just decided, and the way back. */
export function LastDecision({ decided: { review, decision } }: { decided: Decided }) {
  const { t } = useTranslation();
  const asking = useQueryClient();
  const undo = useMutation({
    mutationFn: () => api.undoMerge(review.low, review.high),
    onSuccess: () => asking.invalidateQueries({ queryKey: ["merge-reviews"] }),
  });
  const names = { left: nameOf(review.left), right: nameOf(review.right) };
  const said = undo.isSuccess
    ? t("reviews.undone")
    : t(decision === "merge" ? "reviews.merged" : "reviews.rejected", names);
  return (
    <Panel>
      <Group justify="space-between" role="status">
        <span>{undo.isError ? undo.error.message : said}</span>
        {decision === "merge" && !undo.isSuccess && (
          <Button variant="default" size="xs" loading={undo.isPending} onClick={() => undo.mutate()}>
            {t("reviews.undo")}
          </Button>
        )}
      </Group>
    </Panel>
  );
}

function nameOf(side: MergeReview["left"]): string {
  return side.name ?? side.email ?? String(side.id);
}
