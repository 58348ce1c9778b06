import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import css from "./GeneratedLabel.module.css";

/** Says of an event that no real person did it; the tooltip says why it is there. */
export function GeneratedLabel() {
  const { t } = useTranslation();
  return (
    <Tooltip label={t("word.generatedWhy")} multiline w={300} withArrow>
      <span className={css.label}>{t("word.generated")}</span>
    </Tooltip>
  );
}
