import { Button } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Task } from "../api/types.ts";
import { PersonLink } from "../design/PersonLink.tsx";
import { Pill } from "../design/Pill.tsx";
import { useFormat } from "../i18n/format.ts";
import { useSession } from "../session/current.ts";
import css from "./Tasks.module.css";

type Props = { task: Task; busy: boolean; take: () => void; finish: () => void };

/** One task: what is to be done about whom, by whom and until when. */
export function TaskRow({ task, busy, take, finish }: Props) {
  const { t } = useTranslation();
  return (
    <li className={css.row}>
      <div className={css.text}>
        <p className={css.title}>{task.title}</p>
        <div className={css.meta}>
          <PersonLink id={task.profile_id} name={task.person} />
          {task.assignee && <Pill tone="calm">{task.assignee}</Pill>}
          <Moment task={task} />
          <Link to="/journeys/$key" params={{ key: task.journey }} className={`${css.journey} clip`}>
            {task.journey}
          </Link>
        </div>
      </div>
      {task.done_at === null && (
        <div className={css.buttons}>
          <Button size="sm" variant="default" disabled={busy} onClick={take}>
            {t("tasks.take")}
          </Button>
          <Button size="sm" loading={busy} onClick={finish} leftSection={<IconCheck size={16} aria-hidden />}>
            {t("tasks.finish")}
          </Button>
        </div>
      )}
    </li>
  );
}

/** When it was done and by whom; or until when it wants to be, in red when that is past. */
function Moment({ task }: { task: Task }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { now } = useSession();
  if (task.done_at !== null) {
    return <span>{t("tasks.doneBy", { who: task.done_by ?? "—", at: format.moment(task.done_at) })}</span>;
  }
  if (task.due_at === null) return <span>{t("tasks.since", { at: format.moment(task.created_at) })}</span>;
  const late = new Date(task.due_at) < new Date(now);
  return (
    <span className={late ? css.late : undefined}>
      {t(late ? "tasks.late" : "tasks.due", { at: format.moment(task.due_at) })}
    </span>
  );
}
