import { Button, Group, Popover, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api } from "../api/endpoints.ts";

/** Throws all mails of the development inbox away, after asking once. */
export function EmptyInbox() {
  const { t } = useTranslation();
  const [asking, ask] = useDisclosure(false);
  const questions = useQueryClient();
  const navigate = useNavigate();
  const empty = useMutation({
    mutationFn: api.emptyInbox,
    onSuccess: async () => {
      ask.close();
      await navigate({ to: "/inbox" });
      await questions.resetQueries({ queryKey: ["inbox"] });
    },
  });
  return (
    <Popover opened={asking} onChange={ask.toggle} position="bottom-end" withArrow trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="sm"
          onClick={ask.toggle}
          leftSection={<IconTrash size={16} stroke={1.7} aria-hidden />}
        >
          {t("inbox.clear")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm" mb="sm">
          {empty.isError ? empty.error.message : t("inbox.clearSure")}
        </Text>
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={ask.close}>
            {t("word.cancel")}
          </Button>
          <Button size="xs" color="red" loading={empty.isPending} onClick={() => empty.mutate()}>
            {t("inbox.clear")}
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
