import { Button } from "@mantine/core";
import { useInterval } from "@mantine/hooks";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client.ts";
import { EmptyState } from "./EmptyState.tsx";

const RETRY_MS = 3_000;

/** There is nothing to show because asking failed: says what went wrong, and asks again while nobody answers. */
export function Failure({ error, again }: { error: unknown; again: () => void }) {
  const { t } = useTranslation();
  const away = !(error instanceof ApiError) || error.away;
  useInterval(() => away && again(), RETRY_MS, { autoInvoke: true });
  return (
    <div role="alert">
      <EmptyState
        icon={<IconPlugConnectedX size={40} stroke={1.4} color="var(--hg-soft)" />}
        title={away ? t("failure.away") : t("failure.refused")}
        text={away ? t("failure.awayText") : error.message}
      >
        <Button variant="default" mt="sm" onClick={again}>
          {t("word.again")}
        </Button>
      </EmptyState>
    </div>
  );
}
