import { NativeSelect, SegmentedControl } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/endpoints.ts";
import { queries } from "../api/queries.ts";
import type { Id, Task } from "../api/types.ts";
import { Answer } from "../design/Answer.tsx";
import { EmptyState } from "../design/EmptyState.tsx";
import { Page } from "../design/Page.tsx";
import { Panel } from "../design/Panel.tsx";
import { Alerts } from "./Alerts.tsx";
import { TaskRow } from "./TaskRow.tsx";
import css from "./Tasks.module.css";

type Which = "open" | "done";
const EVERYBODY = "";

/** What journeys ask people to do, by team, the most urgent first; above it what they tell. */
export function TasksPage() {
  const { t } = useTranslation();
  const asking = useQueryClient();
  const [which, show] = useState<Which>("open");
  const [team, choose] = useState(EVERYBODY);
  const tasks = useQuery(queries.tasks(which === "done"));
  const act = useMutation({
    mutationFn: ({ id, take }: { id: Id; take: boolean }) => (take ? api.takeTask(id) : api.finishTask(id)),
    onSuccess: () => asking.invalidateQueries({ queryKey: ["tasks"] }),
  });
  return (
    <Page title={t("tasks.title")} lead={t("tasks.lead")}>
      <Alerts />
      <div className={css.tools}>
        <SegmentedControl
          value={which}
          onChange={(next) => show(next as Which)}
          data={(["open", "done"] as const).map((value) => ({ value, label: t(`tasks.${value}`) }))}
        />
        <NativeSelect
          aria-label={t("tasks.team")}
          data={[{ value: EVERYBODY, label: t("tasks.everybody") }, ...teams(tasks.data)]}
          value={team}
          onChange={(event) => choose(event.currentTarget.value)}
        />
      </div>
      <Answer of={tasks}>
        {(all) => {
          const found = all.filter((task) => team === EVERYBODY || task.assignee === team);
          return (
            <Panel flush>
              {found.length === 0 ? (
                <EmptyState title={t(`tasks.empty.${which}`)} text={t("tasks.emptyText")} />
              ) : (
                <ul className={css.list}>
                  {found.map((task) => (
                    <TaskRow
                      key={task.id}
                      task={task}
                      busy={act.isPending && act.variables.id === task.id}
                      take={() => act.mutate({ id: task.id, take: true })}
                      finish={() => act.mutate({ id: task.id, take: false })}
                    />
                  ))}
                </ul>
              )}
            </Panel>
          );
        }}
      </Answer>
    </Page>
  );
}

const teams = (tasks: Task[] | undefined): string[] =>
  [...new Set((tasks ?? []).flatMap((task) => task.assignee ?? []))].sort((a, b) => a.localeCompare(b));
