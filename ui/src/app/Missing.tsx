import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Mark } from "../design/Mark.tsx";
import { Page } from "../design/Page.tsx";
import css from "../session/SignInPage.module.css";

/** An address that leads nowhere. */
export function Missing() {
  const { t } = useTranslation();
  return (
    <main className={css.ground}>
      <div className={css.column}>
        <Mark size={40} />
        <Page title={t("failure.missing")} lead={t("failure.missingText")}>
          <Anchor component={Link} to="/">
            {t("failure.home")}
          </Anchor>
        </Page>
      </div>
    </main>
  );
}
