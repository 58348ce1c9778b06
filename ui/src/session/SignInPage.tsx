import { Group, List, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Mark } from "../design/Mark.tsx";
import { Page } from "../design/Page.tsx";
import { Panel } from "../design/Panel.tsx";
import { Snippet } from "../design/Snippet.tsx";
import { LanguageSwitch } from "../shell/LanguageSwitch.tsx";
import { SchemeSwitch } from "../shell/SchemeSwitch.tsx";
import css from "./SignInPage.module.css";

/** How to get in: a one-time link from the command line, no password anywhere. */
export function SignInPage() {
  const { t } = useTranslation();
  return (
    <main className={css.ground}>
      <div className={css.column}>
        <Group justify="space-between" mb="lg">
          <Group gap="sm">
            <Mark size={36} />
            <Text fw={660} size="lg">
              {t("app.name")}
            </Text>
          </Group>
          <Group gap={4}>
            <LanguageSwitch />
            <SchemeSwitch />
          </Group>
        </Group>
        <Page title={t("signIn.title")} lead={t("signIn.lead")}>
          <Panel>
            <List
              type="ordered"
              spacing="md"
              pt="xs"
              listStyleType="decimal"
              classNames={{ itemWrapper: css.item, itemLabel: css.item }}
            >
              <List.Item>
                <Text mb="xs">{t("signIn.step1")}</Text>
                <Snippet text="hourglass login-link --data DIR" label={t("signIn.step1")} />
              </List.Item>
              <List.Item>{t("signIn.step2")}</List.Item>
            </List>
          </Panel>
          <Text size="sm" c="dimmed">
            {t("signIn.expired")} {t("signIn.host")}
          </Text>
        </Page>
      </div>
    </main>
  );
}
