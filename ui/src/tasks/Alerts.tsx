import { Alert, Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api } from "../api/endpoints.ts";
import { queries } from "../api/queries.ts";
import type { Id } from "../api/types.ts";
import { counted, useFormat } from "../i18n/format.ts";
import { said } from "../i18n/words.ts";
import css from "./Tasks.module.css";

/** What journeys tell those who run the shop, until somebody puts it away. */
export function Alerts() {
  const { t } = useTranslation();
  const format = useFormat();
  const asking = useQueryClient();
  const alerts = useQuery(queries.alerts());
  const see = useMutation({
    mutationFn: (id: Id) => api.seeAlert(id),
    onSuccess: () => asking.invalidateQueries({ queryKey: ["alerts"] }),
  });
  return (alerts.data ?? []).map((alert) => (
    <Alert key={alert.id} color="yellow" icon={<IconAlertTriangle aria-hidden />}>
      <div className={css.alert}>
        <div className={css.text}>
          <p className={css.title}>{said(alert.words)}</p>
          <div className={css.meta}>
            <Link to="/journeys/$key" params={{ key: alert.journey }} className={`${css.journey} clip`}>
              {alert.journey}
            </Link>
            <span>{t("tasks.times", counted(format, alert.times))}</span>
            <span>{format.moment(alert.last_at)}</span>
          </div>
        </div>
        <Button
          size="sm"
          variant="default"
          loading={see.isPending && see.variables === alert.id}
          onClick={() => see.mutate(alert.id)}
        >
          {t("tasks.seen")}
        </Button>
      </div>
    </Alert>
  ));
}
