import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../api/endpoints.ts";
import { queries } from "../api/queries.ts";
import type { Id } from "../api/types.ts";
import { Answer } from "../design/Answer.tsx";
import { EmptyState } from "../design/EmptyState.tsx";
import { LoadMore } from "../design/LoadMore.tsx";
import { Page } from "../design/Page.tsx";
import { Panel } from "../design/Panel.tsx";
import { counted, useFormat } from "../i18n/format.ts";
import { LetterRow } from "./LetterRow.tsx";
import css from "./Letters.module.css";
import { ReplayAll } from "./ReplayAll.tsx";
import { ReplayResult } from "./ReplayResult.tsx";

/** Events that could not be processed: why, what they were, and the way back into the log. */
export function DeadLettersPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const asking = useQueryClient();
  const letters = useInfiniteQuery(queries.deadLetters());
  const replay = useMutation({
    mutationFn: (ids: Id[] | "all") => api.replay(ids),
    onSuccess: () => asking.invalidateQueries({ queryKey: ["dead-letters"] }),
  });
  const total = letters.data?.pages[0]?.total ?? letters.data?.pages.flatMap((page) => page.letters).length ?? 0;
  const busy = replay.isPending ? replay.variables : undefined;
  return (
    <Page
      title={t("letters.title")}
      lead={t("letters.lead")}
      aside={total > 0 && <ReplayAll total={total} busy={busy === "all"} replay={() => replay.mutate("all")} />}
    >
      <ReplayResult replay={replay} />
      <Answer of={letters}>
        {({ pages }) => {
          const found = pages.flatMap((page) => page.letters);
          if (found.length === 0) {
            return (
              <Panel>
                <EmptyState title={t("letters.empty")} text={t("letters.emptyText")} />
              </Panel>
            );
          }
          return (
            <Panel title={t("letters.total", counted(format, total))} flush>
              <ul className={css.list}>
                {found.map((letter) => (
                  <LetterRow
                    key={letter.id}
                    letter={letter}
                    busy={Array.isArray(busy) && busy.includes(letter.id)}
                    replay={() => replay.mutate([letter.id])}
                  />
                ))}
              </ul>
              <LoadMore of={letters} />
            </Panel>
          );
        }}
      </Answer>
    </Page>
  );
}
