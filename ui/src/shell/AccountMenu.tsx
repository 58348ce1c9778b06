import { ActionIcon, Menu } from "@mantine/core";
import { IconLogout, IconUserCircle } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api } from "../api/endpoints.ts";

/** Who is signed in, and the way out. */
export function AccountMenu({ name }: { name: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const asking = useQueryClient();
  const leave = useMutation({
    mutationFn: api.logout,
    onSuccess: async () => {
      await navigate({ to: "/sign-in" });
      asking.clear();
    },
  });
  return (
    <Menu position="bottom-end" withArrow>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("app.account")}>
          <IconUserCircle size={21} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{name}</Menu.Label>
        <Menu.Item leftSection={<IconLogout size={17} stroke={1.7} />} onClick={() => leave.mutate()}>
          {t("app.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
