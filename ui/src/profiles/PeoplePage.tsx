import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.ts";
import { Answer } from "../design/Answer.tsx";
import { EmptyState } from "../design/EmptyState.tsx";
import { LoadMore } from "../design/LoadMore.tsx";
import { Page } from "../design/Page.tsx";
import { Panel } from "../design/Panel.tsx";
import { PeopleTable } from "./PeopleTable.tsx";

/** Everybody, found by a piece of a name or an identifier. */
export function PeoplePage() {
  const { t } = useTranslation();
  const [typed, type] = useState("");
  const [search] = useDebouncedValue(typed.trim(), 250);
  const people = useInfiniteQuery(queries.people(search));
  return (
    <Page title={t("people.title")} lead={t("people.lead")}>
      <TextInput
        type="search"
        size="md"
        maw={460}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
        placeholder={t("people.search")}
        aria-label={t("people.search")}
        leftSection={<IconSearch size={18} stroke={1.7} aria-hidden />}
      />
      <Panel flush>
        <Answer of={people}>
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.people);
            if (rows.length === 0) return <Nobody search={search} />;
            return <PeopleTable people={rows} />;
          }}
        </Answer>
        <LoadMore of={people} />
      </Panel>
    </Page>
  );
}

function Nobody({ search }: { search: string }) {
  const { t } = useTranslation();
  return search ? (
    <EmptyState title={t("people.noMatch", { search })} text={t("people.noMatchText")} />
  ) : (
    <EmptyState title={t("people.empty")} text={t("people.emptyText")} />
  );
}
