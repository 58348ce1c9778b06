import { Tabs, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Mark } from "../design/Mark.tsx";
import { Panel } from "../design/Panel.tsx";
import { Snippet } from "../design/Snippet.tsx";
import css from "./FirstEvent.module.css";
import { SNIPPETS } from "./snippets.ts";

/** An empty shop: how to send the first event, ready to copy. */
export function FirstEvent() {
  const { t } = useTranslation();
  return (
    <Panel>
      <div className={css.first}>
        <Mark size={44} />
        <h2>{t("first.title")}</h2>
        <Text c="dimmed" maw={560} mb="md">
          {t("first.lead")}
        </Text>
        <Text fw={600} size="sm" mb={6}>
          {t("first.key")}
        </Text>
        <Snippet text="hourglass keys create write --data DIR" label={t("first.key")} />
        <Tabs defaultValue="curl" mt="md" keepMounted={false}>
          <Tabs.List mb="sm">
            {SNIPPETS.map(({ name }) => (
              <Tabs.Tab key={name} value={name}>
                {name}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {SNIPPETS.map(({ name, text }) => (
            <Tabs.Panel key={name} value={name}>
              <Snippet text={text(window.location.origin)} label={name} />
            </Tabs.Panel>
          ))}
        </Tabs>
        <Text size="sm" c="dimmed" mt="sm">
          {t("first.note")}
        </Text>
      </div>
    </Panel>
  );
}
