import { Button } from "@mantine/core";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../design/EmptyState.tsx";

/** A defect of ours on one page; the rest of the admin still works. */
export function Broken({ error }: ErrorComponentProps) {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <EmptyState title={t("failure.broken")} text={t("failure.brokenText", { message: String(error) })}>
        <Button variant="default" mt="sm" onClick={() => window.location.reload()}>
          {t("word.again")}
        </Button>
      </EmptyState>
    </div>
  );
}
