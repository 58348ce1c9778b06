import { Burger, Group, UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useContext } from "react";
import { useTranslation } from "react-i18next";
import { Mark } from "../design/Mark.tsx";
import { CurrentSession } from "../session/current.ts";
import { AccountMenu } from "./AccountMenu.tsx";
import css from "./Header.module.css";
import { LanguageSwitch } from "./LanguageSwitch.tsx";
import { SchemeSwitch } from "./SchemeSwitch.tsx";

/** Name, shop, language, appearance, account; on a phone also the way to the sections. */
export function Header({ open, toggle }: { open: boolean; toggle: () => void }) {
  const { t } = useTranslation();
  const session = useContext(CurrentSession);
  return (
    <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="xs">
      <Group gap="xs" wrap="nowrap" miw={0}>
        <Burger
          opened={open}
          onClick={toggle}
          hiddenFrom="md"
          size="sm"
          aria-label={open ? t("app.closeMenu") : t("app.menu")}
          aria-expanded={open}
        />
        <UnstyledButton component={Link} to="/" className={css.brand}>
          <Mark />
          <span>{t("app.name")}</span>
        </UnstyledButton>
        {session && <span className={`${css.shop} clip`}>{session.workspace.name}</span>}
      </Group>
      <Group gap={4} wrap="nowrap">
        <LanguageSwitch />
        <SchemeSwitch />
        {session && <AccountMenu name={session.user.name} />}
      </Group>
    </Group>
  );
}
