import { SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { chooseLanguage } from "../i18n/index.ts";
import { isLanguage, LANGUAGES } from "../i18n/language.ts";

const CHOICES = Object.entries(LANGUAGES).map(([value, name]) => ({
  value,
  label: (
    <span lang={value} title={name}>
      {value.toUpperCase()}
    </span>
  ),
}));

/** English or Russian; remembered in this browser. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("app.language")}
      data={CHOICES}
      value={i18n.language}
      onChange={(value) => {
        if (isLanguage(value)) void chooseLanguage(value);
      }}
    />
  );
}
