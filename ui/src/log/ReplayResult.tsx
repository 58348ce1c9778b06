import { Alert } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Replayed } from "../api/types.ts";
import { counted, useFormat } from "../i18n/format.ts";

type Doing = {
  isPending: boolean;
  isError: boolean;
  isSuccess: boolean;
  error: Error | null;
  data: Replayed | undefined;
};

/** How the last replay is going, or how it went. */
export function ReplayResult({ replay }: { replay: Doing }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (replay.isPending) return <Alert role="status">{t("letters.replaying")}</Alert>;
  if (replay.isError) return <Alert color="red">{replay.error?.message || t("failure.away")}</Alert>;
  if (!replay.isSuccess || !replay.data) return null;
  return <Alert role="status">{t("letters.replayed", counted(format, replay.data.replayed))}</Alert>;
}
