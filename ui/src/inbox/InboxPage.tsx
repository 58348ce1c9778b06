import { useInfiniteQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.ts";
import { Answer } from "../design/Answer.tsx";
import { EmptyState } from "../design/EmptyState.tsx";
import { LoadMore } from "../design/LoadMore.tsx";
import { Page } from "../design/Page.tsx";
import { Panel } from "../design/Panel.tsx";
import { EmptyInbox } from "./EmptyInbox.tsx";
import css from "./Inbox.module.css";
import { MailList } from "./MailList.tsx";
import { MailView } from "./MailView.tsx";

/** What the shop would have sent: the mails on the left, one of them on the right; on a phone one after the other. */
export function InboxPage() {
  const { t } = useTranslation();
  const { id } = useParams({ strict: false });
  const inbox = useInfiniteQuery(queries.inbox());
  const some = (inbox.data?.pages[0]?.mails.length ?? 0) > 0;
  return (
    <Page title={t("inbox.title")} lead={t("inbox.lead")} aside={some && <EmptyInbox />}>
      <Answer of={inbox}>
        {({ pages }) => {
          const mails = pages.flatMap((page) => page.mails);
          if (mails.length === 0) {
            return (
              <Panel>
                <EmptyState title={t("inbox.empty")} text={t("inbox.emptyText")} />
              </Panel>
            );
          }
          const shown = id ?? String(mails[0]?.id);
          return (
            <div className={css.halves} data-open={id !== undefined}>
              <Panel flush className={css.left}>
                <MailList mails={mails} shown={shown} />
                <LoadMore of={inbox} />
              </Panel>
              <div className={css.right}>
                <MailView id={shown} />
              </div>
            </div>
          );
        }}
      </Answer>
    </Page>
  );
}
